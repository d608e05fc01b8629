"""The screen as a whole: sizes, themes, monochrome, the palette, chosen keys, and text that would act on a terminal."""

import re
import unicodedata
from pathlib import Path

import pytest
from rich.style import Style

from tests.reader.painted import strips_of
from tests.reader.pilot.driving import Driver, reading
from tui.briefing.kinds import PANES
from tui.library.catalogue import Catalogue, Result
from tui.library.records import Edition
from tui.library.volume import Volume
from tui.reader.launch import choose_theme
from tui.reader.themes import THEMES
from tui.reader.widgets.page_view import PageView
from tui.session.commands import BY_NAME
from tui.session.config import Config, parse_config
from tui.state.records import Location
from tui.state.stores import open_state

SIZES = [
    (1, 1),
    (2, 2),
    (3, 40),
    (10, 3),
    (20, 6),
    (300, 2),
    (30, 100),
    (59, 15),
    (60, 16),
    (119, 19),
    (160, 15),
    (300, 100),
]
JOURNEY = (
    "enter", "j", "2", "j", "f", "f", "J", "5", "enter", "j", "enter", "e", "enter", "question_mark", "G", "escape",
    "3", "t", "+", "f", "+", "v", "escape", "B", "L", "ctrl+d", "space", "tab", "enter", "slash", "s", "w", "enter", "n",
)  # fmt: skip


class TestFirstFrame:
    async def test_has_the_page_before_the_view_is_told_of_its_size(
        self, swans: Catalogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(PageView, "on_resize", lambda _view: None)
        async with reading(swans, Location("sample", "claims")) as reader:
            assert "C1 The book has seven swans." in reader.words


class TestSizes:
    @pytest.mark.parametrize("size", SIZES, ids=str)
    async def test_none_breaks_it(self, swans: Catalogue, size: tuple[int, int]) -> None:
        async with reading(swans, size=size) as reader:
            for key in JOURNEY:
                await reader.pilot.press(key)
            await reader.pilot.pause()
            rows = reader.rows
            assert len(rows) == size[1]
            assert {strip.cell_length for strip in strips_of(reader.app)} == {size[0]}
            assert reader.app.is_running

    async def test_going_through_them_keeps_the_app_alive(self, bundled: Catalogue) -> None:
        async with reading(bundled, Location("handbook", "claims", "pond-seven")) as reader:
            for width, height in SIZES:
                await reader.resize(width, height)
                assert reader.block == "pond-seven"
            await reader.resize(80, 24)
            assert reader.block == "pond-seven"
            assert "seven swans from the mill" in reader.words

    async def test_below_60x16_there_is_one_compact_column(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(50, 14)) as reader:
            assert reader.rows[0].strip() == "Claims"  # there is no room for the panes, so its name is told
            assert "C1" in reader.rows[1]
            assert reader.rows[-1].strip() == "1/3  ? keys"
            await reader.press("f")
            assert "Ann Keeper, “The pond book,”" in reader.beside
            assert "The book has seven swans" in reader.words

    async def test_the_counter_counts_entries(self, swans: Catalogue) -> None:
        """Where something else is current nothing is counted."""
        async with reading(swans, Location("sample", "evidence:provenance", "how")) as reader:
            assert "/" not in reader.rows[-1].partition("j k")[0]
            await reader.press("j")
            assert re.match(r" 1/\d+ ", reader.rows[-1])

    async def test_what_does_not_fit_in_the_row_of_panes_is_shortened(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(80, 24)) as reader:
            assert "2 Claims" in reader.rows[1]
            assert "0 Overview 1 Background 2 Claims 3 Views 4 Recs 5 Sources 6 Evidence 7 Questions" in reader.rows[1]
            await reader.resize(62, 24)
            assert "2 Claims" in reader.rows[1]
            assert "6" in reader.rows[1]


class TestResizing:
    SIZES = ((200, 50), (80, 24), (50, 14), (120, 36), (200, 50))

    @pytest.mark.parametrize("current", ["little-required", "pond-eleven", "one-scale"])
    async def test_keeps_the_current_entry_and_the_top(self, bundled: Catalogue, current: str) -> None:
        start = Location("handbook", "claims", current, current, 0)
        async with reading(bundled, start, size=(200, 50)) as reader:
            for width, height in self.SIZES:
                await reader.resize(width, height)
                assert reader.block == current
                assert reader.screen.here.top == current

    async def test_keeps_the_current_entry_in_sight_wherever_it_stands(self, bundled: Catalogue) -> None:
        async with reading(bundled, Location("handbook", "background"), size=(200, 50)) as reader:
            await reader.press("j", "j", "j", "j", "j")
            for width, height in self.SIZES:
                await reader.resize(width, height)
                assert reader.block == "claims-to-judgments"
                assert "From ten claims to three judgments" in reader.words

    async def test_keeps_the_paragraph_of_a_text_and_an_open_footnote(self, bundled: Catalogue) -> None:
        async with reading(bundled, Location("handbook", "text:text-scales", "9"), size=(200, 50)) as reader:
            for width, height in self.SIZES:
                await reader.resize(width, height)
                assert reader.block == "9"
                assert "¶9" in reader.text
        async with reading(bundled, Location("handbook", "claims", "one-scale"), size=(120, 36)) as reader:
            await reader.press("f", "f")
            for width, height in self.SIZES:
                await reader.resize(width, height)
                assert reader.screen.notes.opened == 2
                assert "Probability Yardstick" in reader.beside

    async def test_the_help_is_laid_out_anew(self, swans: Catalogue) -> None:
        async with reading(swans, Location("", "help"), size=(120, 36)) as reader:
            two = next(row for row in reader.rows if "Move" in row)
            assert "Panes" in two
            await reader.resize(50, 30)
            assert next(row for row in reader.rows if "Move" in row).split()[:2] in (["Move"], ["Move", "║"])


def _coloured(reader: Driver) -> list[tuple[str, Style]]:
    return [
        (text, style)
        for row in reader.segments
        for text, style, _ in row
        if style and any(colour and not colour.is_default for colour in (style.color, style.bgcolor))
    ]


class TestThemes:
    async def test_a_key_goes_through_them(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            seen = []
            for _ in range(3):
                await reader.press("f10")
                assert reader.said == f"Theme: {reader.screen.theme.name}"
                paper = reader.style_at(reader.find("The book has")).bgcolor
                assert paper
                assert paper.name == reader.screen.theme.css["background"]
                seen.append(reader.screen.theme.name)
            assert sorted(seen) == ["contrast", "dark", "light"]
            assert seen[-1] == "dark"

    async def test_the_choice_is_kept(self, swans: Catalogue) -> None:
        state = open_state(None)
        async with reading(swans, state=state) as reader:
            await reader.press("f10")
            chosen = reader.screen.theme.name
        assert choose_theme(Config(), state, None) == chosen
        state.close()

    async def test_no_theme_loses_the_place(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("j", "f10", "f9", "ctrl+l")
            assert reader.block == "eleven"

    @pytest.mark.parametrize("place", ["overview", "claims", "entry:seven", "source:pond", "text:pond"])
    async def test_monochrome_has_no_colour_anywhere(self, swans: Catalogue, place: str) -> None:
        async with reading(swans, Location("sample", place), size=(160, 40), theme="mono") as reader:
            assert not _coloured(reader)
            await reader.press("f", "tab")
            assert not _coloured(reader)
            await reader.press("slash", "s", "w")
            assert not _coloured(reader)
            await reader.press("escape", "question_mark")
            assert not _coloured(reader)
            await reader.press("ctrl+p")
            assert "Go to:" in reader.text
            assert not _coloured(reader)

    async def test_the_page_is_whole_in_monochrome(self, swans: Catalogue) -> None:
        """What colour shows stands also as a word or a glyph."""
        async with reading(swans, Location("sample", "claims"), size=(120, 36)) as reader:
            await reader.press("f", "tab")
            before = reader.rows
            await reader.press("f9", "x")
            assert reader.rows[:-1] == before[:-1]
            assert not _coloured(reader)
            await reader.press("f9")
            assert _coloured(reader)

    async def test_no_color_is_honoured(self, swans: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NO_COLOR", "1")
        state = open_state(None)
        state.choose("theme", "light")
        theme = choose_theme(Config(theme="dark"), state, None)
        state.close()
        assert theme == "mono"
        async with reading(swans, Location("sample", "claims"), theme=theme) as reader:
            assert not _coloured(reader)
            # Nor is anything dimmed out of sight: greys are no monochrome of ours.
            assert "The book has seven swans" in reader.words

    @pytest.mark.parametrize("theme", ["light", "contrast"])
    async def test_every_theme_shows_the_same_words(self, swans: Catalogue, theme: str) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            words = reader.rows
        async with reading(swans, Location("sample", "claims"), theme=theme) as reader:
            assert reader.rows == words
            assert THEMES[theme].css["background"] in {
                style.bgcolor.name for row in reader.segments for _, style, _ in row if style and style.bgcolor
            }


class TestLeaving:
    async def test_escape_never_quits(self, swans: Catalogue) -> None:
        async with reading(swans) as reader:
            await reader.press("enter", "2", "enter", "f")
            for _ in range(12):
                await reader.press("escape")
                assert reader.app.is_running
            assert reader.app.return_code is None

    async def test_q_quits(self, swans: Catalogue) -> None:
        async with reading(swans) as reader:
            await reader.press("enter", "q")
            assert reader.app.return_code is not None
            assert reader.app.return_code == 0
            assert not reader.app.fault

    async def test_ctrl_q_and_ctrl_c_are_no_way_to_lose_anything(self, swans: Catalogue, tmp_path: Path) -> None:
        state = open_state(tmp_path / "reader.sqlite")
        async with reading(swans, Location("sample", "claims"), state=state) as reader:
            await reader.press("j", "ctrl+c")
            assert reader.app.return_code is None
            assert reader.said == "q quits; all is kept."
            assert "ctrl+q" not in reader.text
            await reader.press("ctrl+q")
        state.close()
        kept = open_state(tmp_path / "reader.sqlite")
        assert set(kept.read_digests("sample")) >= {"seven"}
        kept.close()


class TestKeys:
    async def test_can_be_chosen(self, swans: Catalogue) -> None:
        config, problems = parse_config('[keys]\nnext = "z"\npeek = ["j", "f5"]\n', "config.toml", frozenset(BY_NAME))
        assert not problems
        async with reading(swans, Location("sample", "claims"), config=config, size=(120, 40)) as reader:
            assert "z k move" in reader.rows[-1]
            assert "j footnote" in reader.rows[-1]
            await reader.press("z")
            assert reader.block == "eleven"
            await reader.press("down")
            assert reader.block == "eleven"
            await reader.press("j")
            assert reader.screen.notes.opened == 1
            await reader.press("question_mark")
            assert "z k next, previous entry" in reader.words
            assert "j J K open one, scroll" in reader.words

    async def test_a_command_may_have_none(self, swans: Catalogue) -> None:
        config, _ = parse_config("[keys]\nquit = []\n", "config.toml", frozenset(BY_NAME))
        async with reading(swans, config=config) as reader:
            await reader.press("q")
            assert reader.app.return_code is None
            assert "quit" not in reader.rows[-1]


HOSTILE = "a\x1b]0;pwned\x07b\x9b31mc\x00d\r\ne\u202ef\u200bg\x7fh"
"""An escape sequence, a C1 one, NUL, a return, an override of direction and what else would act on a terminal."""


def _hostile(edition: Edition) -> Edition:
    """Put hostile text into every field that is shown, as no loader would let it pass."""
    entries = tuple(
        entry._replace(
            text=f"{entry.text} {HOSTILE}",
            title=entry.title and HOSTILE,
            hedge=HOSTILE,
            role=HOSTILE,
            stance=HOSTILE,
            kind=HOSTILE,
            by=entry.by and entry.by._replace(text=HOSTILE, entity=""),
            links=tuple(link._replace(why=HOSTILE) for link in entry.links),
            notes=tuple(note._replace(quote=HOSTILE, note=HOSTILE, page=HOSTILE) for note in entry.notes),
        )
        for entry in edition.entries
    )
    sources = tuple(
        source._replace(
            label=HOSTILE, title=HOSTILE, author=(HOSTILE,), publisher=HOSTILE, descriptor=HOSTILE, url=HOSTILE,
            origin=(HOSTILE,), unknown=(HOSTILE,),
        )
        for source in edition.sources
    )  # fmt: skip
    entities = tuple(
        entity._replace(name=HOSTILE, role=HOSTILE, text=HOSTILE, aka=(HOSTILE,)) for entity in edition.entities
    )
    return edition._replace(
        title=HOSTILE,
        bluf=HOSTILE,
        note=HOSTILE,
        authors=(HOSTILE,),
        entries=entries,
        sources=sources,
        entities=entities,
    )


class TestHostileContent:
    @pytest.mark.parametrize("size", [(80, 50), (200, 60)], ids=str)
    async def test_never_reaches_a_strip(self, swans: Catalogue, sample: Volume, size: tuple[int, int]) -> None:
        evil = Volume(_hostile(sample.edition), sample.path)
        pages = (
            *PANES, "entities", "evidence:conflicts", "entry:seven", "source:pond", "text:pond", "entity:keeper",
        )  # fmt: skip
        async with reading(swans, Location("sample", "claims"), size=size) as reader:
            reader.app.session.shared.put("sample", Result(evil, (), {}))
            for page in pages:
                reader.screen.show(Location("sample", page))
                await reader.press("f", "tab")
                self._check(reader)
                await reader.press("G", "escape")
                self._check(reader)
            reader.screen.show(Location("sample", "claims"))
            await reader.press("asterisk", "v")
            self._check(reader)
            await reader.press("B")
            self._check(reader)

    def _check(self, reader: Driver) -> None:
        for text in reader.rows:
            assert not [letter for letter in text if unicodedata.category(letter) in {"Cc", "Cs"}], repr(text)
            assert "\u202e" not in text

    async def test_what_is_said_is_clean(self, swans: Catalogue) -> None:
        async with reading(swans) as reader:
            reader.screen.say(HOSTILE)
            await reader.pilot.pause()
            self._check(reader)
            assert "\x1b" not in reader.said
