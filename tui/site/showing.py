"""The permission to put a briefing into a site."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tui.briefing.publication import Showing
from tui.library.publishing import Sight
from tui.library.summaries import Summary


class Shown(NamedTuple):
    """A briefing with its part in a site."""

    row: Summary
    showing: Showing
    """The permission of a stranger. An unlisted briefing that was not named is hidden."""
    is_unlisted: bool


def shown(rows: Iterable[Summary], sight: Sight, named: Collection[Path]) -> Iterator[Shown]:
    """Decide on briefings as for a stranger.

    Args:
        rows: the briefings.
        sight: what a stranger may not see.
        named: the files of the briefings whose ids were given.
    """
    unlisted = frozenset(json.loads(sight.unlisted or "[]"))
    for row in rows:
        path = str(row.path)
        is_unlisted = path in unlisted and path not in sight.closed
        showing = Showing.LISTED
        if path in sight.withdrawn:
            showing = Showing.NOTICE
        elif path in sight.closed or (is_unlisted and row.path not in named):
            showing = Showing.HIDDEN
        elif is_unlisted:
            showing = Showing.BY_ID
        yield Shown(row, showing, is_unlisted)


def remarks(each: Iterable[Shown], now: dt.datetime) -> Iterator[str]:
    """Yield remarks on briefings that are left out or will change."""
    for one in each:
        name, until = one.row.id, one.row.publication.until
        if one.showing is Showing.HIDDEN:
            yield f"left out: {name}, {_reason(one, now)}"
        elif one.showing is Showing.NOTICE:
            yield f"withdrawn: {name} is a notice"
        elif until:
            yield f"{name} ends at {until.isoformat()}; export again then"


def _reason(one: Shown, now: dt.datetime) -> str:
    status, begins, ends = one.row.publication
    if one.is_unlisted:
        return "which is unlisted; name it to export it"
    if status == "draft":
        return "which is a draft"
    if ends and ends <= now:
        return f"which ended at {ends.isoformat()}"
    if begins and begins > now:
        return f"to be shown from {begins.isoformat()}; export again then"
    return "whose file cannot be read as it stands"
