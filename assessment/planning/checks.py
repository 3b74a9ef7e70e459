"""Invariants of filings and bodies."""
