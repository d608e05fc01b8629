"""The one matcher of queries and texts, for highlights and for `/`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from tui.language.stems import SHORTEST, Stemmer
from tui.language.tokens import tokens
from tui.search.nodes import And, Field, Most, Node, Not, Or, Phrase, Word, leaves
from tui.search.variants import variants

Span: TypeAlias = tuple[int, int]
Meets: TypeAlias = Callable[[Field], bool | None]
"""Whether the condition of a field is met; None where the words of the text decide."""


def _every(field: Field) -> bool | None:
    return None if field.name == "quote" else True


class _Form:
    """One spelling of a word or a phrase."""

    def __init__(self, words: tuple[str, ...], stemmer: Stemmer | None, *, prefix: bool) -> None:
        self.words = words
        self._prefix = prefix
        self._stemmer = stemmer if len(words) == 1 and len(words[0]) >= SHORTEST else None
        self._stems = stemmer.stems(words[0]) if stemmer else ()
        self._is_last = _Memory(self._fits)

    def starts(self, found: Sequence[str]) -> list[int]:
        """Return the indices in a text's words at which this spelling begins."""
        size, fits = len(self.words), self._is_last
        if size == 1:
            return [index for index, word in enumerate(found) if fits[word]]
        if size > len(found):
            return []
        first, middle = self.words[0], self.words[1:-1]
        return [
            index
            for index in range(len(found) - size + 1)
            if found[index] == first
            and fits[found[index + size - 1]]
            and tuple(found[index + 1 : index + size - 1]) == middle
        ]

    def stands_in(self, found: Sequence[str]) -> bool:
        if len(self.words) == 1:
            fits = self._is_last
            return any(map(fits.__getitem__, found))
        return bool(self.starts(found))

    def among(self, vocabulary: Iterable[str]) -> list[str]:
        """Return a vocabulary's words that may end this spelling."""
        fits = self._is_last
        return [word for word in vocabulary if fits[word]]

    def _fits(self, word: str) -> bool:
        """Whether a word may be the last word of this spelling."""
        mine = self.words[-1]
        if word == mine or (self._prefix and word.startswith(mine)):
            return True
        if self._stemmer is None or word[:1] != mine[:1]:
            return False
        return self._stemmer.alike(word, self._stems)


class _Memory(dict[str, bool]):
    """Answers by word. A text of 20,000 entries has far fewer different words than words."""

    def __init__(self, answer: Callable[[str], bool]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, word: str) -> bool:
        self[word] = found = self._answer(word)
        return found


class Matcher:
    """Finds a query's words in texts."""

    def __init__(self, node: Node | None, languages: Iterable[str] = ("en",)) -> None:
        """Prepare the spellings of a query's words.

        Args:
            node: the query.
            languages: BCP 47 tags of the languages whose forms of words count.
        """
        self._node = node
        self._stemmer = Stemmer(languages)
        self._forms: dict[Node, tuple[_Form, ...]] = {
            leaf: tuple(self._forms_of(leaf)) for leaf in leaves(node, negated=True)
        }
        self._marking = [form for leaf in leaves(node) for form in self._forms[leaf]]

    def spans(self, text: str) -> list[Span]:
        """Return the spans to highlight in a text, in order, without overlap."""
        if not self._marking:
            return []
        found = tokens(text)
        merged: list[Span] = []
        for first, last in self.word_spans([token.text for token in found]):
            start, end = found[first].start, found[last].end
            # One character may fold to two words.
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged

    def word_spans(self, words: Sequence[str]) -> list[Span]:
        """Return the spans to highlight, as indices of first and last words."""
        if len(self._marking) == 1 and len(self._marking[0].words) == 1:
            return [(index, index) for index in self._marking[0].starts(words)]
        found = {(start, start + len(form.words) - 1) for form in self._marking for start in form.starts(words)}
        merged: list[Span] = []
        for first, last in sorted(found):
            if merged and first <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
            else:
                merged.append((first, last))
        return merged

    def beginnings(self, vocabulary: Iterable[str]) -> set[str]:
        """Return a vocabulary's words that may begin a span to highlight."""
        found = {form.words[0] for form in self._marking if len(form.words) > 1}
        single = [form for form in self._marking if len(form.words) == 1]
        return found | {word for form in single for word in form.among(vocabulary)}

    def matches(self, text: str) -> bool:
        """Whether a text meets the query."""
        return self.holds([token.text for token in tokens(text)])

    def holds(self, words: Sequence[str], meets: Meets = _every) -> bool:
        """Whether the folded words of a text meet the query.

        Args:
            words: the words.
            meets: whether a field's condition is met; without it, every text meets the fields.
        """
        return self._node is not None and self._holds(self._node, words, meets)

    def _holds(self, node: Node, words: Sequence[str], meets: Meets) -> bool:
        if isinstance(node, And):
            return all(self._holds(part, words, meets) for part in node.parts)
        if isinstance(node, Most):
            return self._holds_most(node, words, meets)
        if isinstance(node, Or):
            return any(self._holds(part, words, meets) for part in node.parts)
        if isinstance(node, Not):
            return not self._holds(node.part, words, meets)
        if isinstance(node, Field) and (met := meets(node)) is not None:
            return met
        return any(form.stands_in(words) for form in self._forms[node])

    def _holds_most(self, node: Most, words: Sequence[str], meets: Meets) -> bool:
        rest = [part for part in node.parts if isinstance(part, Field | Not)]
        found = sum(self._holds(part, words, meets) for part in node.parts if part not in rest)
        return found >= node.least and all(self._holds(part, words, meets) for part in rest)

    def _forms_of(self, leaf: Node) -> Iterator[_Form]:
        if isinstance(leaf, Word):
            for words in variants(leaf.text):
                yield _Form(words, self._stemmer, prefix=leaf.prefix)
        elif isinstance(leaf, Phrase):
            for words in variants(leaf.text)[:1]:
                yield _Form(words, None, prefix=False)
        elif isinstance(leaf, Field) and leaf.name == "quote":
            for words in variants(leaf.values[0].strip('"'))[:1]:
                yield _Form(words, None, prefix=leaf.prefix)
