"""What in the outcome text may answer a task that nothing was linked with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.core.statement import Statement
from pipeline.flagging.copying import grams_of, shared_runs
from pipeline.flagging.values import is_rate
from pipeline.flagging.view import FormView, once
from pipeline.matching.measures.wording import own_bigrams

# So many characters in common are something that a reader should look at first.
_NEAR = 3
# So many characters before a number say what it counts.
_BESIDE = 16
# Smaller numbers recur by chance.
_TELLING = Decimal(10)
_RATE = re.compile("[一-鿿]{2}(?=率)|(?:满意|知晓|认可|知悉)(?=度)")
# 率达9, the head of a number, is no wording in common; nor is the tail of a count (个小区).
_NO_WORDS = re.compile(
    r"^(?:[^一-鿿A-Za-z]|[个年月日名的了在和与及对])+"
    r"|(?:[^一-鿿A-Za-z]|[的和与及在对])+$"
)
_CLAUSE = re.compile(r"[，,。；;：:\n]")
# 經(jīng)費: readings that converters of web pages print behind their characters;
# not 经(PM)费 or (km).
_PINYIN = re.compile(
    r"[(（]?(?<![A-Za-z])[a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]*[)）]?"
)


def hint_of(view: FormView, statement: Statement) -> str:
    """Words or a number of the outcome text that may be the answer; else empty.

    What the goal speaks of in other places too, or the project is named after, is
    its subject and no hint: 残疾人 in a project for 残疾人.
    """
    return _PINYIN.sub("", _hint(view, statement)).strip()


def _hint(view: FormView, statement: Statement) -> str:
    for run in _runs(view, statement):
        if not _is_subject(view, statement, run):
            return run
    return (
        _like_count(view, statement)
        or _same_number(view, statement)
        or _rated_deed(view, statement)
        or _same_clause(view, statement)
    )


def has_readings(text: str) -> bool:
    """Whether a converter left readings (jīng) among the characters of a text."""
    return _PINYIN.search(text) is not None


def shares_topic(view: FormView, statement: Statement) -> bool:
    """Whether the outcome text speaks of the statement's subject at all."""
    return next(_runs(view, statement), None) is not None


def _runs(view: FormView, statement: Statement) -> Iterator[str]:
    """Wording in common with the outcome text, outside of promised numbers."""
    told = _PINYIN.sub("", view.form.outcome_text or "")
    grams = once(view, "near", lambda: grams_of(told, _NEAR))
    for run in shared_runs(_without_numbers(view, statement), grams, _NEAR):
        words = _NO_WORDS.sub("", run)
        if len(words) >= _NEAR:
            yield words


def _without_numbers(view: FormView, statement: Statement) -> str:
    text, at = statement.quote, statement.start
    for target in (view.targets[t] for t in statement.targets):
        start, end = target.start - at, target.end - at
        if 0 <= start < end <= len(text):
            text = f"{text[:start]}{'|' * (end - start)}{text[end:]}"
    return _PINYIN.sub("", text)


def _is_subject(view: FormView, statement: Statement, words: str) -> bool:
    """Whether the words stand in the rest of the goal or in the head of the form."""
    goal, form = view.form.goal_text or "", view.form
    rest = f"{goal[: statement.start]}|{goal[statement.end :]}"
    heads = (rest, form.project_name, form.unit, form.department)
    return any(words in _PINYIN.sub("", text) for text in heads if text)


def _taken(view: FormView) -> set[int]:
    return {o for link in view.links for o in link.outcomes}


def _like_count(view: FormView, statement: Statement) -> str:
    """A number that answers nothing, in a promised unit and beside a promised word.

    各类专利培训班8期 may or may not include 专利代理人辅导班2期.
    """
    units = {view.targets[t].unit for t in statement.targets}
    taken = _taken(view)
    for index, outcome in enumerate(view.outcomes):
        if index in taken or outcome.unit not in units:
            continue
        phrase = _phrase(view, outcome.start)
        if own_bigrams(phrase) & own_bigrams(statement.quote):
            return phrase + outcome.quote
    return ""


def _phrase(view: FormView, end: int) -> str:
    before = (view.form.outcome_text or "")[max(0, end - _BESIDE) : end]
    return re.split(r"[，。；：、,;\n]", before)[-1]


def _same_number(view: FormView, statement: Statement) -> str:
    """The promised number itself, answering nothing: 助学46人 for 资助学生46人."""
    promised = {
        (t.value, t.unit) for t in map(view.targets.__getitem__, statement.targets)
    }
    taken = _taken(view)
    for index, outcome in enumerate(view.outcomes):
        telling = outcome.value >= _TELLING and not is_rate(outcome.unit)
        if telling and index not in taken and (outcome.value, outcome.unit) in promised:
            return _phrase(view, outcome.start) + outcome.quote
    return ""


def _rated_deed(view: FormView, statement: Statement) -> str:
    """What a promised rate is a rate of, where the outcome text tells of it.

    竣工小区15个 says something of 竣工率, though not how high it is.
    """
    told = view.form.outcome_text or ""
    for match in _RATE.finditer(statement.quote):
        if match[0] in told:
            return match[0]
    return ""


def _same_clause(view: FormView, statement: Statement) -> str:
    """A clause with two words of the statement, not both of them its subject.

    速报有感地震2次 may answer 地震速报10分钟内发出.
    """
    wanted = {w for w in own_bigrams(statement.quote) if len(w) == 2}
    if not wanted:
        return ""
    for clause in _clauses(view):
        places = sorted((clause.find(w), w) for w in wanted if w in clause)
        apart = [
            w for i, (at, w) in enumerate(places) if not i or at >= places[i - 1][0] + 2
        ]
        if len(apart) > 1 and not all(_is_subject(view, statement, w) for w in apart):
            return clause
    return ""


def _clauses(view: FormView) -> tuple[str, ...]:
    told = view.form.outcome_text or ""
    return once(view, "clauses", lambda: tuple(_CLAUSE.split(told)))
