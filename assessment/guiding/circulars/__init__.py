"""Circulars to schools, and who has read them."""
