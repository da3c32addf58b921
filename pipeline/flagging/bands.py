"""Group C: qualitative rows, their status and the share of points that goes with it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.core.flag import Severity
from pipeline.flagging.contradictions import Claim, claim_of
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.row_scores import marks_of, scored_rows
from pipeline.flagging.values import has_digit, shown
from pipeline.flagging.view import FormView, clip, row_evidence


@flag("grade_band_mismatch")
def grade_band_mismatch(view: FormView) -> Iterator[Finding]:
    """The band of a qualitative status against the share of points given.

    A share exactly on the boundary is for information only.
    """
    bands = view.profile.bands
    spans = {
        Claim.MET: (bands.met, Decimal(1)),
        Claim.PARTIAL: (bands.partial, bands.met),
        Claim.UNMET: (Decimal(0), bands.partial),
    }
    for i, row, weight, score in scored_rows(view):
        claim = claim_of(row)
        if claim is None or row.target is not None or has_digit(row.actual_text):
            continue
        if has_digit(row.target_text):
            continue  # a target with a number or a date is no qualitative one
        low, high = spans[claim]
        share = score / weight
        # The upper end belongs to the band above it, except for full marks.
        inside = low <= share < high or (claim is Claim.MET and share == 1)
        if inside or not 0 <= share <= 1:
            continue
        edge = share == high
        yield Finding(
            row_evidence(view, i, "actual_text", "score"),
            marks_of(row, weight, score)
            | {
                "status": clip(row.actual_text or "", 20),
                "share": shown(share * 100, 0),
                "low": shown(low * 100, 0),
                "high": shown(high * 100, 0),
            },
            Severity.INFO if edge else None,
            rests_on=(f"indicators[{i}].weight",),
            variant="edge" if edge else "",
        )
