"""The release script refuses what is no release, each time with one line that says what to do."""

import shutil
import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Create a small repository with the script, a version and a changelog."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(TOP / ".ci/release", tmp_path / ".ci/release")
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.3"\n')
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n\n## 1.2.3 — 2026-01-02\n\n## 1.2 — soon\n")
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Begin"], ["tag", "v1.2.3"]):
        subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *words], cwd=tmp_path, check=True)
    return tmp_path


def refusal(copy: Path, *words: str) -> str:
    """Run the script, which refuses, and return its line."""
    done = subprocess.run([".ci/release", *words], cwd=copy, capture_output=True, text=True, check=False, timeout=60)
    assert (1, "", 1) == (done.returncode, done.stdout, done.stderr.count("\n"))
    return done.stderr


def test_changes_are_refused(copy: Path) -> None:
    (copy / "new").touch()
    assert "the working copy has changes" in refusal(copy, "1.2.3")


def test_another_version_is_refused(copy: Path) -> None:
    assert 'set version = "9.9.9"' in refusal(copy, "--dry-run", "9.9.9")


def test_a_version_without_a_changelog_is_refused(copy: Path) -> None:
    (copy / "pyproject.toml").write_text('[project]\nversion = "1.2"\n')
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qam", "x"], cwd=copy, check=True
    )
    assert "«## 1.2 — YYYY-MM-DD»" in refusal(copy, "1.2")


def test_a_tag_is_never_moved(copy: Path) -> None:
    assert "the tag v1.2.3 is there already" in refusal(copy, "1.2.3")


def test_the_version_of_the_program_has_its_changes_told() -> None:
    """What pyproject calls the version has a heading in the changelog, as a release needs it."""
    version = (TOP / "pyproject.toml").read_text(encoding="utf-8").partition('version = "')[2].partition('"')[0]
    assert f"\n## {version} — " in (TOP / "CHANGELOG.md").read_text(encoding="utf-8")
