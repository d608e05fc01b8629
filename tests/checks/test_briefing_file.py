"""Checking and mending files: with held texts and lock, whole or not at all."""

import hashlib
from pathlib import Path

import pytest

from tests.unprivileged import bound_by_permissions
from tui.authoring import fixes as mending
from tui.authoring.errors import AuthoringError
from tui.authoring.fixes import mend
from tui.checks.briefing_file import Checked, briefings_at, check_file
from tui.checks.run import Choice

TEXT = "There were seven swans on the pond.\n"
TOML = f"""\
format = 1

[briefing]
id = "b"
title = "B"
bluf = "B."
lang = "en"
as_of = "2026"

[[source]]
id = "note"
type = "report"
url = "https://example.org/"
sha256 = "{hashlib.sha256(TEXT.encode()).hexdigest()}"
held = "note.txt"

# the first
[[claim]]
id = "a"
text = "A."
cite = [{{ source = "note", quote = "seven swans" }}]
conflicts = ["b"]

[[claim]]
id = "b"
text = "B."
cite = [{{ source = "note" }}]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Write a briefing with a held text and no lock."""
    folder = tmp_path / "content" / "b"
    (folder / "held").mkdir(parents=True)
    (folder / "held" / "note.txt").write_text(TEXT, encoding="utf-8")
    file = folder / "briefing.toml"
    file.write_text(TOML, encoding="utf-8")
    return file


def checked(path: Path, held: Path = Path("/nowhere")) -> Checked:
    """Check for what can be mended."""
    return check_file(path, held, "b.toml", Choice(select=("C011", "S005", "Q", "F")))


def rules(path: Path, held: Path = Path("/nowhere")) -> list[str]:
    """Give the rules that fire."""
    return [report.rule for report in checked(path, held).reports]


class TestCheck:
    def test_a_held_text_and_the_lock_are_read(self, path: Path) -> None:
        assert rules(path) == ["S005", "C011"]

    def test_a_text_that_the_user_holds_counts(self, path: Path, tmp_path: Path) -> None:
        digest = hashlib.sha256(TEXT.encode()).hexdigest()
        (path.parent / "held" / "note.txt").unlink()
        path.write_text(TOML.replace('held = "note.txt"\n', "").replace("seven swans", "six swans"), encoding="utf-8")
        (tmp_path / f"{digest}.txt").write_text(TEXT, encoding="utf-8")

        assert "Q001" not in rules(path)
        assert "Q001" in rules(path, tmp_path)

    def test_another_text_than_the_one_that_is_named(self, path: Path) -> None:
        (path.parent / "held" / "note.txt").write_text("Quite another text.\n", encoding="utf-8")

        assert {"S005", "Q001"} <= set(rules(path))

    @pytest.mark.parametrize("name", ["missing.toml", ""])
    def test_what_cannot_be_read_is_a_report(self, path: Path, name: str) -> None:
        [report] = checked(path.parent / name).reports

        assert (report.rule, report.line, report.file) == ("F001", 0, "b.toml")

    def test_problems_of_the_loader_are_reports(self, path: Path) -> None:
        path.write_text(TOML.replace("lang", "langg"), encoding="utf-8")

        assert set(rules(path)) == {"F001"}

    def test_lines_that_end_in_cr_lf_have_the_same_places(self, path: Path) -> None:
        before = checked(path).reports
        path.write_bytes(TOML.replace("\n", "\r\n").encode())

        assert checked(path).reports == before


class TestMend:
    def test_toml_and_lock(self, path: Path) -> None:
        assert mend(checked(path), Path("/nowhere")) == 2

        assert rules(path) == []
        assert path.read_text(encoding="utf-8") == TOML + 'conflicts = ["a"]\n'
        assert "[[quote]]" in (path.parent / "sources.lock").read_text(encoding="utf-8")

    def test_nothing_to_mend(self, path: Path) -> None:
        mend(checked(path), Path("/nowhere"))
        before = path.stat().st_mtime_ns

        assert mend(checked(path), Path("/nowhere")) == 0
        assert path.stat().st_mtime_ns == before

    def test_a_file_that_was_changed_meanwhile_is_left_alone(self, path: Path) -> None:
        found = checked(path)
        path.write_text(TOML + "# mine\n", encoding="utf-8")

        with pytest.raises(AuthoringError, match="changed meanwhile"):
            mend(found, Path("/nowhere"))

        assert path.read_text(encoding="utf-8") == TOML + "# mine\n"
        assert not (path.parent / "sources.lock").exists()

    def test_a_file_that_is_gone(self, path: Path) -> None:
        found = checked(path)
        path.unlink()

        with pytest.raises(AuthoringError, match="No such file"):
            mend(found, Path("/nowhere"))

    def test_a_file_that_is_read_only_is_left_alone(self, path: Path) -> None:
        path.chmod(0o444)

        with pytest.raises(AuthoringError, match="read-only"):
            mend(checked(path), Path("/nowhere"))

        assert path.read_text(encoding="utf-8") == TOML

    def test_permissions_and_links_stay(self, path: Path, tmp_path: Path) -> None:
        path.chmod(0o640)
        real = path.rename(tmp_path / "real.toml")
        path.symlink_to(real)

        assert mend(checked(path), Path("/nowhere")) == 2

        assert path.is_symlink()
        assert real.stat().st_mode & 0o777 == 0o640
        assert rules(path) == []

    def test_a_write_that_fails_leaves_the_file_whole(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails(target: Path, _data: bytes, _before: bytes) -> None:
            raise AuthoringError(f"{target}: cannot be written: disk full")

        monkeypatch.setattr(mending, "write_whole", fails)

        with pytest.raises(AuthoringError, match="disk full"):
            mend(checked(path), Path("/nowhere"))

        assert path.read_text(encoding="utf-8") == TOML


class TestBriefingsAt:
    def test_every_way_of_naming_one(self, path: Path) -> None:
        folder = path.parent
        lock = folder / "sources.lock"
        lock.touch()

        for name in (path, folder, folder.parent, lock, folder / "held" / "note.txt"):
            assert briefings_at(name) == [path]

    def test_none(self, path: Path, tmp_path: Path) -> None:
        assert briefings_at(tmp_path / "nothing") is None
        assert briefings_at(path.parent / "held") is None
        assert briefings_at(Path("a\x00b")) is None
        assert briefings_at(Path("x" * 5000)) is None


def test_a_quote_in_other_signs_is_mended_once_and_for_all(path: Path) -> None:
    """With its lock, so that nothing is left to be mended."""
    text = "She said: “It’s closed – until\nspring”.\n"
    old = hashlib.sha256(TEXT.encode()).hexdigest()
    toml = TOML.replace(old, hashlib.sha256(text.encode()).hexdigest()).replace('"b"]', '"b"] # kept')
    (path.parent / "held" / "note.txt").write_text(text, encoding="utf-8", newline="\n")
    wrong = toml.replace('"seven swans"', '"It\'s closed - until spring"')
    path.write_text(wrong, encoding="utf-8")

    mend(check_file(path, Path("/nowhere"), "b.toml", Choice(select=("Q", "S005"))), Path("/nowhere"))

    assert wrong.replace("It's closed -", "It’s closed –") == path.read_text(encoding="utf-8")
    assert check_file(path, Path("/nowhere"), "b.toml", Choice(select=("Q", "S005"))).reports == []


def test_a_folder_that_cannot_be_read_is_named_itself(tmp_path: Path) -> None:
    folder = tmp_path / "away"
    folder.mkdir()
    folder.chmod(0)
    try:
        with bound_by_permissions():
            [report] = check_file(folder / "briefing.toml", tmp_path, "away/briefing.toml").reports
    finally:
        folder.chmod(0o700)
    assert (report.file, report.message) == ("away", "the folder cannot be read: permission denied")
    assert report.remedy == "mend its permissions"
