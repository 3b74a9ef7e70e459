"""Trainers assigned to schools, and what they saw and advised there."""
