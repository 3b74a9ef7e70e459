"""Step tables of the bodies."""
