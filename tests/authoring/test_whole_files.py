"""The author's commands on a file of format 2 that has every key: what is meant changes, and nothing else."""

import hashlib
import re
from pathlib import Path

import pytest
import tomli

from tests.whole import WHOLE
from tui.authoring.errors import AuthoringError
from tui.authoring.renames import rename
from tui.briefing import lock
from tui.briefing.kinds import KINDS, TABLES
from tui.briefing.loader import load_bytes, load_file
from tui.briefing.salvage import salvaged
from tui.briefing.traversal import rows_of
from tui.cli.program import main

DATA = tomli.loads(WHOLE)
IDS = [row.values["id"] for row in rows_of(DATA)]
LEDGER = "The ledger\n\nOn the quay lay 120 casks, and no more.\n"
NEWLINES = pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])


def written(folder: Path, newline: str = "\n", text: str = WHOLE) -> Path:
    """Write the file with one kind of line breaks."""
    path = folder / "whole" / "briefing.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.replace("\n", newline).encode())
    return path


def is_kept(before: str, after: str) -> bool:
    """Whether every line is still there, in the same order."""
    left = iter(after.splitlines())
    return all(line in left for line in before.splitlines())


class TestRename:
    @NEWLINES
    @pytest.mark.parametrize("name", IDS)
    def test_every_mention_of_an_id_moves_and_nothing_else(self, tmp_path: Path, name: str, newline: str) -> None:
        path = written(tmp_path, newline)
        rename(path, name, "zz-new")
        after = path.read_bytes().decode()
        assert load_file(path).problems == ()
        former = re.search(rf'was = \[(?:"([^"]+)", )?"{name}"\]', after)
        assert former
        with_id = (
            after.replace(former[0], f'was = ["{former[1]}"]') if former[1] else after.replace(former[0] + newline, "")
        )
        assert with_id.replace("zz-new", name) == WHOLE.replace("\n", newline)

    @pytest.mark.parametrize(
        ("name", "keys"),
        [
            ("few-casks", {"about[2]", "bluf", "moves[1].to", "rests_on[1]", "rests_on[1].to", "text"}),
            ("ledger-says", {"for[1]", "why", "entries[1]", "conflicts[1].to", "rests_on[1]"}),
            ("how-many", {"answers", "text"}),
            ("gazette-says", {"against[2]", "entries[1]"}),
            ("carts", {"for[2].to", "about[1]", "entry", "supports[1].to"}),
            ("post-says", {"against[1].to", "entries[2]", "conflicts[1].to", "undercuts[1].to"}),
            ("captain", {"about[1]", "by", "who", "actor", "descriptor"}),
            ("captain-in-march", {"origin"}),
            ("ledger", {"source", "origin[2]"}),
        ],
    )
    def test_an_id_is_found_in_every_key_that_may_name_it(self, name: str, keys: set[str]) -> None:
        from tui.briefing.mentions import mentions
        from tui.briefing.problems import key_text

        found = {key_text(mention.path) for mention in mentions(DATA, name)}
        assert {key for path in found for key in keys if path.endswith(key)} == keys
        assert [path for path in found if not path.endswith(tuple(keys))] == []

    @NEWLINES
    @pytest.mark.parametrize(("name", "mentions"), [("none", 2), ("few", 2), ("hundreds", 1)])
    def test_a_position(self, tmp_path: Path, name: str, mentions: int, newline: str) -> None:
        path = written(tmp_path, newline)
        assert rename(path, f"how-many#{name}", "zz-new").mentions == mentions
        after = path.read_bytes().decode()
        loaded = load_bytes(after.encode(), "b").briefing
        assert loaded
        assert "zz-new" in [position.id for position in loaded.question[0].positions]
        assert after.replace("zz-new", name) == WHOLE.replace("\n", newline)

    @pytest.mark.parametrize(
        ("name", "new", "said"),
        [
            ("how-many#fwe", "x", "'how-many' has no position 'fwe'; did you mean 'few'?"),
            ("how-many#few", "none", "'how-many' has a position 'none' already"),
            ("how-mny#few", "x", "did you mean 'how-many'?"),
            ("who-paid#few", "x", "'who-paid' has no position 'few'; add positions"),
            ("carts#few", "x", "'carts' has no position 'few'"),
        ],
    )
    def test_a_position_that_cannot_be_renamed(self, tmp_path: Path, name: str, new: str, said: str) -> None:
        path = written(tmp_path)
        with pytest.raises(AuthoringError, match=re.escape(said)):
            rename(path, name, new)
        assert path.read_text() == WHOLE

    @pytest.mark.parametrize("new", ["fewer", "how-many#fewer", "whole#how-many#fewer"])
    def test_a_position_by_the_command(self, tmp_path: Path, capsys: pytest.CaptureFixture[str], new: str) -> None:
        path = written(tmp_path)
        assert main(["rename", "whole#how-many#few", new, "--content", str(tmp_path)]) == 0
        said = f"Renamed whole#how-many#few to whole#how-many#fewer, and 2 mentions of it in {path}.\n"
        assert capsys.readouterr().out == said
        assert 'answers = "how-many#fewer"' in path.read_text()


class TestSalvage:
    @pytest.mark.parametrize("table", TABLES)
    def test_a_table_with_a_fault_costs_no_other(self, table: str) -> None:
        broken = WHOLE.replace(f"[[{table}]]\n", f"[[{table}]]\nunknown = 1\n", 1)
        saved = salvaged(broken)
        assert saved.briefing.format == 2
        assert saved.sound == broken
        for name in TABLES:
            want = [row["id"] for row in DATA[name]][(name == table) :]
            assert [one.id for one in saved.briefing.tables(name)] == want

    @pytest.mark.parametrize("table", TABLES)
    def test_a_table_that_is_no_toml_costs_no_other(self, table: str) -> None:
        broken = WHOLE.replace(f"[[{table}]]\n", f"[[{table}]]\nunknown = = 1\n", 1)
        saved = salvaged(broken)
        assert len(saved.sound) == len(broken)
        lost = DATA[table][0]["id"]
        ids = {one.id for name in (*KINDS, "source", "entity", "origin") for one in saved.briefing.tables(name)}
        assert set(IDS) - ids == {lost}

    def test_a_fault_within_costs_its_table(self) -> None:
        for old, lost in (
            ('way = "up"', "books-out"),
            ("weak = true", "few-casks"),
            ('entry = "cellar"', "how-many"),
        ):
            saved = salvaged(WHOLE.replace(old, f"{old.split()[0]} = 3", 1)).briefing
            assert set(IDS) - {one.id for name in TABLES for one in saved.tables(name)} == {lost}


class TestHold:
    FAULTS = (
        "",
        '\n[[judgment]]\nid = = "x"\n',
        '\n[[indicator]]\nid = "x"\ntxet = "y"\n',
        "\n[[judgment]]\nid = 'y'\n",
    )

    @NEWLINES
    @pytest.mark.parametrize("fault", FAULTS, ids=["sound", "no TOML", "an unknown key", "a judgment of nothing"])
    def test_the_hash_is_written_and_the_quote_of_an_indicator_locked(
        self, tmp_path: Path, newline: str, fault: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path, file = written(tmp_path, newline, WHOLE + fault), tmp_path / "ledger.txt"
        file.write_text(LEDGER)
        assert main(["hold", str(path), "ledger", str(file)]) == 0
        assert "quotes found: 1" in capsys.readouterr().out
        line = f'sha256 = "{hashlib.sha256(LEDGER.encode()).hexdigest()}"{newline}'
        after = path.read_bytes().decode()
        assert after.count(line) == 1
        assert after.replace(line, "") == (WHOLE + fault).replace("\n", newline)
        assert [key.source for key in lock.read(path.with_name("sources.lock")).quotes] == ["ledger"]

    def test_a_footnote_is_written_for_words_of_the_text(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path, file = written(tmp_path), tmp_path / "ledger.txt"
        file.write_text(LEDGER)
        main(["hold", str(path), "ledger", str(file)])
        capsys.readouterr()
        assert main(["quote", "--content", str(tmp_path), "whole", "ledger", "and no more"]) == 0
        line = capsys.readouterr().out
        cited = WHOLE.replace('{ source = "ledger", quote = "120 casks" }', line.strip())
        assert load_bytes(cited.encode(), "b").problems == ()


class TestAdd:
    @NEWLINES
    @pytest.mark.parametrize("kind", TABLES)
    def test_an_entry_goes_behind_its_kind(
        self, tmp_path: Path, kind: str, newline: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = written(tmp_path, newline)
        assert main(["add", kind, str(path)]) == 0, capsys.readouterr().err
        after = path.read_bytes().decode()
        loaded = load_file(path)
        assert loaded.problems == ()
        assert loaded.briefing
        assert loaded.briefing.tables(kind)[-1].id == f"new-{kind}"
        assert is_kept(WHOLE, after)
        assert after.count("\n") == after.count(newline)
        following = WHOLE[WHOLE.rindex(f"[[{kind}]]") :].split("\n[[")[1:]
        assert after.index(f'"new-{kind}"') > after.replace("\r\n", "\n").index(f'"{DATA[kind][-1]["id"]}"')
        assert not following or after.index(f'"new-{kind}"') < after.rindex(following[-1].splitlines()[0])


def test_a_text_is_imported_into_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, file = written(tmp_path, "\r\n"), tmp_path / "port.txt"
    file.write_text("The port\n\nThe harbour master said that 40 casks may be missing.\n\nTowns should count them.\n")
    assert main(["import", str(file), "--into", str(path)]) == 0
    assert "Proposed, every one a draft" in capsys.readouterr().out
    after = path.read_bytes().decode()
    assert is_kept(WHOLE, after)
    assert after.count("\n") == after.count("\r\n")
    loaded = load_file(path)
    assert loaded.problems == ()
    assert loaded.briefing
    drafts = [entry for entry in loaded.briefing.entries() if entry.draft and entry.id != "no-rain"]
    assert drafts
    assert {entry.cited()[0][1].source for entry in drafts} == {"port"}
