"""Annotated forms, sample documents and the generator that makes them."""
