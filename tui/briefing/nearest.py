"""Suggestions for misspelt words."""

from collections.abc import Iterable


def nearest(word: str, words: Iterable[str], likeness: float = 0.6) -> str | None:
    """Return the nearest word to a misspelt word, if any is near. Small and capital letters are alike."""
    import difflib  # nothing is misspelt in most runs

    # A suggestion is a courtesy: without bounds, a hostile file of many long words would take minutes to match.
    if not 0 < len(word) <= 100:
        return None
    wanted = word.casefold()
    folded = {known.casefold(): known for known in words if abs(len(known) - len(word)) <= 6}
    alike = [known for known in folded if {known[:1], known[-1:]} & {wanted[0], wanted[-1]}]
    found = difflib.get_close_matches(wanted, alike[:200], n=1, cutoff=likeness)
    return folded[found[0]] if found else None
