"""The grammar of queries. A text becomes a tree or one error.

    any    = all { OR all }
    all    = one { one }
    one    = [-] ( "(" any ")" | FIELD:value | "exact phrase" | word | word* )

Time and depth are bounded for any text.
"""

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from tui.briefing.characters import escaped
from tui.briefing.nearest import nearest
from tui.language.tokens import is_half, words_of
from tui.search.field_values import ValueProblem, comparison, values_of
from tui.search.fields import FIELDS, SYNONYMS
from tui.search.nodes import And, Field, Node, Not, Or, Phrase, Word, leaves

MAX_LENGTH: Final = 4000
"""Characters of a query; a longer text is an error, since nobody searches for it."""
MAX_WORDS: Final = 64
"""Words of a query; the index is asked for each."""
MAX_PARTS: Final = 256
"""Words of all phrases and hyphenated words together; each character of a Chinese phrase is a word."""
_ADDRESSES: Final = frozenset({"http", "https", "ftp", "mailto", "doi", "isbn", "issn", "urn"})
"""Schemes before the colon of an address or of the number of a work, which are no fields."""
_MAX_DEPTH: Final = 40
_QUOTES: Final = '"“”„‟″«»'
_TOKEN: Final = re.compile(
    rf"""\s+|(?P<open>\()|(?P<close>\))|(?P<minus>[-−](?=\S))
    |(?P<name>[^\W\d_]\w*):(?![\s)]|$)(?P<value>(?:[<>]=?|[≤≥])?[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]?|[^\s(){_QUOTES}]*)
    |(?P<bare>[^\W\d_]\w*):(?=[\s)]|$)
    |(?P<phrase>[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]?)
    |(?P<word>[^\s(){_QUOTES}]+)""",
    re.VERBOSE,
)


class QueryError(Exception):
    """A mistake in a query, with the character at which to point."""

    def __init__(self, message: str, at: int) -> None:
        """Store the message and the character's offset."""
        super().__init__(message)
        self.message = message
        self.at = at

    def __eq__(self, other: object) -> bool:
        return isinstance(other, QueryError) and (self.message, self.at) == (other.message, other.at)

    def __hash__(self) -> int:
        return hash((self.message, self.at))


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed text: a tree, an error, or neither if empty."""

    text: str
    node: Node | None
    error: QueryError | None = None

    @property
    def fields(self) -> frozenset[str]:
        """The names of the fields in the query."""
        return frozenset(leaf.name for leaf in leaves(self.node, negated=True) if isinstance(leaf, Field))

    @property
    def filters(self) -> tuple[Field, ...]:
        """The fields that apply to the whole query, in order."""
        parts = self.node.parts if isinstance(self.node, And) else (self.node,)
        return tuple(part for part in parts if isinstance(part, Field))


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int
    value: str = ""
    value_start: int = 0


def parse(text: str, *, typing: bool = False) -> Parsed:
    """Parse a query; mistakes are returned, not raised.

    Args:
        text: any text.
        typing: whether the reader still types, so that the last word counts as the beginning of a word.
    """
    try:
        parser = _Parser(text, typing=typing)
        node = parser.node()
        if node is None:
            parser.check_wordless(text)
        return Parsed(text, node)
    except QueryError as error:
        return Parsed(text, None, error)


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind == "value" and match["name"].lower() not in FIELDS:
            kind = "word"
            _check_name(match["name"], match.start(), match["value"])
        if kind == "bare" and match["bare"].lower() not in FIELDS:
            kind = "word"
            _check_name(match["bare"], match.start())
        if kind == "value":
            name = match["name"].lower()
            found.append(_Token("field", name, match.start(), match.end(), match["value"], match.start("value")))
        elif kind:
            found.append(_Token(kind, match.group(), match.start(), match.end()))
    return found


def _check_name(name: str, at: int, value: str = "") -> None:
    """Raise for an unknown field, which would find nothing. The colon of an address is allowed."""
    if name.lower() in _ADDRESSES or value.startswith("//"):
        return
    near = SYNONYMS.get(name.lower()) or nearest(name.lower(), FIELDS)
    remedy = f"did you mean {near}: ?" if near else f"there are {', '.join(FIELDS)}, or quotation marks for words"
    raise QueryError(f"there is no field {name[:40]!r}; {remedy}", at)


class _Parser:
    """A parser of one text, from left to right."""

    def __init__(self, text: str, *, typing: bool) -> None:
        if len(text) > MAX_LENGTH:
            raise QueryError(f"a query has at most {MAX_LENGTH:,} characters", MAX_LENGTH)
        self._length = len(text)
        self._typing = typing
        self._tokens = _tokens(text)
        self._at = 0
        self._depth = 0
        self._words = 0
        self._parts = 0

    def node(self) -> Node | None:
        """Parse the whole text."""
        if not self._tokens:
            return None
        node = self._any()
        if (token := self._peek()) is not None:
            raise QueryError("this parenthesis closes nothing", token.start)
        return node

    def check_wordless(self, text: str) -> None:
        """Raise for a query without words, unless the last token is unfinished."""
        last = self._tokens[-1] if self._tokens else None
        begun = self._typing and last and (last.kind in {"minus", "open", "bare"} or last.text in {"-", "−"})
        words = text.strip()
        if (words or not self._typing) and not begun:
            raise QueryError("there is no word in this to look for", text.find(words))

    def _peek(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _is_or(self, token: _Token | None) -> bool:
        return token is not None and token.kind == "word" and token.text == "OR"

    def _any(self) -> Node | None:
        parts = [self._all()]
        while self._is_or(token := self._peek()):
            self._at += 1
            following = self._peek()
            if following is None or following.kind == "close" or self._is_or(following):
                if self._typing and following is None:
                    break
                raise QueryError("OR stands between two things; nothing follows it", token.start if token else 0)
            parts.append(self._all())
        nodes = [part for part in parts if part is not None]
        if len(nodes) < 2:
            return nodes[0] if nodes else None
        return Or(tuple(nodes), nodes[0].start, nodes[-1].end)

    def _all(self) -> Node | None:
        if self._is_or(token := self._peek()):
            raise QueryError("OR stands between two things; nothing stands before it", token.start if token else 0)
        nodes: list[Node] = []
        while (token := self._peek()) is not None and token.kind != "close" and not self._is_or(token):
            if (node := self._one(token)) is not None:
                nodes.append(node)
        if len(nodes) < 2:
            return nodes[0] if nodes else None
        return And(tuple(nodes), nodes[0].start, nodes[-1].end)

    def _one(self, token: _Token) -> Node | None:
        self._at += 1
        if token.kind == "minus":
            return self._without(token)
        if token.kind == "open":
            return self._group(token)
        if token.kind == "bare":
            if self._typing and token.end == self._length:
                return None
            raise QueryError(
                f"{token.text} needs a value after it, such as {FIELDS[token.text[:-1].lower()].example}", token.end
            )
        self._words += 1
        if self._words > MAX_WORDS:
            raise QueryError(f"a query has at most {MAX_WORDS} words", token.start)
        if token.kind == "field":
            return self._field(token)
        return self._phrase(token) if token.kind == "phrase" else self._word(token)

    def _without(self, token: _Token) -> Node | None:
        following = self._peek()
        if following is None or following.kind == "close":
            return None
        self._go_deeper(token)
        part = self._one(following)
        self._depth -= 1
        return None if part is None else Not(part, token.start, part.end)

    def _group(self, token: _Token) -> Node | None:
        self._go_deeper(token)
        node = self._any()
        self._depth -= 1
        closing = self._peek()
        if closing is None:
            raise QueryError("this parenthesis is not closed", token.start)
        self._at += 1
        return node

    def _go_deeper(self, token: _Token) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise QueryError(f"parentheses and minus signs stand more than {_MAX_DEPTH} deep", token.start)

    def _phrase(self, token: _Token) -> Node | None:
        words = _unquoted(token.text, token.start)
        return Phrase(words, token.start, token.end) if self._has_words(words, token) else None

    def _word(self, token: _Token) -> Node | None:
        if not self._has_words(token.text, token):
            return None
        prefix = token.text.endswith("*") or (self._typing and token.end == self._length)
        prefix = prefix or is_half(words_of(token.text))
        return Word(token.text.rstrip("*"), token.start, token.end, prefix)

    def _has_words(self, text: str, token: _Token) -> bool:
        parts = len(words_of(text).split())
        self._parts += parts
        if self._parts > MAX_PARTS:
            raise QueryError(f"the phrases and words of a query have at most {MAX_PARTS} parts", token.start)
        return parts > 0

    def _field(self, token: _Token) -> Node:
        sign = comparison(token.value)
        value = token.value[len(sign) :]
        quoted = value[:1] in _QUOTES and value != ""
        value = sign + (_unquoted(value, token.value_start + len(sign)) if quoted else value)
        self._has_words(value, token)
        prefix = self._typing and token.end == self._length and not quoted
        try:
            values = values_of(token.text, value, prefix=prefix)
        except ValueProblem as problem:
            raise QueryError(str(problem), token.value_start) from problem
        if token.text == "quote" and quoted:
            return Field("quote", (f'"{value}"',), token.start, token.end)
        return Field(token.text, values, token.start, token.end, prefix)


def _unquoted(text: str, at: int) -> str:
    if len(text) < 2 or text[-1] not in _QUOTES:
        raise QueryError(f"this quotation mark is not closed: {escaped(text[:40])}", at)
    return text[1:-1]
