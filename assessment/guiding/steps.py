"""Step tables of guidance."""
