"""Masking of personal numbers: 手机, 座机, 身份证, e-mail.

Every masked character becomes ``*``, so texts keep their length and offsets stay
valid. Public numbers (12345, 95598, 400-…) and numbers that measure something
stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

MASK = "*"

_FOLD = str.maketrans("０１２３４５６７８９Ｘｘ＠．－—（）", "0123456789Xx@.--()")
# Not part of a longer number, code or word.
_FREE = r"(?<![0-9A-Za-z.])"
_END = r"(?![0-9A-Za-z])"
# A number followed by one of these measures or names something.
_NO_UNIT = r"(?!\s*(?:[元万亿%％‰号]|\.\d|,\d{3}|美元|人次|平方|立方|千瓦|公[里斤顷]|[吨亩株米]))"
# What makes a number a code and not a telephone: 项目编码：13500022023.
_CODE_WORD = re.compile(
    r"(?:编码|编号|代码|文号|账号|帐号|批次|单号|[￥¥$])[号为是:：\s]*$"
)
_PHONE_WORD = r"(?:电话|手机|座机|传真|联系方式|联系人|致电|拨打|微信|[Tt][Ee][Ll])"

# 18 digits with a birthday inside; the check digit is not asked for, a mistyped
# number is personal all the same. Must not match a project code of 20 digits.
_IDENTITY = re.compile(rf"{_FREE}[1-9]\d{{5}}((?:18|19|20)\d{{6}})\d{{3}}[0-9Xx]{_END}")
# 15 digits of the old kind (or a wrong birthday) only where the text says so.
_IDENTITY_SAID = re.compile(
    r"身份证(?:件)?(?:号码|号)?[为是:：\s]{0,4}(\d{17}[0-9Xx]|\d{15})" + _END
)
# 13812345678, 138-1234-5678, +86 138 1234 5678; not 13812345678元, 1.13812345678.
_MOBILE = re.compile(
    rf"{_FREE}(?:\+?86[- ]?)?1[3-9]\d([- ]?)\d{{4}}\1\d{{4}}{_END}{_NO_UNIT}"
)
# 0571-88886666, (0571)88886666 anywhere: no quantity is written like this.
_AREA_PHONE = re.compile(
    rf"(?<![0-9A-Za-z.\-])(?:\(0\d{{2,3}}\)\s?-?|0\d{{2,3}}-)\d{{7,8}}(?:-\d{{1,6}})?{_END}"
)
# 电话：88886666、88887777; not 电话回访20000000次, not 电话12345.
_LOCAL_PHONE = re.compile(
    rf"{_PHONE_WORD}(?:号码|号)?[为是:：\s(]{{0,6}}"
    rf"((?:0\d{{2,3}}[- ]?)?[2-8]\d{{6,7}}(?:[、/,，;；\s]{{1,3}}[2-8]\d{{6,7}})*)"
    rf"(?:-\d{{1,6}})?{_END}{_NO_UNIT}(?!\s*[次个件户人家场])"
)
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}"
)
_PHONE_BEFORE = re.compile(_PHONE_WORD + r"(?:号码|号)?[^0-9]{0,8}$")

NUMBERS = frozenset(
    [
        "initial_budget",
        "full_budget",
        "executed",
        "weight",
        "execution_rate",
        "score",
        "total_score",
    ]
)
"""Keys of a record with a number as printed; masking would falsify it."""

IDENTIFIERS = frozenset(["id", "sha256", "config", "version", "code", "decided_at"])
"""Keys of a record that identify; people are not meant by them."""


def mask(text: str) -> str:
    """The text with personal numbers starred out, of the same length."""
    if len(text) < 5:
        return text
    folded = text.translate(_FOLD)
    out: list[str] | None = None
    for start, end in _spans(folded):
        out = out or list(text)
        out[start:end] = MASK * (end - start)
    return "".join(out) if out else text


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for match in _IDENTITY.finditer(text):
        if _is_date(match[1]):
            yield match.span()
    for match in _MOBILE.finditer(text):
        before = text[max(0, match.start() - 16) : match.start()]
        if _PHONE_BEFORE.search(before) or not _CODE_WORD.search(before):
            yield match.span()
    for pattern, group in (
        (_IDENTITY_SAID, 1),
        (_AREA_PHONE, 0),
        (_LOCAL_PHONE, 1),
        (_EMAIL, 0),
    ):
        for match in pattern.finditer(text):
            yield match.span(group)


def _is_date(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def mask_record(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record (plain JSON) with personal numbers starred out everywhere.

    Quotes are cut again from their masked texts: a quote alone may not show that
    it is part of a telephone number, and ``text[start:end] == quote`` must hold.
    """
    masked: dict[str, Any] = _masked(record)
    for text, spans in _quoted(masked):
        for span in spans:
            _cut(span, text)
    for flag in masked.get("flags") or ():
        for evidence in flag.get("evidence") or ():
            place = _field(masked, evidence.get("field"))
            if isinstance(place, str):
                _cut(evidence, place)
    return masked


def _masked(value: Any, key: str | None = None) -> Any:
    if isinstance(value, str):
        return value if key in NUMBERS or key in IDENTIFIERS else mask(value)
    if isinstance(value, Mapping):
        return {k: _masked(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [_masked(v, key) for v in value]
    return value


Spans = list[dict[str, Any]]


def _quoted(masked: Mapping[str, Any]) -> Iterator[tuple[str, Spans]]:
    """Each masked text with the quantities and statements that quote from it."""
    statements: Spans = list(masked.get("goal_statements") or ())
    cues: Spans = [c for s in statements for c in s["clarity"]["cues"]]
    texts: list[tuple[Mapping[str, Any], str, Spans]] = [
        (masked, "goal_text", [*(masked.get("targets") or ()), *statements, *cues]),
        (masked, "outcome_text", list(masked.get("outcomes") or ())),
    ]
    for row in masked.get("indicators") or ():
        for name, role in (("target_text", "target"), ("actual_text", "actual")):
            texts.append((row, name, [row[role]] if row.get(role) else []))
    for holder, name, spans in texts:
        text = holder.get(name)
        if isinstance(text, str):
            yield text, spans


def _cut(span: dict[str, Any], text: str) -> None:
    start, end, quote = span.get("start"), span.get("end"), span.get("quote")
    if isinstance(start, int) and isinstance(end, int) and isinstance(quote, str):
        piece = text[start:end]
        # An indicator's quantity may stand in an amended text; then it keeps its own.
        if same_but_masked(piece, quote):
            span["quote"] = piece


def same_but_masked(one: str, other: str) -> bool:
    """Whether two texts are the same where neither is starred out."""
    return len(one) == len(other) and all(
        p == q or MASK in (p, q) for p, q in zip(one, other, strict=True)
    )


_STEP = re.compile(r"([a-z_0-9]+)(?:\[(\d+)\])?")


def _field(record: Mapping[str, Any], path: object) -> object:
    """The value at a path such as ``indicators[3].actual_text``; None if absent."""
    value: Any = record
    for part in str(path).split("."):
        step = _STEP.fullmatch(part)
        if step is None or not isinstance(value, Mapping):
            return None
        value = value.get(step[1])
        if step[2] is not None:
            index = int(step[2])
            value = (
                value[index] if isinstance(value, list) and index < len(value) else None
            )
    return value
