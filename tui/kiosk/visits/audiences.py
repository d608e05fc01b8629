"""The content of a worker for each audience: each set of groups."""

from collections.abc import Callable, Iterable, Iterator

from tui.briefing.publication import Reader
from tui.library.published_catalogue import PublishedCatalogue
from tui.search.service import SearchService
from tui.session.shared import SharedContent

MOST = 16
"""The audiences that are kept; those without a visit are dropped first."""
Groups = frozenset[str]


class Audiences:
    """Keeps open briefings, pages and answers of each audience apart."""

    def __init__(self, strangers: SharedContent) -> None:
        """Serve strangers; other audiences are made at their first visit."""
        self.strangers = strangers
        self.search_of: Callable[[Groups], SearchService] | None = None
        """Returns the search of an audience. Without it each searches in this process."""
        self._contents: dict[Groups, SharedContent] = {frozenset(): strangers}

    @property
    def catalogue(self) -> PublishedCatalogue:
        """The catalogue, as strangers see it."""
        catalogue = self.strangers.catalogue
        if not isinstance(catalogue, PublishedCatalogue):
            raise TypeError(catalogue)
        return catalogue

    def of(self, groups: Groups, in_use: Iterable[SharedContent] = ()) -> SharedContent:
        """Return the content for the members of some groups."""
        if groups not in self._contents:
            self._drop({*in_use, self.strangers})
            content = SharedContent(self.catalogue.seen_by(Reader(groups)))
            if self.search_of:
                content.search_service = self.search_of(groups)
            content.is_shared, content.answered = True, self.strangers.answered
            self._contents[groups] = content
        return self._contents[groups]

    def _drop(self, in_use: set[SharedContent]) -> None:
        """Drop the oldest contents that nobody uses, if there are many."""
        idle = [groups for groups, content in self._contents.items() if content not in in_use]
        for groups in idle[: max(0, len(self._contents) - MOST + 1)]:
            del self._contents[groups]

    def __iter__(self) -> Iterator[SharedContent]:
        """Yield the contents of all audiences."""
        return iter(tuple(self._contents.values()))
