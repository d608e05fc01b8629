"""What helps an author: a new briefing, a quote, a draft, the entry in the editor."""
