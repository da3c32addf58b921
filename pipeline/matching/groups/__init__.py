"""Answers that are no pairs: sums on either side, joint rates, shares of a task."""
