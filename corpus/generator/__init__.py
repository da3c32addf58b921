"""Sample documents in all formats, made from the annotated forms."""

from corpus.generator.expected import expected_form, to_plain
from corpus.generator.layouts import LAYOUTS
from corpus.generator.sample import ARCHIVED, FORMATS, Sample, render, samples_of_split
from corpus.generator.spec import FormSpec, load_specs

__all__ = [
    "ARCHIVED",
    "FORMATS",
    "LAYOUTS",
    "FormSpec",
    "Sample",
    "expected_form",
    "load_specs",
    "render",
    "samples_of_split",
    "to_plain",
]
