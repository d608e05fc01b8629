"""Rules of `briefing check`, with subjects and findings."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple, TypeVar

from tui.briefing.entry import Link
from tui.briefing.lock import EMPTY, Lock
from tui.briefing.model import Briefing
from tui.briefing.problems import KeyPath
from tui.briefing.traversal import Cited, Place, citations, entries
from tui.briefing.verification import Vouching
from tui.checks.evidence import Evidence
from tui.library.located_quotes import LocatedQuote, locate
from tui.library.source_texts import SourceText

T = TypeVar("T")
Severity = Literal["error", "warning", "info"]
"""An error is certain and fails the check; a warning fails it with `--strict`; information never does."""


@dataclass(frozen=True)
class Subject:
    """A briefing with the held texts. Answers that several rules need are kept."""

    briefing: Briefing
    lock: Lock = EMPTY
    """The records of ``sources.lock``."""
    texts: Mapping[str, SourceText] = field(default_factory=dict)
    """The held texts by the ids of sources."""
    lock_now: Lock = EMPTY
    """The records of a ``sources.lock`` written now."""
    found: tuple[LocatedQuote, ...] | None = None
    """The located quotes of held texts; None before a search."""
    called: str = ""
    """The briefing's name in commands, for a shell; empty for the id."""
    _done: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, work: "Callable[[Subject], T]") -> "T":
        """Return the result of some work on the briefing, done once."""
        if work not in self._done:
            self._done[work] = work(self)
        found: T = self._done[work]
        return found

    @property
    def command_name(self) -> str:
        """The briefing's name in commands."""
        return self.called or self.briefing.briefing.id

    @cached_property
    def entries(self) -> tuple[Place, ...]:
        """All entries in reading order, with their key paths."""
        return tuple(entries(self.briefing))

    @cached_property
    def links(self) -> tuple[tuple[Place, Link], ...]:
        """The relations that the entries declare, each with its entry."""
        return tuple((place, link) for place in self.entries for link in place.entry.links())

    @cached_property
    def citations(self) -> tuple[Cited, ...]:
        """The footnotes of the entries, then of the entities, with key paths."""
        return tuple(citations(self.briefing))

    @cached_property
    def evidence(self) -> Evidence:
        """The evidence for and against the entries."""
        return Evidence(self.briefing, self.entries, self.links)

    @cached_property
    def quotes(self) -> tuple[LocatedQuote, ...]:
        """The quotes of held texts, with all occurrences."""
        return tuple(locate(self.briefing, self.texts)) if self.found is None else self.found

    @cached_property
    def vouching(self) -> Vouching:
        """The vouchers of the quotes."""
        through = {source.id: source.cited_in or "" for source in self.briefing.source}
        named = {source.id: source.sha256 for source in self.briefing.source if source.sha256}
        return Vouching(through, named, self.lock, self.texts)


class Edit(NamedTuple):
    """An edit that mends a finding without a person's judgment."""

    action: Literal["append", "remove", "put", "lock", "bom"]
    """Append, remove or replace a value, rewrite ``sources.lock``, or remove the byte order mark."""
    path: KeyPath = ()
    """The key path of the array, which need not be there yet, or of the value."""
    value: str = ""


class Finding(NamedTuple):
    """One place that a rule objects to."""

    path: KeyPath
    """The key path of the value that is meant, such as ``("claim", 3, "text")``, counted from 0."""
    message: str
    """The fault, with the words concerned."""
    remedy: str = ""
    """The text to write instead; empty for the rule's own remedy."""
    offset: int = -1
    """The offset of the words in the string at `path`, in code points; -1 for the whole value."""
    length: int = 0
    """The number of code points from `offset`."""
    edit: Edit | None = None
    """The edit that `--fix` makes."""


def found_at(path: KeyPath, text: str, span: tuple[int, int, *tuple[object, ...]], message: str) -> Finding:
    """Return a finding on some words of a text. They replace “{}” in its message."""
    start, end = span[0], span[1]
    words = text[start:end].strip(" ,.")
    return Finding(path, message.replace("{}", words, 1), offset=start, length=end - start)


Check = Callable[[Subject], Iterable[Finding]]


class Rule(NamedTuple):
    """A rule of `briefing check`. The tests run its examples, and the handbook shows them."""

    id: str
    """A letter for the family and three digits; never given to another rule."""
    severity: Severity
    title: str
    """The fault, in one line."""
    why: str
    """The reason, with the standard."""
    remedy: str
    """The text to write instead."""
    check: Check
    example: str
    """TOML that it fires on. A header is put before it unless it has one; its first line may name the format."""
    near_miss: str
    """TOML like it on which it stays silent."""
    text: str = ""
    """The held text of the source `note`, for both examples; empty where none is held."""
    fixable: bool = False
    """Whether `--fix` mends it without a person's judgment."""


def rule(
    id: str,  # noqa: A002 (the word of the handbook and of `ignore`)
    severity: Severity,
    *,
    title: str,
    why: str,
    remedy: str,
    example: str,
    near_miss: str,
    text: str = "",
    fixable: bool = False,
) -> Callable[[Check], Rule]:
    """Return a decorator that makes a rule of a function.

    A rule in a module of `families` is found by itself: no list names it.
    """
    return lambda check: Rule(id, severity, title, why, remedy, check, example, near_miss, text, fixable)


def reported_elsewhere(_subject: Subject) -> tuple[Finding, ...]:
    """Return no finding. The loader or the runner reports the fault."""
    return ()
