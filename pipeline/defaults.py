"""Defaults that the command's settings share with heavy packages; imports nothing."""

OCR_CACHE_MB = 2000
"""Megabytes of kept pages by default: some hundred thousand of them."""
