"""Copying an entry and its citations, and the plain view to select from."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reader.pilot.driving import reading
from tui.library.catalogue import Catalogue
from tui.library.records import Entry
from tui.reader.launch import make_app
from tui.session.config import Config
from tui.session.permissions import LOCAL_KIOSK
from tui.state.records import Location
from tui.state.stores import open_state

PAGED = (
    "Ann Keeper, “The pond book,” in The books of the mill (Mill Press, 2026), p. 1, accessed 20 November 2026, "
    "https://example.org/pond."
)
CITED = PAGED.replace(" p. 1,", "")


class TestCopy:
    async def test_takes_the_entry_with_its_address_and_its_citations(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("y")
            copied = reader.app.clipboard
            assert "The book has seven swans." in copied
            assert "\nsample#seven\n" in copied
            assert f"1. {PAGED}" in copied
            assert "5. “Swans again,” The Daily Swan, 9 November 2026." in copied
            assert copied.count(PAGED) == 1
            assert "\x1b" not in copied
            sent = f"Sent {len(copied)} characters to the terminal (OSC 52), which does not report what it takes."
            assert reader.said == f"{sent} v shows them to select from."

    async def test_takes_a_source_and_a_paragraph_of_a_text(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "sources")) as reader:
            await reader.press("y")
            assert "Reliability B, usually reliable" in reader.app.clipboard
            assert "sample#pond" in reader.app.clipboard
        async with reading(swans, Location("sample", "text:pond", "2")) as reader:
            await reader.press("y")
            assert "Nobody counted the geese" in reader.app.clipboard

    async def test_takes_quotation_and_citation_of_the_open_footnote_on_one_line(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("f", "y")
            assert "\n" not in reader.app.clipboard
            assert reader.app.clipboard.endswith(PAGED)
            assert reader.app.clipboard.startswith("“")
            assert reader.said.startswith("Sent quotation and citation to the terminal")

    async def test_does_not_wrap_its_lines(self, make_library: Callable[..., Catalogue]) -> None:
        library = make_library(long=f'[[claim]]\nid = "c"\nby = "x"\ntext = "{"word " * 100}"')
        async with reading(library, Location("long", "claims")) as reader:
            await reader.press("y")
            assert ("word " * 100).strip() in reader.app.clipboard

    async def test_in_the_library_takes_the_briefing(self, swans: Catalogue) -> None:
        async with reading(swans) as reader:
            await reader.press("y")
            assert "Swans on a pond" in reader.app.clipboard

    async def test_says_which_program_took_it(
        self, swans: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A program that is there gets the text; one that fails is named as one that refused it."""
        kept = tmp_path / "kept"
        for name, body in (("tmux", f'test "$1" = load-buffer && cat > {kept}'), ("xclip", "exit 1")):
            (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
            (tmp_path / name).chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
        monkeypatch.setenv("TMUX", "somewhere")
        monkeypatch.setenv("DISPLAY", ":0")
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("y")
            await reader.until(lambda: reader.said)
            assert kept.read_text(encoding="utf-8") == reader.app.clipboard
            assert ": taken by tmux. Refused by xclip. v shows" in reader.said

    async def test_in_a_kiosk_no_program_is_asked(self, swans: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TMUX", "somewhere")
        monkeypatch.setattr("subprocess.run", lambda *_args, **_more: pytest.fail("a program was run"))
        app = make_app(swans, open_state(None), Location("sample", "claims"), Config(), "dark", allowances=LOCAL_KIOSK)
        async with app.run_test() as pilot:
            await pilot.press("y")
            assert app.reader.status.message.startswith("Sent ")

    async def test_what_is_too_long_for_any_terminal_is_not_sent(self, make_library: Callable[..., Catalogue]) -> None:
        library = make_library(long=f'[[claim]]\nid = "c"\nby = "x"\ntext = "{"word " * 30_000}"')
        async with reading(library, Location("long", "claims")) as reader:
            await reader.press("y")
            assert reader.app.clipboard == ""
            assert reader.said.startswith("Did not copy 1")
            assert reader.said.endswith("v shows them to select from.")


class TestCopyCitation:
    async def test_takes_all_of_the_entry(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("Y")
            assert reader.app.clipboard == f"1. {PAGED}\n5. “Swans again,” The Daily Swan, 9 November 2026."
            assert reader.said.startswith("Sent 2 citations as Chicago note (Y again: BibLaTeX) to the terminal")

    async def test_takes_the_open_one_or_the_one_with_the_focus(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("f", "f", "f", "Y")
            assert reader.app.clipboard == "“Swans again,” The Daily Swan, 9 November 2026."
            await reader.press("escape", "tab", "Y")
            assert reader.app.clipboard == PAGED
            assert reader.said.startswith("Sent 1 citation as Chicago note")

    async def test_says_through_whom_the_source_is_known(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "sources", "miller")) as reader:
            await reader.press("Y")
            assert reader.app.clipboard.endswith(f"untitled interview, as reported in {CITED}")

    async def test_again_takes_the_next_format_and_keeps_it(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims")) as reader:
            await reader.press("Y", "Y")
            assert reader.app.clipboard.startswith("@")
            await reader.press("Y")
            assert "@" == reader.app.clipboard[0]
            assert "as BibTeX (Y again: RIS)" in reader.said
            await reader.press("j", "k", "f", "Y")
            assert "1 citation as BibTeX" in reader.said

    async def test_takes_those_of_an_entity_and_its_open_footnote(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "entities", "keeper")) as reader:
            await reader.press("Y")
            assert reader.app.clipboard == CITED
            await reader.press("y")
            assert reader.app.clipboard.endswith(f"sample#keeper\n\n1. {CITED}")
            await reader.press("f", "y")
            assert reader.app.clipboard == f"“Nobody counted the geese” {CITED}"
        async with reading(swans, Location("sample", "entities", "water")) as reader:
            await reader.press("Y")
            assert reader.said == "There is nothing to cite here."

    async def test_takes_those_of_the_reasons_of_a_judgment(self, bundled: Catalogue) -> None:
        async with reading(bundled, Location("handbook", "questions", "kj-seven")) as reader:
            await reader.press("Y")
            sent = reader.app.clipboard
            assert [line.partition(" ")[0] for line in sent.splitlines()] == ["15.", "14.", "16."]
            await reader.press("f", "y")
            assert reader.app.clipboard.endswith(f"handbook#kj-seven\n\n{sent}")

    async def test_takes_the_open_footnote_of_a_cell_of_the_matrix(self, bundled: Catalogue) -> None:
        """A cell has other footnotes than its claim, and more."""
        async with reading(bundled, Location("handbook", "evidence:matrix:grid", "two-voices")) as reader:
            await reader.press("l", "l", "l", "l", "f", "f", "y")
            held, item = reader.screen.view.holder, reader.screen.item
            assert held
            assert isinstance(item, Entry)
            assert len(held.notes) > len(item.notes)
            assert reader.app.clipboard.startswith(f"“{held.notes[1].quote}”")
            await reader.press("Y")
            assert "“Two voices: " in reader.app.clipboard

    async def test_names_the_pages_of_all_footnotes_of_a_source(self, make_library: Callable[..., Catalogue]) -> None:
        source = '[[source]]\nid = "s"\ntype = "report"\ntitle = "Counts"\nissued = "2024"\n'
        notes = ", ".join(f'{{ source = "s", page = "{page}" }}' for page in ("3", "7", "3"))
        library = make_library(twice=f'{source}[[claim]]\nid = "c"\nby = "x"\ntext = "A."\ncite = [{notes}]')
        async with reading(library, Location("twice", "claims")) as reader:
            await reader.press("Y")
            assert reader.app.clipboard == "Counts (2024), pp. 3, 7."

    async def test_says_when_there_is_nothing(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "views", "other-view")) as reader:
            await reader.press("Y")
            assert reader.said == "There is nothing to cite here."
            assert reader.app.clipboard == ""


class TestPlainView:
    async def test_shows_what_would_be_copied_without_any_bar(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(100, 40)) as reader:
            await reader.press("v")
            assert reader.page == "plain"
            assert "sample#seven" in reader.words
            assert "“Swans again,” The Daily Swan" in reader.words
            assert "▌" not in reader.text
            assert "Esc goes back" in reader.words
            await reader.press("escape")
            assert (reader.page, reader.block) == ("claims", "seven")

    async def test_each_time_shows_what_is_current_then(self, swans: Catalogue) -> None:
        async with reading(swans, Location("sample", "claims"), size=(100, 40)) as reader:
            await reader.press("v", "escape", "j", "v")
            assert "sample#eleven" in reader.words
            assert "sample#seven" not in reader.words
