"""Editing a briefing's file in place."""

from pathlib import Path

import pytest

from tests.conftest import HEADER
from tui.authoring.errors import AuthoringError
from tui.authoring.own_file import read_own
from tui.briefing.files import FILE_NAME
from tui.briefing.toml_edits import Insert


def test_an_edit_that_makes_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / FILE_NAME
    path.write_text(HEADER, encoding="utf-8")
    before = path.read_bytes()
    monkeypatch.setattr("tui.authoring.own_file.MAX_BRIEFING_BYTES", len(before) + 10)
    with pytest.raises(AuthoringError, match="larger than 0 MiB; nothing was changed"):
        read_own(path).edit([Insert('[[source]]\nid = "a"\ntitle = "A"\n', "source")])
    assert before == path.read_bytes()
