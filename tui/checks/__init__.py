"""The rules of `briefing check`, one module a family, and its report formats."""
