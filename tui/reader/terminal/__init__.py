"""The terminal: its input, its output and its modes."""
