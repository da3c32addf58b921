"""Document → Forms: labels to roles by evidence, never by column index."""

from pipeline.layout.document_notes import ocr_confidence, read_by, with_notes
from pipeline.layout.forms import find_forms
from pipeline.layout.hints import may_hold_form
from pipeline.layout.run_together import holds_run_together

__all__ = [
    "find_forms",
    "holds_run_together",
    "may_hold_form",
    "ocr_confidence",
    "read_by",
    "with_notes",
]
