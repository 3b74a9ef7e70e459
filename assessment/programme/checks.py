"""Invariants of the calendar and of those who take part."""
