"""Every list shows the short name of an entry, or its assertion, and never the long text with its speaker."""

from collections.abc import Callable, Iterator

import pytest

from tui.briefing.kinds import ENTRY_PANES, KINDS, PANES
from tui.library.records import Entry
from tui.library.volume import Volume
from tui.render.page import Page
from tui.render.views import PARTS, VIEWS
from tui.search.answers import Hit
from tui.search.in_process import HitReader
from tui.session.everything import goals_in
from tui.session.masthead import masthead_of
from tui.session.outline import outline_page
from tui.session.own_pages import bookmarks_page
from tui.session.session import Session
from tui.session.unread import changes_block
from tui.state.records import Location

_ID = "dprk-missiles"
_LONG = "Somebody says at length, in a sentence"
_OWN = "We say at length, in a sentence"
_OWN_IN_FULL = frozenset({"overview", "evidence", "evidence:judgments", "evidence:conflicts", "evidence:watch"})
"""Pages that show the author's own propositions, questions and signs on purpose: they are what one came for."""
_IN_FULL = frozenset({"evidence:conflicts/listed"})
"""Pairs of conflicting entries, whose wording is compared with their speakers beside it."""
_LISTS = (
    *("overview", "evidence"),
    *(view.target for view in (*VIEWS, *PARTS)),
    *(name for view in VIEWS if (name := f"evidence:{view.name}/listed") not in _IN_FULL),
)


def _short(entry: Entry) -> Entry:
    return entry._replace(short=f"Short {entry.id}")


def _asserted(entry: Entry) -> Entry:
    return entry._replace(short="", title="", listed=f"Assertion {entry.id}")


@pytest.fixture(params=[_short, _asserted], ids=["short", "assertion"])
def reader(session: Session, request: pytest.FixtureRequest) -> Session:
    """Give a session over a briefing of long texts, with short names or with assertions."""
    name: Callable[[Entry], Entry] = request.param
    result = session.shared.open(_ID)
    assert result
    assert result.volume
    edition = result.volume.edition
    entries = tuple(
        name(entry)._replace(text=f"{_OWN if KINDS[entry.table].is_judged else _LONG} about {entry.id}.")
        for entry in edition.entries
    )
    volume = Volume(edition._replace(entries=entries), result.volume.path)
    session.shared.put(_ID, result._replace(volume=volume))
    return session


def texts(page: Page | None) -> Iterator[str]:
    """Yield the text of each block."""
    assert page
    yield from (page.block(index).text for index in range(len(page)))


def volume_of(reader: Session) -> Volume:
    """Return the briefing."""
    found = reader.volume(_ID)
    assert found
    return found


def is_brief(page: Page | None, *, own: bool = True) -> bool:
    """Whether no block of a page has a long text; with `own`, nor one of the author's own."""
    return not [text for text in texts(page) if _LONG in text or (own and _OWN in text)]


@pytest.mark.parametrize("name", _LISTS)
def test_pages_that_list_entries(reader: Session, name: str) -> None:
    assert is_brief(reader.page(Location(_ID, name)), own=name.partition("/")[0] not in _OWN_IN_FULL)


@pytest.mark.parametrize("pane", PANES)
def test_the_outline_and_panes_of_one_line_an_entry(reader: Session, pane: str) -> None:
    outline, _ = outline_page(reader, volume_of(reader), Location(_ID, pane))
    assert is_brief(outline)
    reader.lists.turn()
    if pane in ENTRY_PANES:
        page = reader.page(Location(_ID, pane))
        assert page.compact
        assert is_brief(page)


def test_cited_by_and_relations(reader: Session) -> None:
    volume = volume_of(reader)
    for source in volume.edition.sources:
        assert is_brief(reader.page(Location(_ID, f"source:{source.id}")))
    for entry in volume.edition.entries:
        shown = "\n".join(texts(reader.page(Location(_ID, f"entry:{entry.id}"))))
        others = [one.id for one in volume.edition.entries if one.id != entry.id and f" about {one.id}." in shown]
        assert not others, entry.id


def test_bookmarks_changes_trail_and_goals(reader: Session) -> None:
    volume = volume_of(reader)
    entry = volume.pane("claims")[0]
    reader.state.visited(_ID, "an earlier revision")
    reader.state.mark_read(_ID, [(one.id, "another") for one in volume.pane("claims")[:5]])
    said = "\n".join(block.text for block in changes_block(volume, reader.state))
    assert entry.number in said
    assert _LONG not in said
    assert _OWN not in said
    location = Location(_ID, f"entry:{entry.id}", entry.id)
    trail = masthead_of(reader, volume, location, reader.page(location).title)
    assert _LONG not in str(trail)
    assert not [goal for goal in goals_in(volume).all if _LONG in goal.words or _OWN in goal.words]
    reader.state.mark("*", location, "")
    assert is_brief(bookmarks_page(reader))


def test_hits(reader: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    volume = volume_of(reader)
    result = reader.shared.result(_ID)
    monkeypatch.setattr(reader.catalogue, "open", lambda _path: result)
    indices = {entry.table: index for index, entry in enumerate(volume.edition.entries)}
    for kind, index in indices.items():
        hit = Hit(_ID, volume.path, kind, index, -1, 1.0)
        shown = HitReader(reader.catalogue).show(hit)
        assert shown
        assert _LONG not in shown.heading
        assert _OWN not in shown.heading
