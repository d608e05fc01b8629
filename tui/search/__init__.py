"""Search: query, analysis, index, run, and the service."""
