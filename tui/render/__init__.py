"""Entries, pages and briefings as text, without a terminal."""
