"""Scans and photographs of annotated forms, each with what it must give."""

from corpus.scans.plan import SPLITS, Scan, plan_scans
from corpus.scans.write_scans import write_scans

__all__ = ["SPLITS", "Scan", "plan_scans", "write_scans"]
