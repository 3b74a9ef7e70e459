"""Inspections of schools and the issues found: named, mended, closed."""
