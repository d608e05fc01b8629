"""What is worked out once for each state of the index: its languages, its totals and the forms of words."""

from collections.abc import Iterable
from functools import lru_cache

from tui.library.search.answers import Searched
from tui.library.search.forms import Vocabulary
from tui.library.search.index import View
from tui.library.search.translating import ReadItem, Translator


class Known:
    """What was worked out for one view of the index."""

    def __init__(self, view: View) -> None:
        """Work it out."""
        self.languages = view.ledger.languages() or ("en",)
        self.vocabulary = Vocabulary(view.searcher, self.languages)
        self.searched = Searched(*view.ledger.totals(), unread=view.ledger.broken())


@lru_cache(maxsize=2)
def known_of(view: View) -> Known:
    """Give what was worked out for a view."""
    return Known(view)


def translator(view: View, read: Iterable[ReadItem]) -> Translator:
    """Give what translates queries for a view."""
    return Translator(view.schema, known_of(view).vocabulary, read)
