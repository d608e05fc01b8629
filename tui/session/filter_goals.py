"""The filters that a list offers, each with its number of entries."""

import re
from collections.abc import Iterator
from typing import Final

from tui.library.volume import Volume
from tui.search.descriptions import Descriptions
from tui.search.facets import facet_query, toggled
from tui.session.goals import Goal, Goals
from tui.session.lists import Lists, is_short, items_of
from tui.session.narrowing import FIELD_WORDS, LABELS, name_of

_LEFT_OUT: Final = re.compile(r"(?:^|\s)-\S")
_QUERY: Final = re.compile(r'[:"()]')
"""The signs that only a query has, not a name."""


class FilterGoals:
    """The filters of one list as goals. Choosing one adds it to the filter that is there."""

    def __init__(self, lists: Lists, volume: Volume, pane: str, now: str) -> None:
        """Count the values in a list.

        Args:
            lists: the reader's lists.
            volume: the briefing.
            pane: the name of the list.
            now: the present filter.
        """
        self._lists, self._volume, self._now = lists, volume, now
        self._all = items_of(volume, pane)
        self._items = lists.narrowing(volume, now).left(self._all) if now else self._all
        self._goals = Goals([*self._whole(), *self._usual(), *self._values()])

    def found(self, text: str) -> list[Goal]:
        """Return the filters for a text. The text itself is one of them."""
        if not text.strip():
            return list(self._goals.all)
        own = self._own(text)
        if _LEFT_OUT.search(text):  # a value of these words would be the opposite
            return [own]
        others = [goal for _, goal in self._goals.best(text) if goal.leads != own.leads]
        return [own, *others] if _QUERY.search(text) else [*others, own]

    def _own(self, text: str) -> Goal:
        narrowing = self._lists.narrowing(self._volume, text)
        if error := narrowing.parsed.error:
            return Goal(f"{error.message[:1].upper()}{error.message[1:]}.", "", "")
        number = self._of_all(len(narrowing.left(self._items))) if is_short(self._volume) else ""
        return Goal(f"only {narrowing.words}", number, f"filter:{f'{self._now} {text}'.strip()}")

    def _left(self, text: str) -> int:
        return len(self._lists.narrowing(self._volume, text).left(self._items))

    def _of_all(self, number: int) -> str:
        return f"{number:,} of {len(self._items):,}"

    def _whole(self) -> Iterator[Goal]:
        if self._now:
            yield Goal("everything", f"{len(self._all):,}", "filter:", ("all", "clear", "no filter"))

    def _usual(self) -> Iterator[Goal]:
        for text, words in LABELS.items():
            if left := self._left(text):
                yield Goal(f"only {words}", self._of_all(left), f"filter:{toggled(self._now, text)}", (text,))

    def _values(self) -> Iterator[Goal]:
        counts = self._volume.derived(Descriptions).counted(self._items)
        for name, words in FIELD_WORDS.items():
            for value, number in sorted(counts.get(name, {}).items(), key=lambda one: (-one[1], one[0])):
                if number < len(self._items):
                    text = facet_query(name, value)
                    leads = f"filter:{toggled(self._now, text)}"
                    yield Goal(
                        f"{words} {name_of(self._volume, value)}", self._of_all(number), leads, (f"{name} {value}",)
                    )
