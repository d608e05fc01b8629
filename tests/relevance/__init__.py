"""Relevance: a judged set of queries over the bundled content, ours beside SQLite FTS5."""
