"""Measuring what `briefing import` proposes against texts that were labelled by hand."""
