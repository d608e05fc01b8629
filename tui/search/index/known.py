"""What is worked out once for each state of the index: its languages, its totals and the forms of words."""

from collections.abc import Iterable
from functools import lru_cache

from tui.search.answers import Searched
from tui.search.fields import KINDS
from tui.search.index.forms import Vocabulary
from tui.search.index.library_index import View
from tui.search.index.schema import RECORD
from tui.search.translation import ReadItem, Translator


class Known:
    """What was worked out for one view of the index."""

    def __init__(self, view: View) -> None:
        """Work it out."""
        self.languages = view.ledger.languages() or ("en",)
        self.vocabulary = Vocabulary(view.searcher, self.languages)
        self.searched = Searched(*view.ledger.totals(), unread=view.ledger.broken())
        self.sound = _all_documents(view) == view.searcher.num_docs
        """Whether nothing that was deleted is left in the files, so that the dictionary's own counts are exact."""


def _all_documents(view: View) -> int:
    """Count the documents with those that are deleted: each is a record or of one kind."""
    return sum(view.searcher.doc_freq("tags", tag) for tag in (RECORD, *(f"kind={kind}" for kind in KINDS)))


@lru_cache(maxsize=2)
def known_of(view: View) -> Known:
    """Give what was worked out for a view."""
    return Known(view)


def translator(view: View, read: Iterable[ReadItem]) -> Translator:
    """Give what translates queries for a view."""
    return Translator(view.schema, known_of(view).vocabulary, read)
