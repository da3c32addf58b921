"""One Chinese sentence per link: what was compared and why it belongs together."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from pipeline.core.link import Verdict
from pipeline.matching.measures.measure import Measure
from pipeline.resources import load_toml

FILE = "explanations.toml"
_ONE = Decimal(1)


def explain_link(
    target: Measure,
    partners: Sequence[Measure],
    outcomes: Sequence[Measure],
    verdict: Verdict,
    method: str,
    *,
    by_place: bool = False,
) -> str:
    """Name the quotes of both sides, the verdict and the ground of the link.

    ``partners`` are further targets that the same outcome answers; ``by_place``
    means that the order of the numbers, not their words, joins the two sides.
    """
    words = load_toml(FILE)
    ground = "by_place" if by_place and method == "direct" else method
    return _sentence(
        "link",
        wanted="与".join(_named(t) for t in (target, *partners)),
        got="、".join(_named(o) for o in outcomes),
        verdict=words["verdict"][verdict.value],
        ground=words["ground"][ground],
        ratio=(
            _ratio(target, outcomes) if method in ("direct", "via_indicator") else ""
        ),
    )


def explain_undetermined(target: Measure, candidates: Sequence[Measure]) -> str:
    """Say that several outcomes are equally likely, and which."""
    names = "、".join(_named(c) for c in candidates)
    return _sentence("undetermined", wanted=_named(target), got=names)


def explain_disproportion(target: Measure, outcomes: Sequence[Measure]) -> str:
    """Say that the nearest outcomes are too far from the target to be of it."""
    got = "、".join(_named(o) for o in outcomes)
    return _sentence("disproportion", wanted=_named(target), got=got)


def _sentence(name: str, **parts: str) -> str:
    template: str = load_toml(FILE)["sentence"][name]
    return template.format(**parts)


def _named(measure: Measure) -> str:
    """The quote of a number, and what it counts where the text says so."""
    quantity = measure.quantity
    if not quantity.subject:
        return _sentence("quote", quote=quantity.quote)
    subject = quantity.subject.replace("\n", " ")
    return _quote_of_subject().format(quote=quantity.quote, subject=subject)


@lru_cache(maxsize=1)
def _quote_of_subject() -> str:
    words: dict[str, str] = load_toml(FILE)["sentence"]
    return words["quote"] + words["subject"]


def _ratio(target: Measure, outcomes: Sequence[Measure]) -> str:
    wanted = target.quantity.value
    if wanted <= 0 or target.unit_class == "rate" or len(outcomes) != 1:
        return ""
    share = (outcomes[0].quantity.value / wanted * 100).quantize(_ONE)
    if target.quantity.unit != outcomes[0].quantity.unit:
        return _sentence("other_units")
    return _sentence("ratio", share=str(share))
