"""Tries of every way to a briefing by every role; see `python -m tests.access --help`."""
