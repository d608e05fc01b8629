"""Search: the query and its grammar, the one matcher, the index on disk, and the answer with what was searched."""
