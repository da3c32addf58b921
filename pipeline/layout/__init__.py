"""Document → Forms: labels to roles by evidence, never by column index."""

from pipeline.layout.forms import find_forms
from pipeline.layout.hints import may_hold_form

__all__ = ["find_forms", "may_hold_form"]
