"""Groups A and B: goals without indicators, indicators and outcomes without goals."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.core.flag import Severity
from pipeline.flagging.catalogue import cue
from pipeline.flagging.copying import grams_of, shared_run
from pipeline.flagging.goal import goal_of
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.view import (
    FormView,
    clip,
    outcome_evidence,
    row_evidence,
    row_label,
    target_evidence,
    with_words,
)

# Two characters in common may already name the same thing.
_WORD = 2
# Indicators are a choice of the goal: only a large part left out is worth a word.
_LEFT_OUT, _LEFT_OUT_SHARE = 2, 0.5
# A table this small may be an excerpt of the indicators.
_WHOLE_TABLE = 3
# So many quotes are named in a message.
_NAMED = 3


@flag("goal_indicator_uncovered")
def goal_indicator_uncovered(view: FormView) -> Iterator[Finding]:
    """At least half of the goal's quantities have no row that could measure them.

    A target counts as covered as soon as a row's name or target shares a word with
    the clause that it stands in.
    """
    if len(view.indicators) < _WHOLE_TABLE or not view.targets:
        return
    linked = {t for row in view.indicators for t in row.targets}
    loose = [i for i in range(len(view.targets)) if i not in linked]
    least = max(_LEFT_OUT, _LEFT_OUT_SHARE * len(view.targets))
    if len(loose) < least:
        return
    named = "\n".join(f"{r.name or ''}\n{r.target_text or ''}" for r in view.indicators)
    grams = grams_of(named, _WORD)
    open_targets = [i for i in loose if not _words(_clause(view, i), grams)]
    if len(open_targets) >= least:
        yield Finding(
            target_evidence(view, open_targets),
            {
                "count": len(open_targets),
                "total": len(view.targets),
                "quotes": _quotes([_clause(view, i) for i in open_targets]),
            },
            # A table has no room for everything that a long goal promises.
            Severity.LOW if len(view.targets) > len(view.indicators) else None,
        )


@flag("indicator_goal_orphan")
def indicator_goal_orphan(view: FormView) -> Iterator[Finding]:
    """Counted outputs of which the goal text says nothing: one finding per form."""
    text = goal_of(view)
    if text is None or not view.targets:
        return
    loose = [
        (i, row.name)
        for i, row in enumerate(view.indicators)
        if row.name
        and row.target is not None
        and not row.targets
        and "数量" in (row.level2 or "")
    ]
    grams = grams_of(text, _WORD) if loose else frozenset()
    rows = [i for i, name in loose if not _words(name, grams)]
    if rows:
        names = [row_label(view.indicators[i]) for i in rows]
        yield Finding(
            tuple(e for i in rows for e in row_evidence(view, i, "name")),
            {"count": len(rows), "quotes": _quotes(names)},
            rests_on=("goal_text",),
        )


@flag("outcome_without_goal")
def outcome_without_goal(view: FormView) -> Iterator[Finding]:
    """Numbers of the outcome text that answer no target: for information."""
    if not view.targets:
        return
    used = {o for k in view.links for o in (*k.outcomes, *k.candidates)}
    used |= {o for row in view.indicators for o in row.outcomes}
    spare = [i for i in range(len(view.outcomes)) if i not in used]
    if spare:
        yield Finding(
            outcome_evidence(view, spare),
            {
                "count": len(spare),
                "quotes": _quotes([view.outcomes[i].quote for i in spare]),
            },
        )


def _clause(view: FormView, index: int) -> str:
    """The words from the last stop to the end of a target."""
    return with_words(view.form.goal_text or "", view.targets[index])


def _words(text: str, grams: frozenset[str]) -> bool:
    """Whether the text shares a word with the grams that says what is counted."""
    return bool(shared_run(cue("counting").cut_out(text), grams, _WORD))


def _quotes(quotes: list[str]) -> str:
    named = "、".join(clip(q, 30) for q in quotes[:_NAMED])
    return f"{named}等" if len(quotes) > _NAMED else named
