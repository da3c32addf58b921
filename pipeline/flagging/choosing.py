"""Which profile a form belongs to, by what is printed in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.core.form import Form
from pipeline.flagging.profiles import (
    AUTO,
    Evidence,
    Profile,
    available_profiles,
    load_profile,
)
from pipeline.flagging.values import amount
from pipeline.flagging.weights import level_weights
from pipeline.language.fold import fold


def profile_for(name_or_path: str, form: Form, text: str = "") -> Profile:
    """The named profile; under ``auto`` the one that the form gives evidence of.

    ``text`` is the text of the whole document, where there is one. The default
    profile stands in where there is no evidence, or evidence of two profiles.
    Raises ConfigError as ``load_profile`` does.
    """
    if name_or_path != AUTO:
        return load_profile(name_or_path)
    plain = _plain((text,))
    fitting = [
        profile
        for profile in map(load_profile, available_profiles())
        if any(_shows(form, plain, e) for e in profile.evidence)
    ]
    return fitting[0] if len(fitting) == 1 else load_profile()


def _shows(form: Form, plain: str, evidence: Evidence) -> bool:
    units = _plain((form.department, form.unit))
    last, weight = evidence.last_year, evidence.execution_weight
    output = evidence.output_weight
    return (
        all(re.search(pattern, plain) for pattern in evidence.text)
        and all(re.search(pattern, units) for pattern in evidence.unit)
        and (last is None or (form.year is not None and form.year <= last))
        and (weight is None or any(amount(f.weight) == weight for f in form.funds))
        and output in (None, level_weights(form.indicators).get("产出"))
    )


def _plain(texts: Iterable[str | None]) -> str:
    return "".join(fold(" ".join(t for t in texts if t)).split())
