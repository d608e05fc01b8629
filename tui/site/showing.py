"""The permission to put a briefing into a site."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import NamedTuple

from tui.briefing.publication import STRANGER, Decision, Instant, Showing, decide, publication_of
from tui.library.records import Edition


class Shown(NamedTuple):
    """The part of a briefing in a site."""

    edition: Edition
    decision: Decision
    showing: Showing
    """The permission, in which a briefing that is not listed and was not named is hidden."""


def shown(edition: Edition, named: Collection[str], now: dt.datetime) -> Shown:
    """Decide on a briefing as for a stranger.

    An unlisted briefing is shown only if its id was named.
    """
    begins, ends = (dt.datetime.fromisoformat(moment) if moment else None for moment in (edition.from_, edition.until))
    table = {"status": edition.status or "public", "from": begins, "until": ends}
    decision = decide(publication_of(table)[0], (), STRANGER, Instant.at(now))
    is_missing = decision.showing is Showing.BY_ID and not any(map(edition.is_called, named))
    return Shown(edition, decision, Showing.HIDDEN if is_missing else decision.showing)


def remarks(each: Collection[Shown], now: dt.datetime) -> Iterator[str]:
    """Yield remarks on briefings that are left out or will change."""
    for one in each:
        name, changes = one.edition.id, one.decision.changes
        if one.showing is Showing.HIDDEN:
            yield f"left out: {name}, {_reason(one, now)}"
        elif one.showing is Showing.NOTICE:
            yield f"withdrawn: {name} is a notice"
        elif changes:
            yield f"{name} ends at {changes.isoformat()}; export again then"


def _reason(one: Shown, now: dt.datetime) -> str:
    if one.decision.showing is Showing.BY_ID:
        return "which is unlisted; name it to export it"
    if one.decision.changes:
        return f"to be shown from {one.decision.changes.isoformat()}; export again then"
    until = one.edition.until
    if until and dt.datetime.fromisoformat(until) <= now:
        return f"which ended at {until}"
    return f"whose status is {one.edition.status or 'public'}"
