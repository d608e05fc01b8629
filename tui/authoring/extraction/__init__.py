"""Extracts the plain text of a source from its file."""
