"""The report formats of `briefing check`, a module a format."""
