"""Files that somebody else may have laid there."""

import os
import socket
from pathlib import Path

import pytest

from tui.briefing import files
from tui.briefing.files import UnreadableFileError, inside, read_bounded


class TestInside:
    def test_a_plain_name(self, tmp_path: Path) -> None:
        assert inside(tmp_path, "a.txt") == tmp_path.resolve() / "a.txt"

    def test_a_name_in_a_folder_below(self, tmp_path: Path) -> None:
        assert inside(tmp_path, "b/a.txt") == tmp_path.resolve() / "b" / "a.txt"

    @pytest.mark.parametrize("name", ["../a", "a/../../b", "/etc/passwd", "..", "a\x00b"])
    def test_a_name_that_leaves(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(UnreadableFileError, match=r"leaves its folder .*; write a plain file name"):
            inside(tmp_path, name)

    def test_a_link_that_leaves(self, tmp_path: Path) -> None:
        (tmp_path / "held").mkdir()
        (tmp_path / "held" / "link").symlink_to("/etc")

        with pytest.raises(UnreadableFileError, match="leaves its folder held/"):
            inside(tmp_path / "held", "link/passwd")

    def test_a_folder_that_is_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "held").symlink_to("/etc")

        with pytest.raises(UnreadableFileError, match="leaves its folder held/"):
            inside(tmp_path / "held", "passwd")

    def test_a_folder_below_a_link(self, tmp_path: Path) -> None:
        """Where the whole library is reached by a link, nothing leaves it."""
        (tmp_path / "real" / "held").mkdir(parents=True)
        (tmp_path / "link").symlink_to("real")

        assert inside(tmp_path / "link" / "held", "a") == tmp_path.resolve() / "real" / "held" / "a"

    def test_a_link_that_stays(self, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to("a.txt")

        assert inside(tmp_path, "link") == tmp_path.resolve() / "a.txt"

    def test_links_in_a_circle(self, tmp_path: Path) -> None:
        (tmp_path / "one").symlink_to("two")
        (tmp_path / "two").symlink_to("one")

        with pytest.raises(UnreadableFileError):
            read_bounded(inside(tmp_path, "one"), 10)

    def test_a_loop_that_the_system_reports(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Python 3.11 and 3.13 differ in what they raise."""

        def resolve(_self: Path) -> Path:
            raise RuntimeError

        monkeypatch.setattr(Path, "resolve", resolve)

        with pytest.raises(UnreadableFileError, match="its links lead nowhere"):
            inside(tmp_path, "one")


class TestReadBounded:
    def test_up_to_the_limit(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"1234")

        assert read_bounded(tmp_path / "a", 4) == b"1234"

    def test_over_the_limit(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"x" * 2_097_153)

        with pytest.raises(UnreadableFileError, match=r"^is larger than 2 MiB; split it$"):
            read_bounded(tmp_path / "a", 2_097_152)

    def test_a_socket(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)  # a socket's path is short
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("s")

            with pytest.raises(UnreadableFileError):
                read_bounded(Path("s"), 10)

    def test_no_file_stays_open(self, tmp_path: Path) -> None:
        """Refusing a folder a thousand times leaves no descriptor behind."""
        for _ in range(1000):
            with pytest.raises(UnreadableFileError, match="is a folder"):
                read_bounded(tmp_path, 10)

        descriptor = os.open(tmp_path, os.O_RDONLY)
        os.close(descriptor)
        assert descriptor < 500

    def test_the_limits_are_generous(self) -> None:
        assert files.MAX_BRIEFING_BYTES >= 5 * 12_000_000
        assert files.MAX_HELD_BYTES > 6_000_000
