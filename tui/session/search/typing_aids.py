"""What helps at typing a query: completion, and the queries that were asked before."""

from collections.abc import Sequence

from tui.session.search.asking import Asker
from tui.session.search.completion import Completion, completion, is_worth_telling
from tui.session.search.facet_row import Piece
from tui.session.search.hints import completion_pieces
from tui.session.search.recall import Recall


class TypingAids:
    """Helps in one box."""

    def __init__(self, asker: Asker) -> None:
        """Help with nothing yet."""
        self._asker = asker
        self._recall = Recall()
        self._completion: Completion | None = None

    def typed(self, text: str) -> None:
        """Begin anew from what was typed."""
        self._recall.begin(text)
        self._completion = None

    def answer(self, key: str, text: str, cursor: int) -> tuple[str, int] | None:
        """Give the query and the cursor that a key brings into the box; None where it brings nothing.

        Args:
            key: tab, shift+tab, up or down.
            text: what stands in the box.
            cursor: where its cursor is.
        """
        if key in {"tab", "shift+tab"}:
            found = self._completion or completion(text, cursor, self._asker.values)
            if found is None:
                return None
            self._completion = found.turned(1 if key == "tab" else -1)
            return self._completion.text, self._completion.cursor
        self._completion = None
        recalled = self._recall.older(self._asker.queries.recent()) if key == "up" else self._recall.newer()
        return None if recalled is None else (recalled, len(recalled))

    def pieces(self, text: str, cursor: int, width: int) -> Sequence[Piece]:
        """Set what may stand at the cursor; nothing where it is not worth telling."""
        if not is_worth_telling(text, cursor):
            return ()
        found = self._completion or completion(text, cursor, self._asker.values)
        return completion_pieces(found, width) if found else ()
