"""Tests of pipeline.layout."""
