"""Invariants of hours and activities."""

from assessment.training.activities import checks as activities

__all__ = ["activities"]
