"""A reader for structured, sourced briefings in the terminal."""
