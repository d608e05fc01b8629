"""A briefing that changes on disk while it is read."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reader.pilot.driving import reading
from tui.library.catalogue import Catalogue
from tui.session.reloading import Watch
from tui.state.records import Location


@pytest.fixture(autouse=True)
def _look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the files fifty times a second, so that no test waits for a whole one."""
    monkeypatch.setattr("tui.reader.updates._EVERY", 0.02)


def _edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    changed = path.with_suffix(".new")
    changed.write_text(text.replace(before, after), encoding="utf-8")
    changed.replace(path)


class TestReload:
    async def test_keeps_the_place_and_says_what_changed(self, own_copy: tuple[Catalogue, Path]) -> None:
        catalogue, path = own_copy
        async with reading(catalogue, Location("sample", "claims", "eleven"), size=(80, 40)) as reader:
            _edit(path, "The miller saw eleven swans.", "The miller saw eleven white swans.")
            await reader.until(lambda: reader.said)
            assert reader.said == "Reloaded: 1 changed."
            assert (reader.page, reader.block) == ("claims", "eleven")
            assert "The miller saw eleven white swans." in reader.words

    async def test_a_long_briefing_is_loaded_once(
        self, own_copy: tuple[Catalogue, Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Loading takes longer than it is from one look at the files to the next."""
        catalogue, path = own_copy
        begun: list[str] = []
        usual = Watch.reload

        def slow(watch: Watch, briefing: str) -> str | None:
            begun.append(briefing)
            time.sleep(0.2)
            return usual(watch, briefing)

        monkeypatch.setattr(Watch, "reload", slow)
        async with reading(catalogue, Location("sample", "claims"), size=(80, 40)) as reader:
            _edit(path, "The miller saw eleven swans.", "The miller saw eleven white swans.")
            await reader.until(lambda: reader.said)
            assert begun == ["sample"]
            assert "The miller saw eleven white swans." in reader.words

    async def test_entries_before_it_do_not_move_one_away(self, own_copy: tuple[Catalogue, Path]) -> None:
        catalogue, path = own_copy
        async with reading(catalogue, Location("sample", "claims", "geese", "geese"), size=(80, 16)) as reader:
            _edit(
                path,
                '[[claim]]\nid = "seven"',
                '[[claim]]\nid = "first"\ntext = "The first."\nby = "x"\n\n[[claim]]\nid = "seven"',
            )
            await reader.until(lambda: reader.said)
            assert reader.said == "Reloaded: 1 added."
            assert reader.block == "geese"
            assert "C4" in reader.words
            assert "4/4" in reader.rows[-1]

    @pytest.mark.parametrize(("key", "typed"), [("ctrl+p", "miller"), ("&", "eleven")])
    async def test_an_open_list_follows(self, own_copy: tuple[Catalogue, Path], key: str, typed: str) -> None:
        catalogue, path = own_copy
        async with reading(catalogue, Location("sample", "claims"), size=(80, 40)) as reader:
            await reader.press(key)
            await reader.write(typed)
            await reader.until(lambda: "C2 The miller saw eleven swans" in reader.text)
            _edit(path, "The miller saw eleven swans.", "The miller saw nine herons.")
            await reader.until(lambda: reader.said)
            assert typed in reader.rows[reader.find("Esc leaves").y]
            assert "C2 The miller saw nine herons" in reader.text
            assert "eleven swans" not in reader.text

    async def test_what_changed_is_marked(self, own_copy: tuple[Catalogue, Path]) -> None:
        catalogue, path = own_copy
        async with reading(catalogue, Location("sample", "claims"), size=(80, 40)) as reader:
            await reader.press("j", "j")
            _edit(path, "The book has seven swans.", "The book has 7 swans.")
            await reader.until(lambda: reader.said)
            assert reader.rows[reader.find("The book has 7").y].lstrip().startswith("±")

    async def test_an_entry_that_is_gone_leaves_one_in_its_pane(self, own_copy: tuple[Catalogue, Path]) -> None:
        catalogue, path = own_copy
        async with reading(catalogue, Location("sample", "recommendations", "look"), size=(80, 40)) as reader:
            _edit(path, '[[recommendation]]\nid = "look"\naction = "Look."\nactor = "everybody"\n', "")
            await reader.until(lambda: reader.said)
            assert reader.said == "Reloaded: 1 removed."
            assert reader.page == "recommendations"
            assert "Count again." in reader.words
            await reader.press("j", "k", "f", "y")

    async def test_a_held_text_counts_too(self, own_copy: tuple[Catalogue, Path]) -> None:
        catalogue, path = own_copy
        async with reading(catalogue, Location("sample", "claims"), size=(80, 50)) as reader:
            await reader.press("f")
            assert "Checked: the quote stands in paragraph 1" in reader.beside
            _edit(path.parent / "held" / "pond.txt", "seven swans", "nine swans")
            await reader.until(lambda: reader.said)
            assert reader.said == "Reloaded: 1 held text changed, 1 quote checked otherwise."
            assert reader.screen.notes.opened == 1
            assert "“seven swans”" in reader.beside
            assert "Checked: the quote stands" not in reader.beside

    async def test_a_footnote_stays_open(self, own_copy: tuple[Catalogue, Path]) -> None:
        catalogue, path = own_copy
        async with reading(catalogue, Location("sample", "claims"), size=(80, 50)) as reader:
            await reader.press("f", "f")
            _edit(path, "The miller saw eleven swans.", "The miller saw eleven white swans.")
            await reader.until(lambda: reader.said)
            assert reader.screen.notes.opened == 2
            assert "“The swans were white”" in reader.beside

    async def test_what_was_found_is_found_in_the_new_edition(self, own_copy: tuple[Catalogue, Path]) -> None:
        catalogue, path = own_copy
        async with reading(catalogue, Location("sample", "claims"), size=(80, 50)) as reader:
            await reader.find_words('"eleven white"')
            assert "not found" in reader.said
            _edit(path, "The miller saw eleven swans.", "The miller saw eleven white swans.")
            await reader.until(lambda: reader.said.startswith("Reloaded"))
            await reader.press("n")
            assert reader.block in {"seven", "eleven"}
            assert "of 3" in reader.said


class TestBrokenEdit:
    async def test_keeps_the_last_good_edition_and_says_where(self, own_copy: tuple[Catalogue, Path]) -> None:
        catalogue, path = own_copy
        line = path.read_text(encoding="utf-8").splitlines().index('text = "The miller saw eleven swans."') + 1
        async with reading(catalogue, Location("sample", "claims", "eleven"), size=(200, 40)) as reader:
            _edit(path, 'text = "The miller saw eleven swans."', 'txet = "The miller saw eleven swans."')
            await reader.until(lambda: reader.said)
            said = f"sample/briefing.toml:{line}:1: claim[2].txet: unknown key 'txet'; did you mean 'text'?"
            assert said in reader.said
            assert "the last good edition stays; 1 problem" in reader.said
            assert reader.block == "eleven"
            assert "The miller saw eleven swans." in reader.words
            _edit(path, "txet", "text")
            await reader.until(lambda: reader.said.startswith("Reloaded"))
            assert reader.block == "eleven"

    async def test_a_broken_briefing_opens_as_soon_as_it_is_mended(
        self, make_library: Callable[..., Catalogue]
    ) -> None:
        catalogue = make_library(bad='[[claim]]\nid = "c"\ntxt = "Mended."\nby = "x"\n')
        async with reading(catalogue, Location("bad", "claims"), size=(120, 36)) as reader:
            assert "cannot be opened" in reader.words
            _edit(catalogue.roots[0] / "bad" / "briefing.toml", "txt", "text")
            await reader.until(lambda: reader.said)
            assert reader.said == "Reloaded: it can be opened now."
            assert "Mended." in reader.words


def _unlink(path: Path) -> None:
    path.unlink()


def _give_another_id(path: Path) -> None:
    _edit(path, 'id = "sample"', 'id = "other"')


class TestRemoved:
    """A briefing that is removed while somebody reads it."""

    @pytest.mark.parametrize("remove", [_unlink, _give_another_id])
    @pytest.mark.parametrize(
        "keys",
        [
            "",
            "f",
            "ctrl+p",
            "slash s w a n",
            "v",
            "u",
            "question_mark",
            "exclamation_mark",
            "asterisk B",
            "question_mark v",
        ],
        ids=[
            "page",
            "peek",
            "go to anything",
            "finding",
            "plain",
            "address",
            "help",
            "messages",
            "bookmarks",
            "help, plain",
        ],
    )
    async def test_leads_to_the_library_and_says_so(
        self, own_copy: tuple[Catalogue, Path], remove: Callable[[Path], None], keys: str
    ) -> None:
        catalogue, path = own_copy
        async with reading(catalogue, Location("sample", "claims", "eleven"), size=(120, 40)) as reader:
            await reader.press(*keys.split())
            remove(path)
            await reader.until(lambda: "was removed" in reader.said)
            assert len(reader.screen.app.screen_stack) == 1
            assert reader.page == "library"
            assert "eleven swans" not in reader.text
            await reader.press("backspace", "backspace", ">", ">")
            assert "eleven swans" not in reader.text

    async def test_who_types_a_query_is_told_and_goes_on_typing(self, own_copy: tuple[Catalogue, Path]) -> None:
        catalogue, path = own_copy
        async with reading(catalogue, Location("sample", "claims", "eleven"), size=(120, 40)) as reader:
            await reader.press("ctrl+k", *"swan")
            _unlink(path)
            await reader.until(lambda: "was removed" in reader.said)
            assert reader.said == "The briefing that you read was removed."
            await reader.press("s")
            assert reader.screen.location.page == "search:swans"
            await reader.until(lambda: "eleven swans" not in reader.text)
            await reader.press("escape")
            assert (reader.page, "eleven swans" in reader.text) == ("library", False)

    async def test_open_bookmarks_say_that_it_is_gone(self, make_library: Callable[..., Catalogue]) -> None:
        row = '[[claim]]\nid = "c"\ntext = "Swans of {}."\nby = "x"\n'
        catalogue = make_library(one=row.format("one"), two=row.format("two"))
        async with reading(catalogue, Location("one", "claims", "c"), size=(120, 36)) as reader:
            await reader.press("asterisk")
            reader.screen.go(Location("two", "claims", "c"))
            await reader.press("asterisk", "B")
            assert "Swans of one" in reader.words
            shutil.rmtree(catalogue.roots[0] / "one")
            await reader.until(lambda: "one · Claims · not in this library" in reader.words)
            assert reader.page == "bookmarks"

    async def test_the_open_library_shows_it_no_more(self, make_library: Callable[..., Catalogue]) -> None:
        catalogue = make_library(one="", two="")
        async with reading(catalogue, Location(), size=(120, 36)) as reader:
            await reader.until(lambda: len(reader.screen.view.page) == 2)
            shutil.rmtree(catalogue.roots[0] / "two")
            await reader.until(lambda: catalogue.count() == 1 and "two" not in [*reader.screen.view.page.ids])
            assert "1 briefing" in reader.text

    async def test_who_reads_another_stays_where_he_is(self, make_library: Callable[..., Catalogue]) -> None:
        catalogue = make_library(one="", two="")
        async with reading(catalogue, Location("one", "overview"), size=(120, 36)) as reader:
            assert reader.screen.session.shared.open("two")
            shutil.rmtree(catalogue.roots[0] / "two")
            await reader.until(lambda: reader.screen.session.shared.result("two") is None)
            assert (reader.screen.location.briefing, reader.said) == ("one", "")

    async def test_a_held_text_that_is_deleted_is_shown_no_more(self, own_copy: tuple[Catalogue, Path]) -> None:
        catalogue, path = own_copy
        async with reading(catalogue, Location("sample", "text:pond"), size=(80, 50)) as reader:
            assert "Nobody counted the geese" in reader.words
            (path.parent / "held" / "pond.txt").unlink()
            await reader.until(lambda: reader.said)
            assert "Nobody counted the geese" not in reader.text


def _remove(path: Path, name: str) -> None:
    """Remove a claim with its footnotes."""
    text = path.read_text(encoding="utf-8")
    start = text.index(f'[[claim]]\nid = "{name}"')
    _edit(path, text[start : text.find("\n[[", start + 1) + 1], "")


class TestKept:
    """What a reader keeps of an entry that an edit removes, or moves."""

    @pytest.fixture
    def claims_of(self, make_library: Callable[..., Catalogue]) -> Catalogue:
        """Give a library with a briefing of five claims about swans."""
        rows = (f'[[claim]]\nid = "c{n}"\ntext = "Swan number {n}."\nby = "x"\n' for n in range(1, 6))
        return make_library(pond="\n".join(rows) + "\n[[view]]\nid = 'v'\nwho = 'x'\ntext = 'y'\n")

    @staticmethod
    def _path(catalogue: Catalogue) -> Path:
        return catalogue.roots[0] / "pond" / "briefing.toml"

    async def test_a_mark_of_what_was_removed_says_so_and_leads_nowhere(self, claims_of: Catalogue) -> None:
        async with reading(claims_of, Location("pond", "claims", "c3"), size=(80, 40)) as reader:
            await reader.press("m", "d", "asterisk", "j")
            _remove(self._path(claims_of), "c3")
            await reader.until(lambda: reader.said)
            assert reader.said == "Reloaded: 1 removed."
            await reader.press("apostrophe", "d")
            assert reader.said == "What mark d stands at was removed from the briefing."
            assert (reader.page, reader.block) == ("claims", "c4")
            await reader.press("B")
            assert "A tiny briefing · Claims · removed" in reader.words
            await reader.press("enter")
            assert reader.page == "bookmarks"
            await reader.press("ctrl+p")
            assert "Swan number 3" not in reader.text

    async def test_back_to_what_was_removed_says_so(self, claims_of: Catalogue) -> None:
        async with reading(claims_of, Location("pond", "claims", "c3"), size=(80, 40)) as reader:
            await reader.press("3")
            _remove(self._path(claims_of), "c3")
            await reader.until(lambda: reader.said)
            await reader.press("ctrl+o")
            assert (reader.page, reader.block) == ("claims", "c4")
            assert reader.said == "What you were led to was removed; this stands next to it."

    @pytest.mark.parametrize("typing", [False, True])
    async def test_matches_are_counted_anew(self, claims_of: Catalogue, typing: bool) -> None:
        async with reading(claims_of, Location("pond", "claims", "c4"), size=(80, 40)) as reader:
            await reader.find_words("swan")
            assert reader.said == "“swan”: 9 of 10"
            if typing:
                await reader.press("slash")
            for name in ("c1", "c2"):
                _remove(self._path(claims_of), name)
            await reader.until(lambda: len(reader.screen.view.page) == 3)
            await reader.until(lambda: len(reader.screen.searches.find.finding.matches) == 6)
            if typing:
                await reader.until(lambda: "5 of 6" in reader.rows[-1])
                await reader.press("enter")
                assert reader.said == "“swan”: 5 of 6"
            assert reader.marked("#3d4426") == ["Swan"] * 2
            await reader.press("n")
            assert reader.said == "“swan”: 6 of 6"

    async def test_a_filter_is_counted_anew(self, claims_of: Catalogue) -> None:
        async with reading(claims_of, Location("pond", "claims/swan", "c4"), size=(80, 40)) as reader:
            assert "only swan · 5 of 5" in reader.text
            await reader.press("&")
            assert "5 of 5" in reader.text
            _remove(self._path(claims_of), "c2")
            await reader.until(lambda: len(reader.screen.view.page) == 4)
            assert "only swan · 4 of 4" in reader.text
            assert "of 5" not in reader.text

    async def test_an_open_footnote_stays_the_same(self, own_copy: tuple[Catalogue, Path]) -> None:
        catalogue, path = own_copy
        async with reading(catalogue, Location("sample", "claims"), size=(80, 50)) as reader:
            await reader.press("f", "f")
            assert "“The swans were white”" in reader.beside
            notes = reader.screen.notes
            before = notes.source_of(notes.opened)
            text = path.read_text(encoding="utf-8")
            start = text.index("cite = [", text.index('id = "seven"')) + len("cite = [")
            _edit(path, text[:start], text[:start] + '{ source = "twin" }, ')
            await reader.until(lambda: reader.said)
            assert notes.opened == 3
            assert before is not None
            assert "“The swans were white”" in reader.beside
