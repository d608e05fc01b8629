"""The index on disk: its schema, its documents and its updates."""
