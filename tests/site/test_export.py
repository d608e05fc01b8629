"""The command: which briefings a site has, which pages, and what is told."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Done, run, shelf
from tests.conftest import POND
from tests.site.crawling import dead_links, pages_of
from tui.render.cite_formats import FORMATS

Run = Callable[..., Done]
Shelf = Callable[..., Path]
__all__ = ("run", "shelf")  # the fixtures


def test_the_bundled_briefings_have_no_dead_link(run: Run, tmp_path: Path, content: Path) -> None:
    done = run("export", tmp_path / "site", "--to", "html", "--content", content)
    assert (0, "") == (done.code, done.err)
    assert set() == dead_links(tmp_path / "site")


def test_each_dispute_stands_once_and_is_linked_from_the_list(site: Path) -> None:
    page = (site / "dprk-missiles/evidence.html").read_text(encoding="utf-8")
    linked = re.findall(r'<a href="#([^"]+)">All of Q\d+</a>', page)
    assert len(linked) > 5
    assert [1] * len(linked) == [page.count(f'<h3 id="{part}"') for part in linked]
    assert len(linked) == len(re.findall(r"\d answers: ", page))


def test_a_second_export_writes_nothing(run: Run, tmp_path: Path, sample_folder: Path) -> None:
    words = ("export", tmp_path / "site", "--to", "html", "--content", sample_folder.parent)
    assert run(*words).code == 0
    assert ": 1 briefing; files: 0 written, " in run(*words).out


def test_two_exports_are_the_same_byte_by_byte(run: Run, tmp_path: Path, sample_folder: Path) -> None:
    for name in ("one", "other"):
        assert run("export", tmp_path / name, "--to", "html", "--content", sample_folder.parent).code == 0
    one, other = (
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("one", "other")
    )
    assert one == other


def test_what_programs_take_from_it(run: Run, tmp_path: Path, sample_folder: Path) -> None:
    where = ("--content", sample_folder.parent)
    run("export", tmp_path / "site", "--to", "html", *where)
    for written in FORMATS.values():
        file = tmp_path / "site/sample/citations" / f"{written.name}{written.suffix}"
        assert run("cite", "sample", "--format", written.name, *where).out == file.read_text(encoding="utf-8")
    page = (tmp_path / "site/sample/index.html").read_text(encoding="utf-8")
    for name, content in (
        ("citation_title", "Swans on a pond"),
        ("citation_author", "A. Author"),
        ("citation_publication_date", "2026/11/22"),
        ("citation_language", "en"),
    ):
        assert f'<meta name="{name}" content="{content}">' in page
    feed = (tmp_path / "site/sample/feed.xml").read_text(encoding="utf-8")
    assert "<updated>2026-11-22T00:00:00Z</updated>" in feed
    assert "<title>Swans on a pond</title>" in (tmp_path / "site/feed.xml").read_text(encoding="utf-8")


def test_every_id_has_an_anchor_on_the_first_page(run: Run, tmp_path: Path, sample_folder: Path) -> None:
    run("export", tmp_path / "site", "--to", "html", "--content", sample_folder.parent)
    page = (tmp_path / "site/sample/index.html").read_text(encoding="utf-8")
    anchors = re.findall(r' id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))
    assert {"seven", "keeper-view", "count-again", "how-many", "pond", "keeper", "water"} <= set(anchors)
    assert 'href="#seven:1" id="seven:1:mark"' in page
    assert '<li id="seven:1" value="1" popover>' in page


def test_a_held_text_is_shown_only_where_that_is_allowed(run: Run, tmp_path: Path, sample_folder: Path) -> None:
    sentence = "Nobody counted the geese, though some said that there were geese."
    run("export", tmp_path / "kept", "--to", "html", "--content", sample_folder.parent)
    assert not [path for path, text in pages_of(tmp_path / "kept") if "though some said that there were" in text]
    folder = tmp_path / "content/sample"
    (folder / "held").mkdir(parents=True)
    (folder / "held/pond.txt").write_text(POND, encoding="utf-8")
    written = (sample_folder / "briefing.toml").read_text(encoding="utf-8")
    written = written.replace('held = "pond.txt"', 'held = "pond.txt"\nrepublish = true').replace(
        "format = 1", "format = 2"
    )
    written = re.sub(r"assess = .*\n", "", written).replace(', note = "seven"', "").replace("credibility = 6\n", "")
    (folder / "briefing.toml").write_text(written, encoding="utf-8")
    done = run("export", tmp_path / "shown", "--to", "html", "--content", folder.parent)
    assert "" == done.err
    texts = dict(pages_of(tmp_path / "shown"))
    assert sentence.partition(",")[0] in re.sub(r"<[^>]+>", "", texts["sample/texts/pond.html"])
    assert "<mark>Nobody counted the geese</mark>" in texts["sample/sources.html"]
    assert hashlib.sha256(POND.encode()).hexdigest() not in texts["sample/index.html"]


@pytest.fixture
def several(shelf: Shelf, tiny: Callable[..., str]) -> Path:
    """Lay down a briefing of each status."""
    written = {name: tiny(id=name, status=name, format="2") for name in ("public", "unlisted", "draft", "withdrawn")}
    later = tiny(id="later", format="2").replace("as_of", "from = 2999-01-01T00:00:00Z\nas_of")
    past = tiny(id="past", format="2").replace("as_of", "until = 2000-01-01T00:00:00Z\nas_of")
    ending = tiny(id="ending", format="2").replace("as_of", "until = 2999-01-01T00:00:00Z\nas_of")
    return shelf(**written, later=later, past=past, ending=ending)


def test_what_is_not_public_is_not_in_it(run: Run, tmp_path: Path, several: Path) -> None:
    done = run("export", tmp_path / "site", "--to", "html", "--content", several)
    assert {"public", "ending", "withdrawn", "search"} == {
        path.name for path in (tmp_path / "site").iterdir() if path.is_dir()
    }
    everything = "".join(text for path, text in pages_of(tmp_path / "site") if not path.startswith("site."))
    assert not re.search(r"\b(unlisted|draft|later|past)\b(?! by)", everything)
    for said in (
        "left out: draft, which is a draft",
        "left out: unlisted, which is unlisted; name it to export it",
        "left out: later, to be shown from 2999-01-01T00:00:00+00:00; export again then",
        "left out: past, which ended at 2000-01-01T00:00:00+00:00",
        "ending ends at 2999-01-01T00:00:00+00:00; export again then",
        "withdrawn: withdrawn is a notice",
    ):
        assert said in done.out
    notice = (tmp_path / "site/withdrawn/index.html").read_text(encoding="utf-8")
    assert "was withdrawn by its author" in notice
    assert "A tiny briefing" not in notice


def test_an_unlisted_briefing_that_is_named_is_in_no_list(run: Run, tmp_path: Path, several: Path) -> None:
    run("export", tmp_path / "site", "unlisted", "public", "--to", "html", "--content", several)
    assert "A tiny briefing" in (tmp_path / "site/unlisted/index.html").read_text(encoding="utf-8")
    assert not (tmp_path / "site/unlisted/feed.xml").exists()
    told = [
        path for path, text in pages_of(tmp_path / "site") if "unlisted" in text and not path.startswith("unlisted/")
    ]
    assert [] == [path for path in told if not path.startswith(".")]


def test_a_briefing_that_goes_leaves_nothing(run: Run, tmp_path: Path, several: Path) -> None:
    words = ("export", tmp_path / "site", "--to", "html", "--content", several)
    run(*words)
    file = several / "public/briefing.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('"public"', '"draft"', 2), encoding="utf-8")
    done = run(*words)
    assert "removed: public/index.html" in done.out
    assert not (tmp_path / "site/public").exists()
    assert not [path for path, text in pages_of(tmp_path / "site") if "public/" in text]


def test_a_former_id_leads_on(run: Run, tmp_path: Path, shelf: Shelf, tiny: Callable[..., str]) -> None:
    root = shelf(pond=tiny(id="pond", format="2").replace("as_of", 'was = ["lake"]\nas_of'))
    run("export", tmp_path / "site", "--to", "html", "--content", root)
    assert 'content="0; url=../pond/index.html"' in (tmp_path / "site/lake/index.html").read_text(encoding="utf-8")


def test_wrong_uses_are_one_line(run: Run, tmp_path: Path, shelf: Shelf) -> None:
    root = shelf(pond=None)
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine").write_text("mine", encoding="utf-8")
    done = run("export", tmp_path / "full", "--to", "html", "--content", root)
    assert (1, 1) == (done.code, done.err.count("\n"))
    assert "name an empty folder" in done.err
    assert 2 == run("export", tmp_path / "site", "lake", "--to", "html", "--content", root).code
    assert 2 == run("export", tmp_path / "site", "--content", root).code


def test_a_broken_briefing_is_reported(run: Run, tmp_path: Path, shelf: Shelf) -> None:
    root = shelf(pond=None, lake="format = 1\n[briefing]\nid = 5\n")
    done = run("export", tmp_path / "site", "--to", "html", "--content", root)
    assert 1 == done.code
    assert "lake/briefing.toml" in done.err
    assert (tmp_path / "site/pond/index.html").exists()
