"""`briefing import`: a text becomes a draft that loads, with its text held."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Done
from tests.library.extracting.pdfs import pdf
from tui.briefing.loader import load_file
from tui.library.paths import user_folders

Run = Callable[..., Done]
HARBOUR = Path(__file__).parents[1] / "importing" / "texts" / "harbour.txt"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """Give a text of our own."""
    return Path(shutil.copy(HARBOUR, tmp_path / "harbour.txt"))


def test_a_text_becomes_a_draft_whose_quotes_are_found(run: Run, text: Path) -> None:
    done = run("import", text, "--as", "harbour")
    path = user_folders().own_content / "harbour" / "briefing.toml"
    sha256 = hashlib.sha256(text.read_bytes()).hexdigest()
    assert (0, "") == (done.code, done.err)
    assert done.out.splitlines()[0] == str(path)
    assert "Proposed, every one a draft for you to settle: " in done.out
    assert f"Held the text of text as {sha256}.txt." in done.out
    loaded = load_file(path)
    assert loaded.briefing is not None
    assert all(entry.draft for entry in loaded.briefing.entries())
    shown = run("show", "harbour", "--pane", "claims").out
    assert "draft, to be settled" in shown
    assert "drafts to be settled" in run("show", "harbour", "--pane", "overview").out
    assert "Checked: the quote stands in paragraph 3 of the text" in run("show", "harbour#claim-1").out


def test_the_draft_has_no_error_and_every_entry_is_reported(run: Run, text: Path) -> None:
    run("import", text, "--as", "harbour")
    done = run("check", "harbour", "--format", "json")
    assert done.code == 0
    loaded = load_file(user_folders().own_content / "harbour" / "briefing.toml").briefing
    assert loaded is not None
    assert done.out.count('"D001"') >= len(loaded.entries())


def test_a_pdf_is_drafted_from_too(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "note.pdf"
    file.write_bytes(pdf(["Officials said that the swans may leave the pond.", "Nobody has counted them."]))
    assert run("import", file, "--as", "note").code == 0
    assert "Officials said that the swans may leave" in run("show", "note", "--pane", "claims").out


def test_nothing_is_overwritten(run: Run, text: Path, tmp_path: Path) -> None:
    run("import", text, "--as", "harbour", "--in", tmp_path)
    before = (tmp_path / "harbour" / "briefing.toml").read_bytes()
    done = run("import", text, "--as", "harbour", "--in", tmp_path)
    assert (1, 1) == (done.code, len(done.err.splitlines()))
    assert before == (tmp_path / "harbour" / "briefing.toml").read_bytes()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nowhere.txt", "--as", "x"], 1, "there is no such file"),
        (["nowhere.txt", "--as", "X"], 2, "is no id"),
        (["nowhere.txt", "--as", "handbook"], 2, "has a briefing 'handbook' already"),
        (["nowhere.txt"], 2, "one of the arguments --as --into is required"),
    ],
)
def test_wrong_uses(run: Run, words: list[str], code: int, said: str) -> None:
    done = run("import", *words)
    assert (code, "", 1) == (done.code, done.out, len(done.err.splitlines()))
    assert said in done.err


def test_a_text_that_deceives_leaves_nothing_behind(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("seven \u202esnaws", encoding="utf-8")
    done = run("import", file, "--as", "swans", "--title", "Swans")
    assert done.code == 1
    assert "U+202E" in done.err
    assert not user_folders().own_content.exists()


def test_a_language_without_lists(run: Run, text: Path) -> None:
    said = run("import", text, "--as", "h", "--lang", "xx").out
    assert "claims 0, views 0, recommendations 0, paragraphs as background 14." in said
    assert "There are no word lists for 'xx', so no claims were looked for." in said


def test_a_title_of_ones_own(run: Run, text: Path) -> None:
    run("import", text, "--as", "harbour", "--title", "Mud")
    assert run("show", "harbour").out.startswith("Mud\n")


class TestInto:
    """`--into`: a source and its drafts, behind what the briefing has."""

    @pytest.fixture
    def pond(self, shelf: Callable[..., Path], tiny: Callable[..., str]) -> Path:
        """Give a briefing with a source, and entries under the ids that drafts would have."""
        tables = (
            '# mine\n[[source]]\nid = "harbour"\ntype = "report"\ntitle = "Another one"\n\n'
            '[[claim]]\nid = "claim-1"\ntext = "One."\nby = "x" # of one\n\n'
            '[[question]]\nid = "claim-3"\ntext = "Why?"\n# the end\n'
        )
        return shelf(pond=tiny(tables, id="pond")) / "pond" / "briefing.toml"

    def test_drafts_stand_behind_the_present_entries(self, run: Run, text: Path, pond: Path) -> None:
        before = pond.read_text()
        done = run("import", text, "--into", "pond", "--content", pond.parents[1])
        assert (0, "") == (done.code, done.err)
        loaded = load_file(pond)
        assert loaded.briefing is not None
        assert ["harbour", "harbour-2"] == [source.id for source in loaded.briefing.source]
        first, *drafts = loaded.briefing.claim
        assert ("claim-1", False) == (first.id, first.draft)
        assert all(entry.draft for entry in drafts)
        assert ["claim-2", "claim-4"] == [entry.id for entry in drafts[:2]]
        assert {"harbour-2"} == {cited.source for entry in drafts for cited in entry.cite}
        # What was there is there, line for line.
        left = iter(pond.read_text().splitlines())
        assert all(line in left for line in before.splitlines())
        assert "Checked: the quote stands" in run("show", "pond#claim-2", "--content", pond.parents[1]).out

    def test_the_same_text_is_not_added_twice(self, run: Run, text: Path, pond: Path) -> None:
        run("import", text, "--into", "pond", "--content", pond.parents[1])
        before = pond.read_bytes()
        done = run("import", text, "--into", "pond", "--content", pond.parents[1])
        assert 1 == done.code
        assert "is the text of the source 'harbour-2' already" in done.err
        assert before == pond.read_bytes()

    @pytest.mark.parametrize(
        ("only", "kinds"), [("claims", {"claim"}), ("view,recommendations", {"view", "recommendation"})]
    )
    @pytest.mark.parametrize("way", ["--into", "--as"])
    def test_only_some_kinds(self, run: Run, text: Path, pond: Path, only: str, kinds: set[str], way: str) -> None:
        name = "pond" if way == "--into" else "new"
        assert 0 == run("import", text, way, name, "--only", only, "--content", pond.parents[1]).code
        loaded = load_file(pond.parents[1] / name / "briefing.toml").briefing
        assert loaded is not None
        assert kinds == {type(entry).__name__.lower() for entry in loaded.entries() if entry.draft}

    @pytest.mark.parametrize(
        ("words", "code", "said"),
        [
            (("--into", "pond", "--only", "claims,sorrows"), 2, "'sorrows' is no kind"),
            (("--into", "pond", "--as", "other"), 2, "not allowed with"),
            (("--into", "pond", "--in", "."), 2, "--in is for a new briefing"),
            (("--into", "nowhere"), 2, "there is no briefing 'nowhere'"),
            ((), 2, "one of the arguments --as --into is required"),
        ],
    )
    def test_what_is_wrong_is_said(
        self, run: Run, text: Path, pond: Path, words: tuple[str, ...], code: int, said: str
    ) -> None:
        before = pond.read_bytes()
        done = run("import", text, *words, "--content", pond.parents[1])
        assert code == done.code
        assert said in done.err
        assert before == pond.read_bytes()
