"""Invariants of reminders."""
