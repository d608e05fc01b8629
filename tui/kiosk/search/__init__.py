"""Searching in a process of its own, beside the one that paints for all visitors."""
