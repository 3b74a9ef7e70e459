"""Step tables of those who take part."""
