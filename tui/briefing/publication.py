"""The publication of a briefing, and the decision about its readers.

Everything that shows a briefing to anybody asks `decide`: lists, pages, searches, commands and exports. The answer is
graded by what may be done, so that no caller has to name its purpose.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from enum import Enum
from functools import reduce
from typing import Any, Final, Literal, NamedTuple, get_args

Status = Literal["public", "unlisted", "draft", "withdrawn"]
STATUSES: Final[tuple[Status, ...]] = get_args(Status)
"""The statuses, the strictest last."""
NO_OFFSET: Final = "has no offset from UTC; write it as 2026-11-27T09:00:00+01:00"


class Publication(NamedTuple):
    """The status of a briefing, and its time."""

    status: Status = "public"
    from_: dt.datetime | None = None
    """The moment from which it is shown; None for always."""
    until: dt.datetime | None = None
    """The moment at which it ends; None for never."""

    def as_text(self) -> str:
        """Return a line for a cache. Empty for a briefing that is always public."""
        if self == PUBLIC:
            return ""
        return " ".join((self.status, *(moment.isoformat() if moment else "-" for moment in self[1:])))


PUBLIC: Final = Publication()
UNREADABLE: Final = "?"
"""The line in place of a publication that cannot be read. It counts as a draft."""
DRAFT: Final = Publication("draft")


class Refused(NamedTuple):
    """A value that is refused. It counts as `draft`."""

    key: str
    message: str


class Reader(NamedTuple):
    """Somebody who reads: the author at the own machine, or a visitor."""

    groups: frozenset[str] = frozenset()
    """The groups to which the visitor has proved to belong, by a key, a certificate or a password."""
    is_author: bool = False
    """Whether the reader is at the own machine, where everything is shown."""


AUTHOR: Final = Reader(is_author=True)
STRANGER: Final = Reader()
"""A visitor who has proved nothing, and any reader of a site or a file."""


class Instant(NamedTuple):
    """The time by the clock, and the latest time of the clock."""

    now: dt.datetime
    latest: dt.datetime
    """The latest time of the clock, which may have been put back since."""

    @classmethod
    def at(cls, now: dt.datetime) -> "Instant":
        """Return the instant of a clock that was never put back."""
        return cls(now, now)


class Showing(Enum):
    """The permission of a reader for a briefing, from everything to nothing."""

    LISTED = "listed"
    """Lists, searches and links show the briefing, and everybody may open the briefing."""
    BY_ID = "by id"
    """The briefing opens by its id, and is in no list, count, search or link."""
    NOTICE = "notice"
    """The address of the briefing has a notice of the withdrawal, and nothing else has."""
    HIDDEN = "hidden"
    """No sign of the briefing: all is as if there were no such id."""

    @property
    def is_listed(self) -> bool:
        """Whether lists, searches and links may show the briefing."""
        return self is Showing.LISTED

    @property
    def opens(self) -> bool:
        """Whether the text may be read at the address."""
        return self in {Showing.LISTED, Showing.BY_ID}


class Decision(NamedTuple):
    """The permission of a reader, and its end."""

    showing: Showing
    changes: dt.datetime | None = None
    """The next moment at which the clock alone changes the decision; None for never."""


_SHOWINGS: Final[Mapping[Status, Showing]] = {
    "public": Showing.LISTED,
    "unlisted": Showing.BY_ID,
    "withdrawn": Showing.NOTICE,
    "draft": Showing.HIDDEN,
}


def decide(publication: Publication, admitted: Iterable[Collection[str]], reader: Reader, instant: Instant) -> Decision:
    """Decide on the permission of a reader for a briefing.

    Args:
        publication: of header and folders, as `strictest` combines them.
        admitted: the groups of each rule about the briefing; a reader must be in one group of each. Empty for everybody.
        reader: who asks.
        instant: the time.
    """
    if reader.is_author:
        return Decision(Showing.LISTED)
    status, begins, ends = publication
    if status == "draft" or not all(map(reader.groups.intersection, admitted)):
        return Decision(Showing.HIDDEN)
    if ends and (ends <= instant.latest or (begins and ends <= begins)):
        return Decision(Showing.HIDDEN)
    if begins and instant.now < begins:
        return Decision(Showing.HIDDEN, begins)
    return Decision(_SHOWINGS[status], ends)


def strictest(*publications: Publication) -> Publication:
    """Combine header and folders.

    The stricter status holds, the later `from`, and the earlier `until`.
    """
    return reduce(_stricter, publications, PUBLIC)


def _stricter(one: Publication, other: Publication) -> Publication:
    begins = [moment for moment in (one.from_, other.from_) if moment]
    ends = [moment for moment in (one.until, other.until) if moment]
    status = max(one.status, other.status, key=STATUSES.index)
    return Publication(status, max(begins, default=None), min(ends, default=None))


def publication_of(table: Mapping[str, Any]) -> tuple[Publication, tuple[Refused, ...]]:
    """Read `status`, `from` and `until` of a header or a folder.

    Returns:
        The publication, and every value that was refused; with one of them it is a draft.
    """
    refused = []
    status = table.get("status", "public")
    if status not in STATUSES:
        refused.append(Refused("status", f"is none of {', '.join(STATUSES)}; write one of them"))
    moments = [table.get(key) for key in ("from", "until")]
    for key, moment in zip(("from", "until"), moments, strict=True):
        if isinstance(moment, dt.datetime) and moment.tzinfo is None:
            refused.append(Refused(key, NO_OFFSET))
        elif moment is not None and not isinstance(moment, dt.datetime):
            refused.append(Refused(key, "is no date-time; write it without quotes, as 2026-11-27T09:00:00+01:00"))
    if refused:
        return DRAFT, tuple(refused)
    return Publication(status, *moments), ()


def publication_from_text(text: str) -> Publication:
    """Read the line of `Publication.as_text`. A damaged line counts as a draft."""
    if not text:
        return PUBLIC
    try:
        status, begins, ends = text.split(" ")
        written = {"status": status, "from": begins, "until": ends}
        moments = {key: dt.datetime.fromisoformat(value) for key, value in written.items() if value[:1].isdigit()}
    except ValueError:
        return DRAFT
    return publication_of({"status": status, **moments})[0]
