"""Minutes of meetings and their decisions."""
