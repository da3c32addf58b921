"""Bytes to Document, one module per format, no judgement about forms."""

from pipeline.sources.container import is_container, members
from pipeline.sources.registry import read

__all__ = ["is_container", "members", "read"]
