"""The search of the library and finding in a briefing, on screen."""
