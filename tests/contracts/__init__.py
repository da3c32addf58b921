"""Tests that keep promises to others in step: schema, docs, wheel, pins."""
