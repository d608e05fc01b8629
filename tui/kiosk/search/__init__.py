"""The search service of a worker, in a child process."""
