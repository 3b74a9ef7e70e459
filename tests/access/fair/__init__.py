"""Fair reviews and spot checks in the access table: one module for each part, with its lines and its things."""
