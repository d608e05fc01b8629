"""The one matcher: where a query's words stand in a text, and whether it answers the query.

Highlighting, `/` in a pane and the tests of the index all ask it, so that they never disagree.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from tui.library.search.nodes import And, Field, Node, Not, Or, Phrase, Word, leaves
from tui.library.search.stems import SHORTEST, Stemmer
from tui.library.search.variants import variants
from tui.library.tokens import Token, tokens

Span: TypeAlias = tuple[int, int]


class _Form:
    """One way in which a word or a phrase may stand in a text."""

    def __init__(self, words: tuple[str, ...], stemmer: Stemmer | None, *, prefix: bool) -> None:
        self.words = words
        self._prefix = prefix
        self._stemmer = stemmer if len(words) == 1 and len(words[0]) >= SHORTEST else None
        self._stems = stemmer.stems(words[0]) if stemmer else ()
        self._known: dict[str, bool] = {}

    def at(self, found: Sequence[Token], place: int) -> bool:
        """Tell whether it stands at a place in a text's words."""
        size = len(self.words)
        if size == 1:
            return self._is_last(found[place].text)
        if place + size > len(found) or found[place].text != self.words[0]:
            return False
        between = all(found[place + step].text == self.words[step] for step in range(1, size - 1))
        return between and self._is_last(found[place + size - 1].text)

    def _is_last(self, word: str) -> bool:
        mine = self.words[-1]
        if word == mine or (self._prefix and word.startswith(mine)):
            return True
        if self._stemmer is None or word[:1] != mine[:1]:
            return False
        if word not in self._known:
            self._known[word] = self._stemmer.alike(word, self._stems)
        return self._known[word]


class Matcher:
    """Looks for a query's words in texts."""

    def __init__(self, node: Node | None, languages: Iterable[str] = ("en",)) -> None:
        """Prepare for a query.

        Args:
            node: the query; its fields, which say nothing of a text's words, hold of every text here.
            languages: BCP 47 tags of the languages whose forms of words count.
        """
        self._node = node
        self._stemmer = Stemmer(languages)
        self._forms: dict[Node, tuple[_Form, ...]] = {
            leaf: tuple(self._forms_of(leaf)) for leaf in leaves(node, negated=True)
        }
        self._marking = [form for leaf in leaves(node) for form in self._forms[leaf]]

    def spans(self, text: str) -> list[Span]:
        """Give the stretches of a text to highlight, in order and apart from one another."""
        if not self._marking:
            return []
        found = tokens(text)
        merged: list[Span] = []
        for start, end in sorted(set(_stretches(found, self._marking))):
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged

    def matches(self, text: str) -> bool:
        """Tell whether a text answers the query."""
        return self._node is not None and self._holds(self._node, tokens(text))

    def _holds(self, node: Node, found: Sequence[Token]) -> bool:
        if isinstance(node, And):
            return all(self._holds(part, found) for part in node.parts)
        if isinstance(node, Or):
            return any(self._holds(part, found) for part in node.parts)
        if isinstance(node, Not):
            return not self._holds(node.part, found)
        if isinstance(node, Field) and node.name != "quote":
            return True
        return next(_stretches(found, self._forms[node]), None) is not None

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


def _stretches(found: Sequence[Token], forms: Iterable[_Form]) -> Iterator[Span]:
    for form in forms:
        for place in range(len(found)):
            if form.at(found, place):
                yield found[place].start, found[place + len(form.words) - 1].end
