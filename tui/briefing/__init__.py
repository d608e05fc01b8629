"""The briefing itself: its format, its loader, its scales and its evidence. No terminal, no Textual."""
