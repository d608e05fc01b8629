"""The session: a page for every location, and the target of every link."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.session.conftest import Workshop
from tui.briefing.kinds import ENTRY_PANES, PANES
from tui.library.catalogue import Catalogue
from tui.library.published_catalogue import PublishedCatalogue
from tui.library.records import Entity, Entry, Source
from tui.library.summaries import Summary
from tui.library.volume import Volume
from tui.render.library import absent_words
from tui.render.page import Page
from tui.render.views import VIEWS
from tui.search.query import parse
from tui.session.commands import BY_NAME
from tui.session.links import follow, leads_to_itself
from tui.session.masthead import facts_of
from tui.session.session import Session
from tui.session.shared import SharedContent
from tui.state.reader_state import ReaderState
from tui.state.records import Location

BRIEFINGS = ("sample", "handbook", "dprk-missiles")
CLAIM = '[[claim]]\nid = "{}"\nby = "x"\ntext = "A claim."\n'


def names_of_pages(volume: Volume) -> list[str]:
    """Name every page that a briefing has."""
    return [
        *PANES,
        "entities",
        "evidence",
        *(f"evidence:{view.name}" for view in VIEWS),
        "evidence:matrix/listed",
        "evidence:timeline/as-of=2026-11-08",
        *(f"entry:{name}" for name in volume.entries),
        *(f"source:{name}" for name in volume.sources),
        *(f"entity:{name}" for name in volume.entities),
        *(f"text:{source.id}" for source in volume.sources.values() if source.held),
    ]


def targets_of(page: Page) -> Iterator[tuple[str, str]]:
    """Give each link of a page with the block in which it stands."""
    for index in range(len(page)):
        block = page.block(index)
        spans = [span for para in block.paras for span in (*para.spans, para.marker) if span is not None]
        for target in [block.target, *(span.target for span in spans)]:
            if target:
                yield block.id, target


def opened(session: Session, name: str) -> Volume:
    """Open a briefing that can be opened."""
    volume = session.volume(name)
    assert volume is not None
    return volume


@pytest.mark.parametrize("name", BRIEFINGS)
def test_every_link_of_every_page_leads_somewhere(session: Session, name: str) -> None:
    """A link leads to a page that has the block it names; a footnote is one of its entry's; the rest is the web."""
    volume = opened(session, name)
    for page in names_of_pages(volume):
        here = Location(name, page)
        for block, target in targets_of(session.page(here)):
            kind, _, rest = target.partition(":")
            to = follow(session, target, here._replace(block=block))
            if kind == "note":
                item = session.item(here._replace(block=block))
                assert isinstance(item, Entry | Entity)
                assert 1 <= int(rest) <= len(item.notes)
            elif kind == "command":
                assert rest in BY_NAME
            elif kind in {"http", "https"} or leads_to_itself(target, page):
                assert to is None
            else:
                assert to is not None, target
                there = session.page(to)
                assert there.title not in {"Gone", "Library"}, target
                assert not to.block or to.block in there.ids, (target, to)


@pytest.mark.parametrize("name", BRIEFINGS)
def test_every_page_belongs_to_a_pane_and_is_made_once(session: Session, name: str) -> None:
    for page in names_of_pages(opened(session, name)):
        location = Location(name, page)
        assert session.page(location) is session.page(location)
        assert session.home_pane(location) in {*PANES, "entities"}


@pytest.mark.parametrize("name", BRIEFINGS)
def test_a_block_of_a_pane_is_the_item_of_its_name(session: Session, name: str) -> None:
    volume = opened(session, name)
    for pane in ENTRY_PANES:
        assert list(volume.pane(pane)) == [
            session.item(Location(name, pane, block))
            for block in session.page(Location(name, pane)).ids
            if block != "nothing"
        ]
    assert list(volume.edition.sources) == [
        session.item(Location(name, "sources", block)) for block in session.page(Location(name, "sources")).ids
    ]


@pytest.mark.parametrize("name", BRIEFINGS)
def test_all_blocks_of_a_things_own_page_are_that_thing(session: Session, name: str) -> None:
    volume = opened(session, name)
    things: dict[str, Entry | Source] = {
        **{f"entry:{entry.id}": entry for entry in volume.edition.entries},
        **{f"source:{source.id}": source for source in volume.edition.sources},
        **{f"text:{source.id}": source for source in volume.edition.sources if source.held},
    }
    for page, thing in things.items():
        assert {thing} == {
            session.item(Location(name, page, block)) for block in session.page(Location(name, page)).ids
        }


def test_what_an_entitys_page_shows(session: Session) -> None:
    volume = opened(session, "sample")
    page = session.page(Location("sample", "entity:keeper"))
    items = {block: session.item(Location("sample", "entity:keeper", block)) for block in page.ids}
    expected: dict[str, Entry | Entity | None] = {
        "keeper": volume.entities["keeper"],
        "said": None,
        "said:seven": volume.entries["seven"],
        "said:eleven": volume.entries["eleven"],
        "said:keeper-view": volume.entries["keeper-view"],
        "note:1": volume.entities["keeper"],
    }
    assert expected == items


@pytest.mark.parametrize("name", ["1", "text", "bluf", "note", "on", "said", "cited-by"])
def test_a_block_that_is_called_like_an_entry_is_not_taken_for_it(sample_copy: Workshop, name: str) -> None:
    """Ids and names of blocks are chosen by different people; they may meet."""
    path = sample_copy.root / "sample" / "briefing.toml"
    text = path.read_text(encoding="utf-8")
    sample_copy.write(text.replace("[[view]]", CLAIM.format(name) + "\n[[view]]", 1), "sample")
    session = sample_copy.session
    volume = opened(session, "sample")
    assert name in volume.entries
    pond = volume.sources["pond"]
    assert (pond, pond) == tuple(session.item(Location("sample", f"{kind}:pond", name)) for kind in ("source", "text"))
    assert session.item(Location("sample", "overview", name)) is None
    assert name == "1" or session.item(Location("sample", "entity:keeper", "said")) is None
    assert session.item(Location("sample", "entity:keeper", "note:1")) is volume.entities["keeper"]
    assert volume.entries[name] == session.item(Location("sample", "claims", name))


# Links of every kind


@pytest.mark.parametrize(
    ("target", "here", "to"),
    [
        ("#seven", Location("sample", "views", "keeper-view"), Location("sample", "claims", "seven")),
        ("#seven", Location("sample", "claims", "eleven"), Location("sample", "claims", "seven")),
        ("#seven", Location("sample", "claims", "seven"), Location("sample", "entry:seven", "seven")),
        ("#how-many", Location("sample", "overview"), Location("sample", "questions", "how-many")),
        ("#pond", Location("sample", "claims", "seven"), Location("sample", "source:pond", "use:1")),
        ("#pond", Location("sample", "sources", "twin"), Location("sample", "source:pond", "pond")),
        ("#keeper", Location("sample", "claims", "seven"), Location("sample", "entity:keeper", "keeper")),
        ("#nothing-of-this-name", Location("sample", "claims"), None),
        ("#seven", Location(), None),
        ("text:pond/2", Location("sample", "entry:seven"), Location("sample", "text:pond", "2", "2")),
        ("text:pond/", Location("sample", "source:pond"), Location("sample", "text:pond")),
        ("page:claims", Location("sample", "overview"), Location("sample", "claims")),
        ("page:evidence:conflicts", Location("sample", "overview"), Location("sample", "evidence:conflicts")),
        ("page:library", Location("sample", "claims"), Location("", "library")),
        ("page:bookmarks", Location("sample", "claims"), Location("", "bookmarks")),
        ("briefing:sample", Location(), Location("sample", "overview")),
        ("note:1", Location("sample", "claims", "seven"), None),
        ("mark:a:sample", Location("sample", "claims"), None),
        ("https://example.org", Location("sample", "claims"), None),
    ],
)
def test_where_a_link_leads(session: Session, target: str, here: Location, to: Location | None) -> None:
    assert to == follow(session, target, here)


def test_a_mark_leads_to_its_location(session: Session, state: ReaderState) -> None:
    state.mark("a", Location("sample", "claims", "seven"), "The first")
    state.mark("*", Location("handbook", "claims"), "The second")
    marks = state.marks()
    assert [mark.location for mark in marks] == [follow(session, f"mark:{mark.key}", Location()) for mark in marks]


def test_a_bookmark_is_seen_beside_a_mark_of_the_same_entry(session: Session, state: ReaderState) -> None:
    for letter, page in (("*", "claims"), ("a", "claims"), ("b", "entry:seven"), ("*", "entry:seven")):
        state.mark(letter, Location("sample", page, "seven"), "Seven swans")
    assert session.glyph("sample", "seven", "claims").lstrip("•") == "*ba"


def test_a_list_of_marks_leads_where_it_says_though_another_visit_sets_one_meanwhile(
    session: Session, state: ReaderState
) -> None:
    state.mark("a", Location("sample", "claims", "seven"), "The first")
    [shown] = state.marks()
    state.mark("B", Location("handbook", "claims"), "The second")
    assert shown.location == follow(session, f"mark:{shown.key}", Location())


# Coming back


def test_a_briefing_opens_where_it_was_left(session: Session) -> None:
    assert Location("sample", "overview") == session.front("sample")
    left = Location("sample", "views", "other-view", "keeper-view", 2)
    session.leave(left, Location())
    assert left == session.front("sample")
    assert left == follow(session, "briefing:sample", Location())


def test_a_pane_is_left_where_it_was_left(session: Session) -> None:
    assert Location("sample", "claims") == session.left_in("sample", "claims")
    left = Location("sample", "claims", "eleven", "seven", 1)
    session.leave(left, Location("sample", "views"))
    assert left == session.left_in("sample", "claims")
    assert Location("handbook", "claims") == session.left_in("handbook", "claims")


def test_leaving_the_library_is_remembered_nowhere(session: Session, state: ReaderState) -> None:
    session.leave(Location("", "library", "sample"), Location("sample", "overview"))
    assert (None, {}) == (state.location(""), state.visits())


def test_going_elsewhere_makes_a_briefing_read_in_its_revision(session: Session, state: ReaderState) -> None:
    digest = opened(session, "sample").edition.digest
    session.leave(Location("sample", "claims"), Location("sample", "views"))
    assert {} == state.visits() == session.visits
    session.leave(Location("sample", "views"), Location())
    assert {"sample": digest} == state.visits() == session.visits


# What is gone, and what is broken


@pytest.mark.parametrize("page", ["entry:gone", "source:gone", "entity:gone", "text:gone", "no-such-pane", "entry:"])
def test_a_deleted_location_says_so(session: Session, page: str) -> None:
    gone = session.page(Location("sample", page))
    assert ("Gone", ["gone"]) == (gone.title, list(gone.ids))
    assert "is not in this edition any more." in gone.block(0).text
    assert session.item(Location("sample", page, "gone")) is None


def test_a_briefing_that_is_gone_says_so(session: Session) -> None:
    location = Location("gone", "claims", "a")
    assert "There is no briefing “gone” here." == session.page(location).block(0).text
    assert (None, None, None) == (session.shared.open("gone"), session.volume("gone"), session.shared.result("gone"))
    assert session.item(location) is None
    assert not session.has_notes(location)
    assert "claims" == session.home_pane(location)
    assert "" == session.glyph("gone", "a")
    session.leave(location, Location())
    assert Location("gone", "overview") == session.front("gone")


def test_a_broken_briefing_shows_its_problems_beside_a_good_one(workshop: Workshop) -> None:
    workshop.put(name="good")
    workshop.write("format = 1\n[briefing]\n", "broken")
    workshop.catalogue.refresh()
    session = workshop.session
    library = session.page(Location())
    assert {"good", "broken"} == set(library.ids)
    page = session.page(Location("broken", "claims"))
    assert session.volume("broken") is None
    result = session.shared.result("broken")
    assert result
    assert len(result.problems) == len(page) - 1
    assert "broken cannot be opened" in page.block(0).text
    assert "A tiny briefing" == session.page(Location("good", "overview")).title


def test_an_empty_library_says_where_it_looked(workshop: Workshop) -> None:
    session, catalogue = workshop.session, workshop.catalogue
    catalogue.refresh()
    assert f"No briefings yet in {workshop.root}." == session.page(Location()).block(0).text
    assert facts_of(session, None, Location()) == ("0 briefings",)


@pytest.mark.parametrize("kind", [Catalogue, PublishedCatalogue])
def test_a_draft_is_marked_for_its_author_alone(
    kind: type[Catalogue], tmp_path: Path, tiny: Callable[..., str], state: ReaderState
) -> None:
    for status in ("draft", "unlisted"):
        (tmp_path / status).mkdir()
        text = tiny(id=status, status=status, format="2")
        (tmp_path / status / "briefing.toml").write_text(text, encoding="utf-8")
    catalogue = kind(None, [tmp_path], tmp_path / "user")
    catalogue.refresh()
    session = Session(SharedContent(catalogue), state)
    volume = session.volume("draft"), session.volume("unlisted")
    is_author = kind is Catalogue
    rows = [session.page(Location()).block(index).text for index in range(len(session.page(Location())))]

    assert [row.id for row in catalogue.rows(0, 9)] == (["draft", "unlisted"] if is_author else [])
    assert any("draft\u00a0· " in row for row in rows) == is_author
    assert (volume[0] is not None) == is_author
    assert ("unlisted" in facts_of(session, volume[1], Location("unlisted", "overview"))) == is_author
    catalogue.close()


@pytest.mark.parametrize(
    ("pending", "said"), [(None, "The content folders are being read …"), (2, "2 briefings still")]
)
def test_a_library_that_is_not_read_yet_is_not_said_to_be_empty(
    workshop: Workshop, pending: int | None, said: str
) -> None:
    session, catalogue = workshop.session, workshop.catalogue
    catalogue.scanned.pending = pending
    [block] = [session.page(Location()).block(index) for index in range(len(session.page(Location())))]
    assert block.text.startswith(said)
    assert facts_of(session, None, Location()) == ("0 briefings so far",)
    assert absent_words(pending) == "not known before the library is read"
    assert session.page(Location("other", "claims")).block(0).text == "No briefing “other” is known yet."


def test_a_refresh_that_was_stopped_leaves_the_rest_pending(workshop: Workshop) -> None:
    for name in "abc":
        workshop.put(CLAIM.format(name), name=name)
    catalogue = Catalogue(None, [workshop.root], workshop.root / "held")
    catalogue.refresh(lambda _done, _all: False)
    assert (catalogue.pending, catalogue.count()) == (2, 1)
    catalogue.refresh()
    assert (catalogue.pending, catalogue.count(), catalogue.is_growing) == (0, 3, False)
    catalogue.close()


def test_a_briefing_outside_of_the_library_is_opened_by_its_path(session: Session, workshop: Workshop) -> None:
    path = workshop.put(CLAIM.format("a"), name="elsewhere")
    result = session.catalogue.open(path)
    session.shared.put("elsewhere", result)
    assert result.volume is session.volume("elsewhere")
    assert ["a"] == list(session.page(Location("elsewhere", "claims")).ids)


def test_a_broken_briefing_is_opened_under_its_path(session: Session, workshop: Workshop) -> None:
    path = workshop.write("", "elsewhere")
    result = session.catalogue.open(path)
    session.shared.put(str(path), result)
    assert result.volume is None
    assert len(session.page(Location(str(path), "overview"))) == len(result.problems) + 1


def test_a_new_edition_makes_all_pages_anew(workshop: Workshop) -> None:
    path = workshop.put(CLAIM.format("a"))
    session = workshop.session
    location = Location("tiny", "claims")
    before, finder = session.page(location), session.finder(location)
    workshop.put(CLAIM.format("a") + CLAIM.format("b"))
    session.shared.put("tiny", workshop.catalogue.open(path))
    assert ["a", "b"] == list(session.page(location).ids)
    assert before is not session.page(location)
    assert finder is not session.finder(location)


# The library


def test_a_long_library_is_fetched_as_it_is_looked_at(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, state: ReaderState
) -> None:
    for number in range(150):
        workshop.put(name=f"b{number:03}", title=f"Title {number:03}")
    workshop.catalogue.refresh()
    session = Session(SharedContent(workshop.catalogue), state, {})
    asked: list[int] = []
    rows = Catalogue.rows

    def asked_rows(self: Catalogue, start: int, number: int) -> tuple[Summary, ...]:
        asked.append(start)
        return rows(self, start, number)

    monkeypatch.setattr(Catalogue, "rows", asked_rows)
    page = session.page(Location())
    assert 150 == len(page)
    assert [] == asked
    assert "Title 149" in page.block(149).text
    assert [128] == asked
    assert "b149" == page.ids[149]
    assert ["b000", "b001"] == page.ids[:2]
    assert 70 == page.index_of("b070")
    assert page.index_of("gone") is None
    assert [128, 0] == asked
    with pytest.raises(IndexError):
        page.ids[150]
    with pytest.raises(IndexError):
        page.ids[-1]


def test_a_library_that_shrinks_before_it_is_looked_at_breaks_no_page(workshop: Workshop, state: ReaderState) -> None:
    files = [workshop.put(name=name, title=f"The {name} one") for name in ("heron", "swan")]
    workshop.catalogue.refresh()
    page = Session(SharedContent(workshop.catalogue), state, {}).page(Location())
    shutil.rmtree(files[1].parent)
    workshop.catalogue.refresh()
    assert "The heron one" in page.block(0).text
    assert "Removed meanwhile." in page.block(1).text
    assert ["heron", "gone:"] == list(page.ids)
    assert page.index_of("swan") is None


@pytest.mark.parametrize(
    ("page", "block", "words"),
    [("entry:seven", "note:2", "C1"), ("claims", "eleven", "C2"), ("source:pond", "", "Sources"),
     ("entry:gone", "gone", "")],
)  # fmt: skip
def test_the_library_tells_where_a_briefing_was_left_and_opens_none(
    session: Session, state: ReaderState, page: str, block: str, words: str
) -> None:
    state.remember(Location("sample", page, block))
    session.visits["sample"] = "some"
    library = session.page(Location())
    shown = library.block(library.index_of("sample") or 0).text
    assert not words or words in shown
    assert () == session.shared.opened


# Sidenotes, panes, finding


@pytest.mark.parametrize(
    ("page", "there"),
    [("claims", True), ("questions", True), ("sources", True), ("entities", True), ("entity:keeper", True),
     ("overview", False), ("entry:seven", False), ("source:pond", False), ("text:pond", False), ("evidence", False),
     ("evidence:conflicts", False), ("evidence:timeline/as-of=2026-11-08", True), ("evidence:matrix/listed", True)],
)  # fmt: skip
def test_which_pages_have_sidenotes(session: Session, page: str, *, there: bool) -> None:
    assert there == session.has_notes(Location("sample", page))


def test_the_library_has_no_sidenotes_and_no_item(session: Session) -> None:
    assert not session.has_notes(Location())
    assert session.item(Location("", "library", "sample")) is None


@pytest.mark.parametrize(
    ("page", "pane"),
    [("claims", "claims"), ("entry:seven", "claims"), ("entry:keeper-view", "views"), ("entry:swans-stay", "questions"),
     ("source:pond", "sources"), ("text:pond", "sources"), ("entity:keeper", "entities"), ("evidence:matrix", "evidence"),
     ("entry:gone", "entry")],
)  # fmt: skip
def test_the_pane_to_which_a_page_belongs(session: Session, page: str, pane: str) -> None:
    assert pane == session.home_pane(Location("sample", page))


def test_finding_looks_through_all_panes_in_their_order(session: Session) -> None:
    finder = session.finder(Location("sample", "views"))
    assert finder is session.finder(Location("sample", "claims"))
    assert [name for name in PANES if name != "evidence"] == [name for name, _ in finder.pages]
    assert ["overview", "background", "claims", "views", "sources", "questions"] == list(
        dict.fromkeys(match.page for match in finder.find(parse("swans")))
    )


def test_finding_on_a_page_of_its_own_looks_through_that_page(session: Session) -> None:
    finder = session.finder(Location("sample", "text:pond"))
    assert ["text:pond"] == [name for name, _ in finder.pages]
    assert {"text:pond"} == {match.page for match in finder.find(parse("swans"))}
    assert ["library"] == [name for name, _ in session.finder(Location()).pages]


def test_an_outline_is_made_once(session: Session) -> None:
    made = []

    def make() -> Page:
        made.append(1)
        return Page("Outline", [], lambda _index: pytest.fail("nothing is built"))

    assert session.shared.outline("sample", "claims", make) is session.shared.outline("sample", "claims", make)
    result = session.shared.open("sample")
    assert result
    session.shared.put("sample", result)
    session.shared.outline("sample", "claims", make)
    assert 2 == len(made)
