"""The picked words of a text: two, and all between. Moving picks one word, extending keeps the first."""

from array import array
from bisect import bisect_right
from typing import Final

from tui.authoring.quotations import sentence_at, trimmed, words_of
from tui.briefing.anchors import Paragraph

_OFFSETS: Final = "L"


class Picker:
    """The words that are picked in a text."""

    def __init__(self, text: str, parts: tuple[Paragraph, ...], lang: str = "en") -> None:
        """Pick the first word below the title.

        Args:
            text: the held text; it has a word.
            parts: its paragraphs.
            lang: its language, for where sentences end.
        """
        self.text, self.parts, self._lang = text, parts, lang
        self._starts, self._ends = array(_OFFSETS), array(_OFFSETS)
        for start, end in words_of(text):
            self._starts.append(start)
            self._ends.append(end)
        self._part_starts = [part.start for part in parts]
        body = next((part for part in parts if part.number), parts[0])
        self._kept = self._head = self._word_at(body.start)

    @property
    def span(self) -> tuple[int, int]:
        """The offsets of the picked words, without enclosing stops and quotation marks."""
        first, last = sorted((self._kept, self._head))
        return trimmed(self.text, self._starts[first], self._ends[last])

    @property
    def place(self) -> int:
        """The index of the paragraph with the moving word."""
        return self._part_of(self._head)

    def by_words(self, number: int, *, extending: bool = False) -> None:
        """Go some words on or back. Extending keeps the first word picked."""
        self._go(self._head + number, extending=extending)

    def by_sentences(self, direction: int, *, extending: bool = False) -> None:
        """Go to the beginning of the next or the previous sentence.

        Going back from within a sentence stops at its beginning. Extending forward goes to the end of the sentence.
        """
        start, end = self._sentence()
        if extending and direction > 0:
            last = self._word_before(end)
            # At the end of a sentence, the whole next sentence is added.
            self._go(last if last > self._head else self._word_before(self._sentence(last + 1)[1]), extending=True)
        elif direction > 0:
            self._go(self._word_before(end) + 1, extending=extending)
        else:
            first = self._word_at(start)
            here = first if first < self._head else self._word_at(self._sentence(first - 1)[0])
            self._go(here, extending=extending)

    def by_paragraphs(self, direction: int, *, extending: bool = False) -> None:
        """Go to the beginning of the next or the previous paragraph.

        Going back from within a paragraph stops at its beginning. Extending forward goes to the end of the paragraph.
        """
        at = self.place
        if extending and direction > 0:
            last = self._word_before(self.parts[at].end)
            following = self.parts[min(at + 1, len(self.parts) - 1)].end
            self._go(last if last > self._head else self._word_before(following), extending=True)
            return
        first = self._word_at(self.parts[at].start)
        back = at if direction < 0 and first < self._head else at + direction
        self._go(self._word_at(self.parts[max(0, min(back, len(self.parts) - 1))].start), extending=extending)

    def take_sentence(self) -> None:
        """Pick the whole sentence."""
        start, end = self._sentence()
        self._kept, self._head = self._word_at(start), self._word_before(end)

    def swap(self) -> None:
        """Move the other end from now on."""
        self._kept, self._head = self._head, self._kept

    def to_end(self, direction: int) -> None:
        """Go to the first or the last word of the text."""
        self._go(len(self._starts) if direction > 0 else 0, extending=False)

    def pick_at(self, offset: int, *, extending: bool = False) -> None:
        """Pick the word at an offset."""
        self._go(self._word_at(offset), extending=extending)

    def _go(self, word: int, *, extending: bool) -> None:
        self._head = max(0, min(word, len(self._starts) - 1))
        if not extending:
            self._kept = self._head

    def _word_at(self, offset: int) -> int:
        """Return the word at an offset, or the first word behind it."""
        word = max(0, bisect_right(self._starts, offset) - 1)
        return min(word + (offset >= self._ends[word]), len(self._starts) - 1)

    def _word_before(self, offset: int) -> int:
        """Return the last word that begins before an offset."""
        return max(0, bisect_right(self._starts, offset - 1) - 1)

    def _part_of(self, word: int) -> int:
        return max(0, bisect_right(self._part_starts, self._starts[word]) - 1)

    def _sentence(self, word: int | None = None) -> tuple[int, int]:
        here = self._head if word is None else max(0, min(word, len(self._starts) - 1))
        return sentence_at(self.text, self.parts[self._part_of(here)], self._starts[here], self._lang)
