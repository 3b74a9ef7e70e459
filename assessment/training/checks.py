"""Invariants of hours and activities."""
