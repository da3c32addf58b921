"""Bytes to Document, one module per format, no judgement about forms."""

from pipeline.sources.container import is_container, members
from pipeline.sources.misnamed import is_misnamed
from pipeline.sources.registry import read

__all__ = ["is_container", "is_misnamed", "members", "read"]
