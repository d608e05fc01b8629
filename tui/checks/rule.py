"""What a rule of `briefing check` is, what it looks at, and what it finds."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple, TypeVar

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
    """A briefing with the texts that are held of its sources; what several rules ask of it is found out once."""

    briefing: Briefing
    lock: Lock = EMPTY
    """What ``sources.lock`` records."""
    texts: Mapping[str, SourceText] = field(default_factory=dict)
    """The held text of each source by the source's id; a source whose text is not held is not in it."""
    lock_now: Lock = EMPTY
    """What ``sources.lock`` would record if it were written now."""
    found: tuple[LocatedQuote, ...] | None = None
    """Every quote whose text is held, where they are located already."""
    called: str = ""
    """How commands find the briefing, for a shell; empty for its id."""
    _done: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, work: "Callable[[Subject], T]") -> "T":
        """Give what some work finds out about this briefing; it is done when it is first asked for."""
        if work not in self._done:
            self._done[work] = work(self)
        found: T = self._done[work]
        return found

    @property
    def command_name(self) -> str:
        """How commands find the briefing."""
        return self.called or self.briefing.briefing.id

    @cached_property
    def entries(self) -> tuple[Place, ...]:
        """All entries in reading order, with their key paths."""
        return tuple(entries(self.briefing))

    @cached_property
    def citations(self) -> tuple[Cited, ...]:
        """All footnotes with their key paths: those of the entries, then those of the entities."""
        return tuple(citations(self.briefing))

    @cached_property
    def evidence(self) -> Evidence:
        """What the entries rest on."""
        return Evidence(self.briefing)

    @cached_property
    def quotes(self) -> tuple[LocatedQuote, ...]:
        """Every quote whose text is held, with the places where it stands there."""
        return tuple(locate(self.briefing, self.texts)) if self.found is None else self.found

    @cached_property
    def vouching(self) -> Vouching:
        """What vouches for the quotes."""
        through = {source.id: source.cited_in or "" for source in self.briefing.source}
        named = {source.id: source.sha256 for source in self.briefing.source if source.sha256}
        return Vouching(through, named, self.lock, self.texts)


class Edit(NamedTuple):
    """What mends a finding without a person's judgment."""

    action: Literal["append", "remove", "put", "lock", "bom"]
    """Put a value at the end of an array, take it out of one, put it in another's place, write ``sources.lock`` anew, or
    take the byte order mark out of the file."""
    path: KeyPath = ()
    """The key path of the array, which need not be there yet, or of the value."""
    value: str = ""


class Finding(NamedTuple):
    """One place that a rule objects to."""

    path: KeyPath
    """The key path of the value that is meant, such as ``("claim", 3, "text")``, counted from 0."""
    message: str
    """What is wrong, with the words that are meant."""
    remedy: str = ""
    """What to write instead, where that can be said of this place; else the rule's own remedy is shown."""
    offset: int = -1
    """Where in the string at `path` the words stand, in code points; -1 where the whole value is meant."""
    length: int = 0
    """How many code points of the string are meant, from `offset`."""
    edit: Edit | None = None
    """What `--fix` does about it."""


Check = Callable[[Subject], Iterable[Finding]]


class Rule(NamedTuple):
    """A rule of `briefing check`. The tests run its examples, and the handbook shows them."""

    id: str
    """A letter for the family and three digits; never given to another rule."""
    severity: Severity
    title: str
    """What is wrong, in one line."""
    why: str
    """Why it matters, with the standard that says so."""
    remedy: str
    """What to write instead."""
    check: Check
    example: str
    """TOML that it fires on. A header is put before it unless it has one (see `examples.whole`)."""
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
    """Return a decorator that makes a rule of a function; the arguments are the fields of `Rule`.

    A rule in a module of `families` is found by itself: no list names it.
    """
    return lambda check: Rule(id, severity, title, why, remedy, check, example, near_miss, text, fixable)


def reported_elsewhere(_subject: Subject) -> tuple[Finding, ...]:
    """Return no finding: the loader or the runner reports the fault under the rule's id."""
    return ()
