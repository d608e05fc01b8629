"""Readers' states on many hosts: stamps, merging, and the shared database."""
