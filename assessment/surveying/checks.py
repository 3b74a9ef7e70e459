"""Invariants of surveys."""
