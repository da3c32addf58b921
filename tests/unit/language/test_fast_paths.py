"""Shortcuts give what the long way gives: gates, needles, folding by search."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.quantity import Role
from pipeline.language import exclusions, statement_kinds
from pipeline.language.comparators import _pattern, read_prefix, read_suffix
from pipeline.language.fold import _FOLD, fold
from pipeline.language.needles import Hint, needles
from pipeline.language.plain_cells import read_plain
from pipeline.language.quantities import find_quantities
from pipeline.language.required import Sieve, offer_of
from pipeline.language.units import _patterns, known_units, read_unit
from pipeline.resources import load_toml
from tests.unit.language.test_data import RULES

SAID = [entry[key] for entry in RULES for key in ("example", "counterexample")]
WORDS = (
    "2023年|12|3.5|三|一|十|百分之|分之|万|亿|%|平方米|人次|场|元|周年|第|期|"
    "不少于|不低于|约|达到|以上|左右|余|多|每|均|提高到|其中|年度目标|计划|"
    "标段|项目|资金|全覆盖|零事故|进一步|加强|管理|编制|方案|通过|验收|为|"
    "，０００|ＡＢ|km|\ud800"
)
PIECES = st.sampled_from(
    [*WORDS.split("|"), *"，。、\n （）《》“”：:,-至２０臺萬·～≧٣"]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.sampled_from(SAID)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("周年", {"周年"}),
        ("第[一二]期", {"第一期", "第二期"}),
        ("(?:现有|下设)(?:了)?[^，]{0,3}", {"现有", "下设"}),
        ("数[十百]{1,2}余?", {"数十", "数百"}),
        (r"\d{4}-\d{7}", {"0000-0000000"}),
        (r"\d%(?=人口抽样)", {"人口抽样"}),
        ("(?:目标)?值", {"值"}),
        ("(?:目标)*", set()),
        ("[^年]月", {"月"}),
        ("(?i)km", set()),
        ("(?i:km)米", {"米"}),
        ("(?<!每)年均", {"年均"}),
        ("(?P<a>甲|乙)(?P=a)", {"甲", "乙"}),
        (r"\p{Han}年", set()),  # only ``regex`` knows this
        ("", set()),
    ],
    ids=lambda v: str(sorted(v)) if isinstance(v, set) else v,
)
def test_needles(pattern: str, words: set[str]) -> None:
    assert set(needles(pattern)) == words


HINTED = [
    re.compile(pattern)
    for pattern in (
        "(?:现有|下设)(?:了)?[^，]{0,3}",
        r"\d+年?度?|[①-⑳“”]|^ ?[一二三]+ ",
        "(?:按照?|以|通过)“[^”]*”|在[^，。；]{2,20}(?:条件|形势)下",
        "[每今当]年[检审]|(?<!已)经[^，。；]{2,6}为",
    )
]


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_a_hint_misses_nothing(text: str) -> None:
    if any(pattern.search(text) for pattern in HINTED):
        assert Hint(*HINTED).may_match(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("现有人员", True), ("第3期", True), ("每年检测", True), ("新建路灯", False)],
)
def test_hints(text: str, expected: bool) -> None:
    assert Hint(*HINTED).may_match(text) is expected


def test_a_hint_needs_words_to_wait_for() -> None:
    with pytest.raises(ValueError, match="waits for no word"):
        Hint(re.compile("现有"), re.compile("[^年]*"))


PATTERNS = [entry["pattern"] for entry in RULES] + [
    entry["pattern"]
    for entries in load_toml("clarity.toml").values()
    if isinstance(entries, list)
    for entry in entries
]


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_sieve_keeps_whatever_matches(text: str) -> None:
    folded = fold(text)
    kept = Sieve((p, p) for p in PATTERNS).candidates(offer_of(folded))
    for pattern in PATTERNS:
        if regex.search(pattern, folded):
            assert pattern in kept


@pytest.mark.parametrize("role", list(Role))
@given(text=TEXTS)
@settings(max_examples=60, deadline=None)
def test_masked_as_by_every_rule(role: Role, text: str) -> None:
    folded = fold(text)
    mask = bytearray(len(folded))
    for rule in exclusions._rules():
        if rule.where != "mask" or role not in rule.roles:
            continue
        for match in rule.pattern.finditer(folded):
            before = folded[max(0, match.start() - exclusions._WINDOW) : match.start()]
            if not (rule.unless_left and rule.unless_left.search(before)):
                mask[match.start() : match.end()] = b"\1" * len(match[0])
    assert exclusions.masked(folded, role) == mask


@given(TEXTS, TEXTS, st.sampled_from(["人", "%", "元/亩", None]), st.booleans())
@settings(max_examples=100, deadline=None)
def test_excluded_as_by_every_rule(
    left: str, right: str, unit: str | None, bare: bool
) -> None:
    left, right = fold(left), fold(right)[:30]
    quote = "1" if bare else "未达到1"
    candidate = exclusions.Candidate(
        left=left[-60:],
        sentence_left=left,
        quote=quote,
        right=right,
        clause=left + quote + right,
        unit=unit,
        unit_class={"人": "person", "%": "rate", "元/亩": "money"}.get(unit or ""),
        value=Decimal(1),
        han=False,
        bare=bare,
        answered=lambda: True,
    )
    for role in (Role.GOAL, Role.OUTCOME):
        rules = exclusions.context_rules(left + quote + right, role)
        told = exclusions.excluded_by(candidate, role, rules)
        assert told == exclusions.excluded_by(candidate, role)


@given(TEXTS)
@settings(deadline=None)
def test_fold_as_by_translating(text: str) -> None:
    pairs = load_toml("traditional.toml")["pairs"].split()
    table = {**_FOLD, **{ord(pair[0]): pair[1] for pair in pairs}}
    plain = re.sub(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))", ",", text)
    plain = plain.translate(table)
    plain = re.sub(r",(?!\d{3}(?!\d))|(?<!\d),", "，", plain)
    assert fold(text) == re.sub(r":(?!\d)|(?<!\d):", "：", plain)


@given(TEXTS, st.booleans())
@settings(deadline=None)
def test_unit_and_comparators_as_by_the_pattern(text: str, han: bool) -> None:
    folded = fold(text)
    for place in range(len(folded) + 1):
        wide, narrow = _patterns()
        match = (narrow if han else wide).match(folded, place)
        if match is None:
            unit = read_unit(folded, place, han=han)
            # A measure word that is not in the list: 叶, 叶次.
            taken = folded[place + 1 : unit.end] if unit else ""
            assert unit is None or folded[place] == "/" or taken in {"", "次"}
        suffix = _pattern("suffix").match(folded, place)
        assert suffix or read_suffix(folded, place) is None
        window = folded[max(0, place - 8) : place]
        if not _pattern("prefix", Role.GOAL).search(window):
            assert read_prefix(folded, place, Role.GOAL) is None


@given(TEXTS)
@settings(deadline=None)
def test_checkable_as_by_every_rule(text: str) -> None:
    folded = fold(text)
    entries = load_toml("clarity.toml")
    rest = folded
    for entry in entries["means"]:
        rest = regex.sub(entry["pattern"], "", rest)
    assert statement_kinds.is_checkable(folded) is any(
        regex.search(entry["pattern"], rest)
        and not ("unless" in entry and regex.search(entry["unless"], rest))
        for entry in entries["checkable"]
    )


PLAIN_NUMBERS = ("0", "1", "2", "12", "99.5", "0.25", "110", "365", "2023", "12345")


@pytest.mark.parametrize("role", [Role.INDICATOR, Role.OUTCOME])
@pytest.mark.parametrize("sign", ["", "≥", "≤", ">", "<"])
def test_plain_cells_as_by_the_grammar(sign: str, role: Role) -> None:
    cells = [sign + n + unit for unit in known_units() for n in PLAIN_NUMBERS]
    read = {cell: plain for cell in cells if (plain := read_plain(cell, role))}
    assert len(read) > 4000
    for cell, plain in read.items():
        assert (plain,) == find_quantities(cell, role, cell=True)


@pytest.mark.parametrize(
    "cell",
    [
        "2023年",
        "9成",
        "5G",
        "2023届",
        "12万元",
        "012场",
        "12 场",
        "１２场",
        "约12场",
        "12",
    ],
)
def test_cells_that_are_not_plain(cell: str) -> None:
    assert read_plain(cell, Role.INDICATOR) is None


@given(TEXTS)
@settings(deadline=None)
def test_any_plain_cell_as_by_the_grammar(text: str) -> None:
    plain = read_plain(text, Role.OUTCOME)
    if plain is not None:
        assert (plain,) == find_quantities(text, Role.OUTCOME, cell=True)
