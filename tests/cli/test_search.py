"""The command `briefing search`: the same hits in the same order as on the screen, as text and as JSON."""

import asyncio
import io
import json
import re
from pathlib import Path

import pytest

from tui.cli import main
from tui.cli.output import FINDINGS, OK, USAGE
from tui.library.catalogue import Catalogue
from tui.library.paths import bundled_content, user_folders
from tui.library.text_folders import user_texts
from tui.render.hits import pointed
from tui.render.progress import ProgressLine
from tui.search.fields import FIELDS
from tui.search.query import parse
from tui.session.search.search_session import SearchSession
from tui.session.shared import SharedContent
from tui.state.stores import open_state


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run `briefing search`."""
    code = main(["search", *words])
    out, err = capsys.readouterr()
    return code, out, err


def test_text(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "thousands", "kind:claim", "--limit", "1")
    assert (OK, "") == (code, err)
    lines = out.splitlines()
    assert lines[0].endswith(" source texts not held")
    assert " hits in 3 briefings, " in lines[0]
    assert "North Korea’s missile transfers to Russia (dprk-missiles)" in lines
    assert any(line.startswith("C2 ") for line in lines)
    assert "Claim; F5; dprk-missiles#thousands." in out
    assert lines[-1].endswith("more; see --limit and --offset")


def test_nothing_found(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "zzzzzz")
    assert (FINDINGS, "") == (code, err)
    assert out.startswith("0 hits in 3 briefings, ")
    assert 1 == len(out.splitlines())


def test_a_value_that_nothing_has(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "by:papparo")
    line = "by: nothing here has 'papparo'; did you mean samuel-paparo?"
    assert (FINDINGS, "", [line, "Did you mean: by:samuel-paparo"]) == (code, err, out.splitlines()[1:])
    assert [line] == json.loads(run(capsys, "by:papparo", "--format", "json")[1])["unmet"]


def test_a_misspelling(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "ballistik")
    assert FINDINGS == code
    said = out.splitlines()
    assert said[0].startswith("0 hits")
    assert said[1].startswith("Did you mean: ballistic")
    assert re.fullmatch(r"Not found as written\. \d+ hits for the nearest spellings:", said[2])


@pytest.mark.parametrize(
    ("query", "message", "mark"),
    [
        ("swan kind:clam", "kind: has no value 'clam'; did you mean claim? (at character 11)", 10),
        ("swan author:kim", "there is no field 'author'; did you mean by: ?", 5),
        ("foo:", "there is no field 'foo'; there are kind, in, by", 0),
        ('"swan', "this quotation mark is not closed", 0),
        ("北朝 (swan", "this parenthesis is not closed (at character 4)", 5),
    ],
)
def test_an_error_points_at_the_character(
    capsys: pytest.CaptureFixture[str], query: str, message: str, mark: int
) -> None:
    code, out, err = run(capsys, query)
    assert (USAGE, "") == (code, out)
    said, shown, pointer = err.splitlines()
    assert message in said
    assert (f"  {query}", f"  {' ' * mark}^") == (shown, pointer)


def test_an_error_in_a_long_query_is_cut_around(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, f"{'word ' * 50}kind:clam{' more' * 50}")
    assert USAGE == code
    _, shown, pointer = err.splitlines()
    assert max(len(shown), len(pointer)) <= 80
    assert "clam" == shown[pointer.index("^") :][:4]
    assert ("a\\u001bb(", " " * 8 + "^") == pointed("a\x1bb(", 3, 40)


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> SearchSession:
    """Give what asks on the screen, over the bundled content."""
    texts = user_texts((), None)
    catalogue = Catalogue(None, [bundled_content()], tmp_path_factory.mktemp("held"), (), texts)
    catalogue.refresh()
    asker = SearchSession(open_state(None), SharedContent(catalogue))
    asyncio.run(asker.update(lambda _done, _all: None))
    return asker


@pytest.mark.parametrize(
    "query",
    [
        "missiles russia", "missile", "swan", "swans geese", "paparo", "paparro", "pap", "kn-23", "kim", "the", "of the",
        '"ballistic missiles"', "kind:claim", "kind:claim missile", "by:paparo", "reliability:A..B", "rating:B2",
        "has:conflict", "russia OR ukraine", "russia -missile", "in:handbook", "in:handbook geese", "source:ap",
        "date:2025-04..2025-06", "likelihood:likely", "quote:axis", "hwasong", "北", "P’yŏngyang", "conflict arma",
        "cooperation", "msmt-100", "balistic misiles",
    ],
)  # fmt: skip
def test_the_hits_and_their_order_are_those_of_the_screen(
    capsys: pytest.CaptureFixture[str], asker: SearchSession, query: str
) -> None:
    parsed = parse(query, typing=True)
    outcome = asyncio.run(asker.ask(parsed, ()))
    outcome = asyncio.run(asker.ask(parsed, (), outcome))
    on_screen = [asker.shown(outcome, hit) for hit in outcome.hits]
    _, out, _ = run(capsys, query, "--format", "json", "--limit", "70")
    written = json.loads(out)
    expected = [(shown.hit.kind, shown.id, shown.hit.paragraph) for shown in on_screen if shown][:70]
    found = [(hit["kind"], hit["id"], -1 if hit["paragraph"] is None else hit["paragraph"]) for hit in written["hits"]]
    assert expected == found
    assert (outcome.answer.total.number, outcome.answer.alike) == (written["total"], written["alike"])
    page = json.loads(run(capsys, query, "--format", "json", "--limit", "9", "--offset", "45")[1])["hits"]
    assert written["hits"][45:54] == page


def test_json_has_what_was_found_and_where_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    query = "missiles russia"
    code, out, _ = run(capsys, query, "--format", "json", "--limit", "15")
    assert OK == code
    written = json.loads(out)
    assert query == written["query"]
    first = written["hits"][0]
    assert {"russia", "russian", "missiles", "missile"} >= {first["text"][a:b].lower() for a, b in first["spans"]}
    assert {"briefings", "entries", "sources", "texts_not_held", "broken", "complete", "missing"} == set(
        written["searched"]
    )
    assert written["total"] == sum(written["facets"]["in"].values())
    _, text, _ = run(capsys, query, "--limit", "15")
    places = [text.index(hit["address"] + (".\n" if hit["kind"] != "text" else ";")) for hit in written["hits"]]
    assert sorted(places) == places
    assert 15 == len(set(places))


@pytest.mark.parametrize("query", ["missiles", "balistic misiles"])
@pytest.mark.parametrize(("limit", "offset"), [(5, 0), (5, 3), (3, 60), (1, 10_000), (70, 49)])
def test_as_many_more_are_told_as_stand_behind_those_shown(
    capsys: pytest.CaptureFixture[str], query: str, limit: int, offset: int
) -> None:
    words = (query, "--limit", str(limit), "--offset", str(offset))
    written = json.loads(run(capsys, *words, "--format", "json")[1])
    whole = written["alike"] if written["fuzzy"] else written["total"]
    left = max(0, whole - offset - limit)
    assert (written["offset"], written["left"]) == (offset, left)
    assert len(written["hits"]) == max(0, min(limit, whole - offset))
    last = run(capsys, *words)[1].splitlines()[-1]
    if left:
        assert last == f"{left:,} more; see --limit and --offset"
    elif not written["hits"]:
        assert last == f"none behind the first {whole:,}; see --offset"
    else:
        assert "more;" not in last


def test_pages_follow_one_another(capsys: pytest.CaptureFixture[str]) -> None:
    def addresses(*words: str) -> list[str]:
        return [hit["address"] for hit in json.loads(run(capsys, "swan", "--format", "json", *words)[1])["hits"]]

    assert addresses("--limit", "6") == [*addresses("--limit", "3"), *addresses("--limit", "3", "--offset", "3")]
    assert [] == addresses("--limit", "0")


@pytest.mark.parametrize(
    "words",
    [
        ["swan", "-pond"], ["-pond", "swan"], ["swan", "--limit", "70", "-pond"], ["--", "swan", "-pond"],
        ["swan -pond"], ["swan", "-pond", "--lim=70"],
    ],
)  # fmt: skip
def test_a_hyphen_leaves_a_word_out_wherever_it_stands(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    """As on the screen and over SSH, without `--`."""

    def total(*words: str) -> int:
        return int(json.loads(run(capsys, "--format", "json", *words)[1])["total"])

    assert total("swan") > total("swan", "-pond") > 0
    assert total("swan", "-pond") == total(*words)


@pytest.mark.parametrize(
    ("words", "query"), [(["-pond"], "-pond"), (["-kind:claim"], "-kind:claim"), (["-hatch"], "-hatch"), (["-5"], "-5")]
)
def test_a_query_may_be_of_a_word_that_is_left_out(
    capsys: pytest.CaptureFixture[str], words: list[str], query: str
) -> None:
    code, out, err = run(capsys, *words, "--format", "json")
    assert (OK, "", query) == (code, err, json.loads(out)["query"])


@pytest.mark.parametrize("words", [["--limt", "3", "swan"], ["swan", "--pond"]])
def test_an_option_that_is_none_is_no_word(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    code, out, err = run(capsys, *words)
    assert (USAGE, "") == (code, out)
    assert "unrecognized arguments: --" in err
    assert "see briefing search --help" in err


def test_other_folders(capsys: pytest.CaptureFixture[str], sample_folder: Path) -> None:
    code, out, _ = run(capsys, "--content", str(sample_folder.parent), "eleven")
    assert OK == code
    assert "in 1 briefing, 13 entries, 6 sources" in out
    code, out, _ = run(capsys, "eleven")
    assert "in 3 briefings" in out


@pytest.mark.parametrize(
    "words", [[], ["swan", "--limit", "-1"], ["swan", "--limit", "x"], ["swan", "--format", "xml"]]
)
def test_wrong_uses(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    code, _, err = run(capsys, *words)
    assert USAGE == code
    assert 1 == len(err.splitlines())


def test_what_begins_with_a_minus_stands_behind_two(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--", "-swan", "kind:claim")
    assert OK == code
    assert "#" in out


def test_unread(capsys: pytest.CaptureFixture[str]) -> None:
    assert OK == run(capsys, "is:unread", "kind:claim")[0]
    assert FINDINGS == run(capsys, "is:changed")[0]


def test_help_has_the_grammar(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["search", "--help"])
    out = capsys.readouterr().out
    assert not [name for name in FIELDS if f"{name}:" not in out]


def test_completion(capsys: pytest.CaptureFixture[str]) -> None:
    main(["completion", "words", "--", "search", "kind:cl"])
    assert "kind:claim\n" == capsys.readouterr().out
    main(["completion", "words", "--", "search", "--format", ""])
    assert "json\ntext\n" == capsys.readouterr().out


def test_a_damaged_index_is_said_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    _, before, _ = run(capsys, "swan")
    for path in (user_folders().cache).rglob("*.term"):
        path.write_bytes(b"nonsense")
    code, out, err = run(capsys, "swan")
    assert (OK, before) == (code, out)
    assert "briefing: The search index was damaged and is being rebuilt.\n" == err


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_is_shown_where_it_takes_long() -> None:
    now = iter([0.0, 0.1, 0.5, 0.6, 0.7])
    stream = Terminal()
    line = ProgressLine(stream, "Indexing", lambda: next(now))
    line.show(1, 4)
    assert "" == stream.getvalue()
    line.show(2, 4)
    assert "\rIndexing ████████████░░░░░░░░░░░░ 2 of 4\x1b[K" == stream.getvalue()
    line.show(2, 4)
    line.clear()
    assert stream.getvalue().endswith("4\x1b[K\r\x1b[K")
    silent = io.StringIO()
    ProgressLine(silent, "Indexing", lambda: 9.0).show(1, 2)
    assert "" == silent.getvalue()
