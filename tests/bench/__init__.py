"""Benchmarks in a real pseudo-terminal, beside bare Textual apps: ``python -m tests.bench``."""
