"""The bundled briefings: sound, and as rigorous as they ask others to be."""

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
import tomli

from tui.briefing import lock
from tui.briefing.entry import Statement
from tui.briefing.fields import keys_of
from tui.briefing.formats import keys_of_other_formats
from tui.briefing.kinds import KINDS
from tui.briefing.loader import load_file
from tui.briefing.lock import EMPTY
from tui.briefing.model import Briefing
from tui.briefing.traversal import citations
from tui.briefing.validation import TABLE_MODELS
from tui.checks.briefing_file import check_file
from tui.library import source_texts
from tui.library.compiling import compile_edition
from tui.library.records import Edition, Entity, Entry, Footnote
from tui.library.source_texts import SourceText
from tui.library.volume import Volume

FOLDERS = sorted(path.parent for path in (Path(__file__).parents[2] / "content").glob("*/briefing.toml"))


def notes_of(edition: Edition) -> list[Footnote]:
    """Give every footnote of a briefing."""
    holders: tuple[Entry | Entity, ...] = (*edition.entries, *edition.entities)
    return [note for holder in holders for note in holder.notes]


def words_of(text: str) -> list[str]:
    """Give a text's words, without case and punctuation."""
    return re.findall(r"[\w’'-]+", text.casefold())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
class TestEvery:
    def test_it_loads_without_a_problem(self, folder: Path) -> None:
        loaded = load_file(folder / "briefing.toml")

        assert [str(problem) for problem in loaded.problems] == []
        assert loaded.briefing is not None
        assert loaded.briefing.briefing.id == folder.name

    def test_it_passes_a_strict_check(self, folder: Path) -> None:
        """What a rule objects to is mended, or ignored with a reason; information is let stand."""
        found = check_file(folder / "briefing.toml", Path("/nowhere"), folder.name).reports

        assert [report for report in found if report.severity != "info"] == []

    def test_no_quote_is_longer_than_20_words(self, folder: Path) -> None:
        briefing = load_file(folder / "briefing.toml").briefing
        assert briefing is not None
        quotes = [cited.citation.quote for cited in citations(briefing) if cited.citation.quote]

        assert quotes
        assert [quote for quote in quotes if len(quote.split()) > 20] == []

    def test_no_title_is_in_brackets(self, folder: Path) -> None:
        """What has no title says so, and is given none."""
        briefing = load_file(folder / "briefing.toml").briefing
        assert briefing is not None

        for source in briefing.source:
            assert source.title is not None or "title" in source.unknown, source.id
            assert not re.fullmatch(r"[\[(].*[\])]", source.title or "")

    def test_every_source_is_cited_or_carries_one_that_is(self, folder: Path) -> None:
        briefing = load_file(folder / "briefing.toml").briefing
        assert briefing is not None
        cited = {cited.citation.source for cited in citations(briefing)}
        cited |= {source.cited_in for source in briefing.source if source.cited_in}

        assert [source.id for source in briefing.source if source.id not in cited] == []

    def test_every_held_text_is_the_one_that_is_named(self, folder: Path) -> None:
        briefing = load_file(folder / "briefing.toml").briefing
        assert briefing is not None

        for source in briefing.source:
            if source.held:
                text = source_texts.read(folder / "held" / source.held)
                assert text is not None
                assert text.sha256 == source.sha256

    def test_every_quote_of_a_held_text_stands_in_it_once(self, folder: Path) -> None:
        edition = _edition(folder, _texts(folder))

        assert [note for note in notes_of(edition) if note.checked and note.state != "exact"] == []


@pytest.fixture(scope="module")
def briefing(content: Path) -> Briefing:
    """Load the briefing on missile transfers."""
    found = load_file(content / "dprk-missiles" / "briefing.toml").briefing
    assert found is not None
    return found


class TestMissiles:
    def test_it_has_what_was_asked_for(self, briefing: Briefing) -> None:
        assert len(briefing.claim) >= 20
        assert len(briefing.view) >= 12
        assert len(briefing.recommendation) >= 6
        assert len(briefing.judgment) >= 8
        assert len([question for question in briefing.question if question.positions]) >= 6
        assert len(briefing.indicator) >= 5
        assert len(briefing.source) >= 110
        for table in (briefing.background, briefing.assumption, briefing.question, briefing.entity):
            assert len(table) >= 1

    def test_every_list_has_a_name_for_each_entry(self, briefing: Briefing) -> None:
        assert [entry.id for entry in briefing.entries() if not entry.short] == []

    def test_every_origin_has_a_voice(self, briefing: Briefing) -> None:
        """Origins of sources and footnotes are named, and say whose word they are."""
        named = {origin.id for origin in briefing.origin if origin.by}
        named |= {source.id for source in briefing.source} | {entity.id for entity in briefing.entity}
        used = {name for source in briefing.source for name in source.origin}
        used |= {name for cited in citations(briefing) for name in cited.citation.origin}

        assert used - named == set()

    def test_every_claim_and_view_is_cited(self, briefing: Briefing) -> None:
        assert [item.id for item in (*briefing.claim, *briefing.view, *briefing.recommendation) if not item.cite] == []

    def test_every_source_is_rated_and_described(self, briefing: Briefing) -> None:
        for source in briefing.source:
            assert source.descriptor, source.id
            assert source.seen, source.id
            assert "reliability" in source.model_fields_set, source.id

    def test_conflicts_are_declared_at_one_end_with_their_kind(self, briefing: Briefing) -> None:
        found = [
            (item.id, conflict)
            for item in briefing.entries()
            if isinstance(item, Statement)
            for conflict in item.conflicts
        ]
        pairs = {(name, conflict.to) for name, conflict in found}

        assert pairs
        assert {(one, other) for one, other in pairs if (other, one) in pairs} == set()
        assert [(name, conflict.to) for name, conflict in found if not conflict.kind] == []

    def test_every_conflict_has_a_reason(self, missiles: Volume) -> None:
        assert [(one.id, other.id) for one, other, why, _ in missiles.links.conflicts if not why] == []

    def test_every_view_has_a_holder_with_a_stance(self, briefing: Briefing) -> None:
        assert [view.id for view in briefing.view if not view.stance] == []

    def test_the_article_is_not_shipped(self, content: Path) -> None:
        assert not (content / "dprk-missiles" / "held").exists()

    def test_every_quote_of_the_article_was_found_exactly_once(self, content: Path, missiles: Volume) -> None:
        """As the lock says; also those of the testimony and the interview, which are known only through it."""
        written = lock.read(content / "dprk-missiles" / "sources.lock")
        checked = [note for note in notes_of(missiles.edition) if note.checked]

        assert written.texts["seed"].sha256 == missiles.sources["seed"].sha256
        assert len(checked) >= 20
        assert {note.quote for note in checked} == {key.quote for key in written.quotes}
        assert [key for key, found in written.quotes.items() if found.end - found.start != len(key.quote)] == []

    def test_the_articles_sentences_are_not_copied(self, briefing: Briefing) -> None:
        """No twelve words of it in a row stand anywhere outside of quotes; the runs of its words are kept as hashes."""
        run = 12
        runs = set((Path(__file__).parent / "article_runs.txt").read_text(encoding="ascii").split())
        quoted = {cited.citation.quote for cited in citations(briefing) if cited.citation.quote}

        copied = [
            " ".join(found)
            for text in _strings(briefing.model_dump())
            if text not in quoted
            for here in [words_of(text)]
            for at in range(len(here) - run + 1)
            if hashlib.sha256(" ".join(found := here[at : at + run]).encode()).hexdigest()[:12] in runs
        ]

        assert copied == []


class TestHandbook:
    def test_it_uses_every_feature(self, content: Path, handbook: Volume) -> None:
        """Every kind of entry, relation, reliability and state of being seen."""
        briefing = load_file(content / "handbook" / "briefing.toml").briefing
        assert briefing is not None

        assert {entry.table for entry in handbook.edition.entries} == set(KINDS)
        assert {link.relation for entry in handbook.edition.entries for link in entry.links} == {
            "supports", "attacks", "undercuts", "conflicts", "rests_on", "for", "against", "answers", "positions",
            "evidence", "moves",
        }  # fmt: skip
        assert {source.reliability for source in briefing.source} == set("ABCDEF")
        assert {source.extent_seen for source in briefing.source} == {"full", "excerpt", "reported", "not-found"}

    def test_it_uses_or_names_every_key_of_the_format(self, content: Path) -> None:
        data = tomli.loads((content / "handbook" / "briefing.toml").read_text())
        used, waiting = set[str](), [data]
        while waiting:
            value: Any = waiting.pop()
            if isinstance(value, dict):
                used |= value.keys()
                waiting += value.values()
            elif isinstance(value, list):
                waiting += value
            elif isinstance(value, str):
                used |= {key for code in re.findall(r"`([^`]+)`", value) for key in re.findall(r"\w+", code)}
        keys = {
            key for name, model in TABLE_MODELS.items() for key in {*keys_of(model)} - keys_of_other_formats(2, name)
        }
        assert keys - used == set()

    def test_nearly_every_footnote_leads_to_its_words(self, handbook: Volume) -> None:
        quotes = [note for note in notes_of(handbook.edition) if note.quote]

        assert sum(note.state == "exact" for note in quotes) / len(quotes) > 0.9


def _texts(folder: Path) -> dict[str, SourceText]:
    briefing = load_file(folder / "briefing.toml").briefing
    assert briefing is not None
    found = {
        source.id: source_texts.read(folder / "held" / source.held, source.title)
        for source in briefing.source
        if source.held
    }
    return {name: text for name, text in found.items() if text}


def _edition(folder: Path, texts: dict[str, SourceText]) -> Edition:
    briefing = load_file(folder / "briefing.toml").briefing
    assert briefing is not None
    return compile_edition(briefing, EMPTY, texts)


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for item in inner for text in _strings(item)]
