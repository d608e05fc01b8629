"""The briefing on tariffs: its texts come with the extra `samples`, and everything in it is checked against them."""

import csv
import json
import re
import sys
from pathlib import Path

import pytest

from tests.content.test_content import notes_of
from tui.briefing import lock
from tui.briefing.loader import load_file
from tui.briefing.model import Briefing
from tui.checks.briefing_file import check_file
from tui.checks.run import Choice
from tui.cli import main
from tui.library.catalogue import Catalogue
from tui.library.text_folders import PACKAGES, TextFolders, package_folders
from tui.library.volume import Volume

MESSAGES = {
    "m1887": "1887-Cleveland-1", "m1889": "1889-Harrison-1", "m1890": "1890-Harrison-1", "m1891": "1891-Harrison-1",
    "m1892": "1892-Harrison-1", "m1893": "1893-Cleveland-1", "m1896": "1896-Cleveland-1",
}  # fmt: skip
"""The sources, and the names of their texts in the package."""


@pytest.fixture(scope="module")
def texts() -> TextFolders:
    """Return the folders of the packages, which the extra of developers installs."""
    folders = list(package_folders())
    assert len(folders) == len(PACKAGES), "pip install -e '.[dev]'"
    return TextFolders(packages=folders)


@pytest.fixture(scope="module")
def path(content: Path) -> Path:
    """Return the briefing's file."""
    return content / "tariffs-1887" / "briefing.toml"


@pytest.fixture(scope="module")
def briefing(path: Path) -> Briefing:
    """Load the briefing."""
    found = load_file(path).briefing
    assert found is not None
    return found


@pytest.fixture(scope="module")
def volume(path: Path, texts: TextFolders, tmp_path_factory: pytest.TempPathFactory) -> Volume:
    """Open the briefing with its texts."""
    catalogue = Catalogue(None, [path.parents[1]], tmp_path_factory.mktemp("nothing"), (), texts)
    found = catalogue.open(path).volume
    catalogue.close()
    assert found is not None
    return found


class TestTexts:
    def test_none_of_them_is_shipped(self, path: Path) -> None:
        assert sorted(file.name for file in path.parent.iterdir()) == ["briefing.toml", "sources.lock"]

    def test_hashes_dates_and_addresses_are_those_of_the_package(self, briefing: Briefing) -> None:
        [folder] = package_folders()
        manifest = json.loads((folder.parent / "manifest.json").read_text())["files"]
        with (folder.parent / "metadata.csv").open(encoding="utf-8", newline="") as file:
            rows = {row["fileid"]: row for row in csv.DictReader(file)}
        sources = {source.id: source for source in briefing.source}
        for name, file_name in MESSAGES.items():
            source, row = sources[name], rows[file_name]
            assert (source.sha256, source.issued, source.url) == (row["sha256"], row["date"], row["source_url"])
            assert source.sha256 == manifest[file_name]["parsed_text_sha256"]
            assert source.author == (row["president_full"],)

    def test_every_quote_stands_in_them_once(self, volume: Volume) -> None:
        quotes = [note for note in notes_of(volume.edition) if note.quote]
        assert len(quotes) >= 80
        assert {note.state for note in quotes} == {"exact"}
        assert all(volume.text_of(volume.sources[name]) for name in MESSAGES)

    def test_the_lock_has_every_quote(self, path: Path, volume: Volume) -> None:
        locked = lock.read(path.with_name("sources.lock"))
        assert locked.texts.keys() == MESSAGES.keys()
        quotes = {(note.source, note.quote) for note in notes_of(volume.edition) if note.quote}
        assert {(key.source, key.quote) for key in locked.quotes} == quotes

    def test_a_strict_check_passes_with_them(self, path: Path, texts: TextFolders) -> None:
        found = check_file(path, Path("/nowhere"), "tariffs-1887", Choice(), elsewhere=texts)
        assert [report for report in found.reports if report.severity != "info"] == []
        assert found.unmade == ()

    def test_a_strict_check_passes_without_them_and_one_line_says_what_to_install(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], path: Path
    ) -> None:
        for package in PACKAGES:
            monkeypatch.setitem(sys.modules, package.name, None)
        assert main(["check", str(path), "--strict"]) == 0
        said = " ".join(capsys.readouterr().out.split())
        assert "7 texts are not held" in said
        assert said.endswith("To have the texts that a package ships: pip install 'briefing-browser[samples]'")

    def test_the_command_checks_show_and_search_have_them(self, capsys: pytest.CaptureFixture[str], path: Path) -> None:
        assert main(["check", str(path), "--strict"]) == 0
        assert "not held" not in capsys.readouterr().out
        assert main(["show", "tariffs-1887#forecast-1893"]) == 0
        assert "Checked: the quote stands in paragraph 176 of the text." in capsys.readouterr().out
        assert main(["show", "tariffs-1887#forecast-1893", "--format", "json"]) == 0
        assert '"state": "exact"' in capsys.readouterr().out
        assert main(["search", '"willing benefactions of a Government"', "in:tariffs-1887"]) == 0  # quoted by no entry
        assert "1 hit in 3 briefings" in capsys.readouterr().out


class TestContent:
    def test_it_judges_disputes_counts_and_watches(self, briefing: Briefing) -> None:
        assert len(briefing.judgment) >= 7
        assert len([question for question in briefing.question if question.positions]) >= 5
        assert [question.id for question in briefing.question if not question.positions]
        assert [question.id for question in briefing.question if question.key] == ["year-1894"]
        assert len(briefing.indicator) >= 3
        assert len([claim for claim in briefing.claim if claim.quantity]) >= 20
        assert len([claim for claim in briefing.claim if claim.date]) == len(briefing.claim)
        assert {source.id for source in briefing.source} >= MESSAGES.keys()

    def test_it_has_conflicts_of_number_and_of_judgment(self, briefing: Briefing) -> None:
        claims = {claim.id: claim for claim in briefing.claim}
        kinds = {
            (conflict.kind, bool(claim.quantity and claims[conflict.to].quantity))
            for claim in briefing.claim
            for conflict in claim.conflicts
        }
        assert kinds >= {("contradiction", True), ("other-count", True), ("tension", False)}

    def test_some_statements_undercut_others(self, briefing: Briefing) -> None:
        assert [view.id for view in briefing.view if view.undercuts]
        assert len([claim.id for claim in briefing.claim if claim.undercuts]) >= 5

    def test_every_recommendation_has_an_actor_and_the_sources_modal_words(self, briefing: Briefing) -> None:
        assert len(briefing.recommendation) >= 6
        assert all(item.actor and item.modal and not item.actor_implied for item in briefing.recommendation)

    def test_the_forecast_of_1893_failed_and_was_repeated(self, briefing: Briefing) -> None:
        claims = {claim.id: claim for claim in briefing.claim}
        first, second = claims["forecast-1893"], claims["forecast-1896"]
        assert [claim.kind for claim in (first, second)] == ["prediction"] * 2
        assert [claim.by for claim in (first, second)] == ["grover-cleveland"] * 2
        assert "in the near future" in first.text
        assert "in the near future" in second.text
        [scored] = [judgment for judgment in briefing.judgment if judgment.outcome]
        assert scored.outcome
        assert (scored.id, scored.outcome.came_true) == ("kj-forecast-1893", False)
        assert [reason.to for reason in scored.for_ or ()] == [first.id]

    def test_it_credits_who_collected_the_texts(self, briefing: Briefing) -> None:
        """As the package asks."""
        note = briefing.briefing.note or ""
        for name in ("American Presidency Project", "Gerhard Peters", "John T. Woolley", "University of California"):
            assert name in note
        credited = {source.id: source for source in briefing.source}["presidency-project"]
        assert credited.author == ("Gerhard Peters", "John T. Woolley")
        assert credited.url == "https://www.presidency.ucsb.edu/"
        assert all(
            "American Presidency Project" in (source.archive or "") for source in briefing.source if source.sha256
        )

    def test_every_list_has_a_name_for_each_entry(self, briefing: Briefing) -> None:
        assert [entry.id for entry in briefing.entries() if not entry.short] == []

    def test_every_figure_in_a_text_stands_in_a_quote_of_its_entry(self, briefing: Briefing) -> None:
        """Each sum of money that a claim names is one that its source names."""
        for claim in briefing.claim:
            quoted = " ".join(cited.quote or "" for cited in claim.cite).replace("Eighteen dollars", "$18")
            for sum_ in re.findall(r"\$[\d,.]*\d", claim.text):
                assert sum_ in quoted, (claim.id, sum_)


def test_a_footnote_leads_to_the_words_of_the_message(volume: Volume) -> None:
    for name in ("forecast-1893", "forecast-1896"):
        note = volume.entries[name].notes[0]
        text = volume.text_of(volume.sources[note.source])
        assert text is not None
        assert text.text[note.start : note.end] == note.quote
