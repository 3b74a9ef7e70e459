"""Files that lie with a visit, an inspection, minutes or a circular."""
