"""Finding words in the pages of a briefing."""
