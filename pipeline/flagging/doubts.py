"""Group B: what speaks against a shortfall."""

from __future__ import annotations

import re

from pipeline.core.link import IndicatorStatus
from pipeline.core.quantity import Quantity
from pipeline.flagging.cases import CAPS, Case
from pipeline.flagging.catalogue import cue
from pipeline.flagging.margins import may_be_met
from pipeline.flagging.values import PERSONS, comparable, is_rate
from pipeline.flagging.view import FormView
from pipeline.language.clauses import clause_around
from pipeline.language.units import unit_class
from pipeline.matching.measures.wording import own_bigrams

# Below this a link is too unsure for an accusation of weight ``high``.
SURE_LINK = 0.85
# Such a share of targets without an answer makes the other answers doubtful too.
_MANY_OPEN = 0.4
# So many characters at the end of two phrases name one kind of thing.
_KIND = 4
_SMALL_PART = 3
_WHOLE_YEAR = re.compile("全年|年底|年末|12 ?月")
_MONTH = re.compile(r"\d ?月|季度|半年")
_SENTENCE_END = re.compile("[。；;\n]")
_REACHED = (IndicatorStatus.MET, IndicatorStatus.EXCEEDED)


def table_disagrees(view: FormView, case: Case) -> bool:
    """Whether a shortfall of the text is none by the numbers of its rows."""
    rows = [view.indicators[i] for i in case.rows] if case.targets else []
    told = [row.status for row in rows if row.actual is not None]
    return bool(told) and all(status in _REACHED for status in told)


def _unconfirmed(view: FormView, case: Case) -> bool:
    """Whether only the text tells, in a form that leaves many promises unanswered.

    There an unanswered target easily catches what was told of another.
    """
    told = any(view.indicators[i].actual is not None for i in case.rows)
    open_ = len(view.unmatched_targets)
    return bool(case.targets) and not told and open_ >= _MANY_OPEN * len(view.targets)


def _rest_beside(view: FormView, case: Case) -> bool:
    """Whether a number that answers nothing, in the same sentence, fills the gap.

    新品种12个、新技术10项 may be two parts of what was promised as one.
    """
    if len(case.targets) != 1 or len(case.outcomes) != 1:
        return False
    target, found = view.targets[case.targets[0]], view.outcomes[case.outcomes[0]]
    if is_rate(target.unit) or target.comparator in CAPS:
        return False
    told = view.form.outcome_text or ""
    promised = _phrase(view.form.goal_text or "", target)
    taken = {o for link in view.links for o in link.outcomes}
    return any(
        (i not in taken or _is_sibling(promised, told, found, other))
        and comparable(target, other)
        and found.value + other.value >= target.value
        and not _SENTENCE_END.search(told, *_between(found, other))
        and own_bigrams(_phrase(told, other)) & own_bigrams(promised)
        for i, other in enumerate(view.outcomes)
    )


def _may_be_a_part(view: FormView, case: Case) -> bool:
    """Whether less than a third was reached of a count, and no row says so too.

    Half of such numbers are of a part or of another step: 登记400人, 实现捐献6例.
    """
    if len(case.targets) != 1 or len(case.outcomes) != 1:
        return False
    target, found = view.targets[case.targets[0]], view.outcomes[case.outcomes[0]]
    told = any(
        view.indicators[i].status is IndicatorStatus.SHORTFALL
        and view.indicators[i].actual is not None
        for i in case.rows
    )
    uncounted = is_rate(target.unit) or unit_class(target.unit) == "time"
    limited = target.comparator in CAPS or uncounted
    return not told and not limited and found.value * _SMALL_PART < target.value


def _is_sibling(promised: str, told: str, found: Quantity, other: Quantity) -> bool:
    """Whether two outcomes count kinds of what was promised.

    城镇公益性岗位260个、乡村公益性岗位905个 are both 公益性岗位, whatever else the
    second one answers.
    """
    if found.start == other.start:
        return False
    kind = promised[-_KIND:]
    named = (_phrase(told, found), _phrase(told, other))
    return len(kind) == _KIND and all(phrase.endswith(kind) for phrase in named)


def _phrase(text: str, quantity: Quantity) -> str:
    """What stands before a number since the last stop or number."""
    before = text[max(0, quantity.start - 16) : quantity.start]
    return re.split(r"[，。；：、,;\n\d]", before)[-1]


def _between(one: Quantity, other: Quantity) -> tuple[int, int]:
    return min(one.end, other.end), max(one.start, other.start)


def _counts_visits(view: FormView, case: Case) -> bool:
    """Whether people are set against visits: 2.4万人次 may be 5900 people."""
    targets, outcomes = case.quantities(view)
    units = {q.unit for q in (*targets, *outcomes)}
    return "人次" in units and bool(units & PERSONS)


def _asked_and_granted(view: FormView, case: Case) -> bool:
    """Whether something was to be handed in, and what came of it is told.

    报送2部 is not broken by 1部入选.
    """
    if not case.targets:
        return False
    goal, told = view.form.goal_text or "", view.form.outcome_text or ""
    asked = [_around(goal, view.targets[i]) for i in case.targets]
    granted = [_around(told, view.outcomes[i]) for i in case.outcomes]
    return all(_only(text, "handed_in", "granted") for text in asked) and all(
        _only(text, "granted", "handed_in") for text in granted
    )


def _only(text: str, wanted: str, other: str) -> bool:
    return cue(wanted).search(text) is not None and cue(other).search(text) is None


def _around(text: str, quantity: Quantity) -> str:
    return text[slice(*clause_around(text, quantity.start, quantity.end))]


def _not_due(view: FormView, case: Case) -> bool:
    """Whether the row says that its time has not come: 尚在建设期，未到验收环节."""
    texts = (
        text
        for i in case.rows
        for text in (view.indicators[i].actual_text, view.indicators[i].deviation)
    )
    return any(cue("not_due").search(text) for text in texts if text)


def _told_of_a_part(view: FormView, case: Case) -> bool:
    """Whether an outcome is as of some month before the end of the year.

    Not where the target is for that time itself (6月底前完成30座).
    """
    goal, told = view.form.goal_text or "", view.form.outcome_text or ""
    quantities, found = case.quantities(view)
    if not case.targets or not case.outcomes:
        return False
    if any(_MONTH.search(_around(goal, q)) for q in quantities):
        return False
    return any(
        _is_interim(told[told.rfind("\n", 0, q.start) + 1 : q.start]) for q in found
    )


def _is_interim(before: str) -> bool:
    """Whether a month was named last, and not the year, before a number."""
    ends = [found.end() for found in cue("interim").finditer(before)]
    return bool(ends) and not _WHOLE_YEAR.search(before, ends[-1])


def is_weak(view: FormView, case: Case) -> bool:
    """Whether a shortfall is too unsure to weigh ``high``.

    A row that reaches the target with a number of its own speaks against the link.
    """
    unsure = case.summed or case.stated or case.confidence < SURE_LINK
    unsure = unsure or table_disagrees(view, case) or _unconfirmed(view, case)
    unsure = unsure or _counts_visits(view, case) or _not_due(view, case)
    unsure = unsure or _told_of_a_part(view, case)
    unsure = unsure or _may_be_a_part(view, case)
    return unsure or _rest_beside(view, case) or _asked_and_granted(view, case)


def is_hair(view: FormView, case: Case) -> bool:
    """Whether rounding, or a word like 约, may be all there is to a shortfall."""
    return may_be_met(*case.quantities(view))
