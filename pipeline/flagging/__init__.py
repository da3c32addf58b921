"""Hints for people over a finished form: one small function per flag.

Rules live here, their names, words and sentences in models/flags.toml, the
thresholds of provinces and years in models/profiles/.
"""

from pipeline.flagging.catalogue import CatalogueEntry, load_catalogue
from pipeline.flagging.profiles import Profile, load_profile
from pipeline.flagging.raising import note_flags, raise_flags
from pipeline.flagging.view import FormView

__all__ = [
    "CatalogueEntry",
    "FormView",
    "Profile",
    "load_catalogue",
    "load_profile",
    "note_flags",
    "raise_flags",
]
