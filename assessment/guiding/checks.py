"""Invariants of guidance."""
