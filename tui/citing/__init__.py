"""Bibliographic records, and the formats in which they come in and go out."""
