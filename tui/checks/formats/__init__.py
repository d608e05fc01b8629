"""How `briefing check` writes what it found, a module a format."""
