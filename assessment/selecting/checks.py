"""Invariants of choices."""
