"""Tests of jixiao; shared helpers lie in tests.helpers."""
