"""The year around the assessment in the access table: one module for each part, with its lines and its things."""
