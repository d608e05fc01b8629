"""Picking the words to be quoted from a held text."""
