"""Sets of words, written as strings of words."""


def word_set(words: str) -> frozenset[str]:
    """Return the words of a string."""
    return frozenset(words.split())
