"""The library as a page and in every export; a briefing in JSON."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tui.briefing.problems import Problem
from tui.briefing.publication import Publication
from tui.library.summaries import Summary, counts_of
from tui.library.volume import Volume
from tui.render.exports import EXPORTS
from tui.render.formats.text import page_text
from tui.render.library import freshness, library_block, problems_page
from tui.render.selection import Selection

GOOD = Summary(Path("a"), "good", "A *title*", "The *bottom* line.", "2026-11-22", "d1", {"claim": 1, "source": 2}, ())
BAD = Summary(Path("b"), "bad", "bad", "", "", "", {}, (Problem("b.toml", 3, 4, "claim[1].id", "is wrong", "mend it"),))


class TestLibrary:
    def test_new_changed_and_read(self) -> None:
        assert freshness(GOOD, {}) == "new"
        assert freshness(GOOD, {"good": "d0"}) == "changed"
        assert freshness(GOOD, {"good": "d1"}) == ""
        assert freshness(BAD, {}) == ""

    def test_a_briefing_shows_title_date_counts_and_bottom_line(self) -> None:
        said = library_block(GOOD, {}).text.replace("\u00a0", " ")

        for words in ("A *title*", "new", "as of 22 November 2026", "1 claim · 2 sources", "The bottom line."):
            assert words in said

    def test_a_broken_one_shows_its_first_problem(self) -> None:
        said = library_block(BAD, {}).text

        assert "cannot be opened: 1 problem" in said
        assert "b.toml:3:4: claim[1].id: is wrong; mend it" in said

    def test_the_problems_of_one(self) -> None:
        said = "\n".join(page_text(problems_page("bad", BAD.problems), 80))

        for words in ("bad cannot be opened: 1 problem", "b.toml:3:4  claim[1].id", "is wrong", "mend it"):
            assert words in said

    def test_a_problem_of_a_whole_file(self) -> None:
        said = "\n".join(page_text(problems_page("bad", (Problem("b.toml", 0, 0, "", "is a folder", ""),)), 80))

        assert "b.toml\n" in said

    def test_a_briefing_that_is_gone(self) -> None:
        assert "There is no briefing “bad” here." in "\n".join(page_text(problems_page("bad", ()), 80))

    @pytest.mark.parametrize(
        ("pending", "said"), [(None, "The content folders are being read …"), (2, "2 briefings still")]
    )
    def test_a_briefing_that_may_yet_come_is_not_said_to_be_gone(self, pending: int | None, said: str) -> None:
        told = "\n".join(page_text(problems_page("bad", (), pending), 80))
        assert "There is no" not in told
        assert "No briefing “bad” is known yet." in told
        assert said in told


class TestLibraryExports:
    def test_as_text(self) -> None:
        said = "\n".join(EXPORTS["text"].library([GOOD, BAD], 80))

        assert said.startswith("good\n")
        assert "cannot be opened: 1 problem" in said
        assert "new" not in said

    def test_as_markdown(self) -> None:
        assert list(EXPORTS["markdown"].library([GOOD, BAD], 80)) == [
            r"- **A \*title\*** (`good`, 22 November 2026): 1 claim · 2 sources",
            "- **bad** (`bad`, ): cannot be opened: 1 problem",
        ]

    def test_as_json(self) -> None:
        first, second = json.loads("\n".join(EXPORTS["json"].library([GOOD, BAD], 80)))["briefings"]

        assert first["bluf"] == "The bottom line."
        assert first["counts"] == {"claim": 1, "source": 2}
        assert second["problems"] == ["b.toml:3:4: claim[1].id: is wrong; mend it"]

    def test_what_not_everybody_sees_is_marked(self) -> None:
        until = datetime(2026, 12, 1, 9, tzinfo=timezone(timedelta(hours=1)))
        rows = [GOOD._replace(publication=Publication("unlisted", until.astimezone(UTC), until))]

        said = "Unlisted; from 1 Dec 2026, 08:00 UTC; until 1 Dec 2026, 09:00 +01:00"
        assert said in "\n".join(EXPORTS["text"].library(rows, 200)).replace("\u00a0", " ")
        assert ", unlisted, from 1 Dec" in "\n".join(EXPORTS["markdown"].library(rows, 80))
        [row] = json.loads("\n".join(EXPORTS["json"].library(rows, 80)))["briefings"]
        assert (row["status"], row["until"]) == ("unlisted", "2026-12-01T09:00:00+01:00")

    def test_none(self) -> None:
        assert list(EXPORTS["text"].library([], 80)) == ["No briefings."]
        assert json.loads("\n".join(EXPORTS["json"].library([], 80)))["briefings"] == []


def json_of(volume: Volume, pane: str | None = None, entry: str = "") -> str:
    """Write a part of a briefing as JSON."""
    return "".join(EXPORTS["json"].briefing(Selection(volume, pane, entry), 80))


class TestJson:
    def test_a_whole_briefing(self, volume: Volume) -> None:
        written = json.loads(json_of(volume))

        assert written["id"] == volume.edition.id
        counted = counts_of(volume.edition)
        assert len(written["conflicts"]) == len(volume.links.conflicts)
        assert len(volume.links.at_odds) == counted["conflict"]
        assert len(written["sources"]) == counted["source"]
        assert [entry["id"] for entry in written["entries"]] == list(volume.entries)

    def test_an_overview_has_no_entries(self, sample: Volume) -> None:
        written = json.loads(json_of(sample, "overview"))

        assert "entries" not in written["content"]
        assert written["content"]["conflicts"] == [
            {"entries": ["seven", "eleven"], "why": "Eleven is not seven.", "kind": ""}
        ]

    @pytest.mark.parametrize(("pane", "number"), [("claims", 3), ("questions", 3), ("sources", 6), ("entities", 2)])
    def test_a_pane(self, sample: Volume, pane: str, number: int) -> None:
        assert len(json.loads(json_of(sample, pane))["content"]) == number

    def test_an_entry(self, sample: Volume) -> None:
        written = json.loads(json_of(sample, entry="seven"))

        assert written["address"] == "sample#seven"
        assert written["rating"] == "B2"
        assert written["by"] == {"text": "the keeper", "entity": "keeper"}
        assert [note["state"] for note in written["notes"]] == ["exact", "exact", "not-held"]
        assert written["relations"][0]["relation"] == "conflicts"

    def test_a_source_does_not_tell_where_its_text_lies(self, sample: Volume) -> None:
        written = json.loads(json_of(sample, entry="pond"))

        assert written["held"] is True
        assert "seven" in written["cited_by"]
        assert str(sample.path.parent) not in json_of(sample)

    def test_an_entity(self, sample: Volume) -> None:
        assert json.loads(json_of(sample, entry="keeper"))["name"] == "Ann Keeper"
