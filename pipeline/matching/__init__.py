"""Targets × outcomes × indicators: links, verdicts, and what has no answer."""

from pipeline.matching.match import MatchResult, match_form

__all__ = ["MatchResult", "match_form"]
