"""Invented schools, people, roster and evidence for a county that can be tried out."""
