"""Document → Forms: labels to roles by evidence, never by column index."""

from pipeline.layout.forms import find_forms

__all__ = ["find_forms"]
