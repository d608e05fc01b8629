"""The search service in a child process: one for each worker, for all visitors of the worker."""
