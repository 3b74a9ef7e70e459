"""Step tables of activities."""
