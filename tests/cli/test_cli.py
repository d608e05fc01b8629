"""The commands without a terminal: what they write, their exit codes, and their one-line errors."""

import fcntl
import hashlib
import json
import os
import shlex
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.conftest import TOP, Done
from tui.briefing.characters import FORBIDDEN
from tui.briefing.kinds import PANES
from tui.briefing.schema import schema_text
from tui.cli import list_
from tui.cli.commands import BY_NAME
from tui.library.paths import user_folders
from tui.library.volume import Volume
from tui.reader import launch
from tui.reader.app import BriefingApp
from tui.render import selection
from tui.render.exports import EXPORTS, names_for
from tui.render.views import VIEWS
from tui.state.records import Location
from tui.state.stores import FILE_NAME, open_state

Run = Callable[..., Done]
Shelf = Callable[..., Path]
BROKEN = "format = 1\n[briefing]\nid = 5\n"


def one_line(done: Done) -> str:
    """Give the one line of a wrong use; there is no output beside it."""
    assert (2, "") == (done.code, done.out)
    assert done.err.startswith("briefing: ")
    assert 1 == done.err.count("\n")
    return done.err.removeprefix("briefing: ").rstrip("\n")


# list


def test_list_names_the_bundled_briefings(run: Run) -> None:
    done = run("list")
    assert (0, "") == (done.code, done.err)
    assert {"handbook", "dprk-missiles"} <= set(done.out.split("\n"))


def test_list_as_json(run: Run, sample_folder: Path) -> None:
    done = run("list", "--content", sample_folder.parent, "--format", "json")
    [row] = json.loads(done.out)["briefings"]
    assert ("sample", "Swans on a pond", "2026-11-22", []) == (row["id"], row["title"], row["as_of"], row["problems"])
    assert 3 == row["counts"]["claim"]


def test_list_as_markdown(run: Run, sample_folder: Path) -> None:
    done = run("list", "--content", sample_folder.parent, "--format=markdown")
    assert done.out.startswith("- **Swans on a pond** (`sample`, 22 November 2026): 3 claims")
    assert 1 == done.out.count("\n")


def test_list_of_an_empty_folder(run: Run, tmp_path: Path) -> None:
    hint = f"briefing: {tmp_path}: holds no briefing, which is a folder with a briefing.toml in it; briefing new makes one\n"
    assert Done(0, "No briefings.\n", hint) == run("list", "--content", tmp_path)
    done = run("list", "--content", tmp_path, "--format", "json")
    assert (0, [], hint) == (done.code, json.loads(done.out)["briefings"], done.err)


@pytest.mark.parametrize("command", [["list"], ["search", "swans"], ["list", "--format", "json"]])
def test_the_folder_of_one_briefing_is_no_content_folder_and_says_so(
    run: Run, sample_folder: Path, command: list[str]
) -> None:
    done = run(*command, "--content", sample_folder)
    said = f"briefing: {sample_folder}: is the folder of one briefing; name the one above it, {sample_folder.parent}\n"
    assert (done.code, done.err) == (1, said)
    assert "No briefings" not in done.out
    assert "0 hits" not in done.out


def test_several_folders_are_read(run: Run, shelf: Shelf, sample_folder: Path) -> None:
    done = run("list", "--content", shelf(one=None), "--content", sample_folder.parent, "--format", "json")
    assert {"one", "sample"} == {row["id"] for row in json.loads(done.out)["briefings"]}


def test_a_broken_briefing_stands_beside_the_good_ones(run: Run, shelf: Shelf) -> None:
    root = shelf(good=None, broken=BROKEN)
    done = run("list", "--content", root)
    assert 1 == done.code
    assert {"good", "broken"} <= set(done.out.split("\n"))
    assert "cannot be opened" in done.out
    (said,) = done.err.splitlines()
    again = run("show", "good", "--content", root)
    assert (0, "") == (again.code, again.err)
    bad = run("show", "broken", "--content", root)
    assert (1, "") == (bad.code, bad.out)
    first, *others = bad.err.splitlines()
    assert said == f"{first} (and {len(others)} more; see briefing check {root}/broken/briefing.toml)"


def test_a_file_in_another_encoding_is_one_line(run: Run, shelf: Shelf) -> None:
    path = shelf(good=None) / "good" / "briefing.toml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    root = path.parents[1]
    said = "briefing: shelf/good/briefing.toml:1:1: is UTF-16; save it as UTF-8\n"
    assert said == run("list", "--content", root).err
    assert said == run("show", "good", "--content", root).err


# show


def test_show_writes_every_pane(run: Run, missiles: Volume) -> None:
    done = run("show", "dprk-missiles")
    assert (0, "") == (done.code, done.err)
    lines = done.out.split("\n")
    for title in (
        missiles.edition.title,
        "Background",
        "Claims",
        "Expert views",
        "Recommendations",
        "Sources",
        "Evidence",
        "Questions",
    ):
        assert title in lines
    for entry in missiles.edition.entries:
        assert any(line.lstrip().startswith(f"{entry.number} ") for line in lines), entry.number


@pytest.mark.parametrize("pane", [*selection.pane_names()])
@pytest.mark.parametrize("written", names_for("briefing"))
def test_show_writes_a_pane_in_every_format(run: Run, sample_folder: Path, pane: str, written: str) -> None:
    done = run("show", "sample", "--pane", pane, "--format", written, "--content", sample_folder.parent)
    if EXPORTS[written].refusal(pane, ""):
        assert (2, "") == (done.code, done.out)
        return
    assert (0, "") == (done.code, done.err)
    if written == "json":
        kinds = PANES[pane].kinds if pane in PANES else ()
        text = (sample_folder / "briefing.toml").read_text()
        assert bool(json.loads(done.out)["content"]) == (not kinds or any(f"[[{kind}]]" in text for kind in kinds))
    else:
        assert done.out.split("\n")[0].removeprefix("# ")


def test_an_export_of_some_panes_refuses_the_others(
    run: Run, monkeypatch: pytest.MonkeyPatch, sample_folder: Path
) -> None:
    limited = EXPORTS["json"]._replace(panes=("claims", "views"))
    monkeypatch.setitem(EXPORTS, "json", limited)
    for words, code in (("sample", 0), ("sample --pane views", 0), ("sample --pane sources", 2), ("sample#seven", 2)):
        done = run("show", *words.split(), "--format", "json", "--content", sample_folder.parent)
        assert code == done.code
        if code:
            assert "json has claims, views alone; write --pane claims or another --format" in done.err


@pytest.mark.parametrize(
    ("name", "words"),
    [("seven", "The book has seven swans."), ("pond", "“The Pond Book.”"), ("keeper", "Ann Keeper")],
    ids=["entry", "source", "entity"],
)
def test_show_writes_an_entry_a_source_or_an_entity(run: Run, sample_folder: Path, name: str, words: str) -> None:
    for written in ("text", "markdown"):
        done = run("show", f"sample#{name}", "--format", written, "--content", sample_folder.parent)
        assert (0, "") == (done.code, done.err)
        assert words.casefold()[1:-2] in done.out.casefold()
    found = json.loads(run("show", f"sample#{name}", "--format", "json", "--content", sample_folder.parent).out)
    assert name == found["id"]


def test_show_of_a_pane_is_a_part_of_show(run: Run) -> None:
    whole = run("show", "handbook").out
    for pane in selection.pane_names():
        written = run("show", "handbook", "--pane", pane).out
        # The views of the evidence say again what the panes say: the whole has the way to them alone.
        assert (written if pane != "evidence" else written.partition(f"\n{VIEWS[0].title}\n")[0]) in whole


def test_show_of_the_evidence_has_all_its_views(run: Run) -> None:
    whole = run("show", "handbook", "--pane", "evidence").out
    for name in selection.view_names():
        written = run("show", "handbook", "--pane", name).out
        assert written in whole
        assert run("show", "handbook", "--pane", name, "--format", "markdown").out.startswith("# ")
        found = json.loads(run("show", "handbook", "--pane", name, "--format", "json").out)["content"]
        assert [name.partition(":")[2]] == list(found)


def test_show_takes_a_path(run: Run, sample_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by_id = run("show", "sample", "--content", sample_folder.parent)
    assert by_id == run("show", sample_folder)
    assert by_id == run("show", sample_folder / "briefing.toml")
    monkeypatch.chdir(sample_folder)
    assert by_id == run("show", ".")
    assert by_id == run("show", "briefing.toml")
    assert run("show", "briefing.toml#seven").out.startswith("Claim C1")


def test_show_of_a_path_that_is_not_there(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "none.toml"
    assert Done(1, "", f"briefing: {path}: there is no such file; check its name\n") == run("show", path)


# Widths


@pytest.mark.parametrize("columns", [1, 20, 40, 80, 200])
def test_lines_are_as_wide_as_columns_says(run: Run, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for pane in ("claims", "sources"):
        body = run("show", "handbook", "--pane", pane).out.split("\n")[1:]
        assert max(map(cell_len, body)) <= max(columns, 10)
        assert max(map(cell_len, body)) > columns / 2


@pytest.mark.parametrize("columns", ["", "0", "-5", "wide", "²", "1e3", "9" * 5000, " 80"])
def test_columns_that_say_nothing_leave_80(run: Run, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setattr(os, "get_terminal_size", lambda _descriptor: (_ for _ in ()).throw(OSError))
    monkeypatch.setenv("COLUMNS", "80")
    expected = run("show", "handbook", "--pane", "claims")
    monkeypatch.setenv("COLUMNS", columns)
    assert expected == run("show", "handbook", "--pane", "claims")


def test_a_pipe_from_a_terminal_is_as_wide_as_the_terminal() -> None:
    """The output is a pipe; the terminal is still there behind the errors."""
    master, slave = os.openpty()
    try:
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 44, 0, 0))
        command = [sys.executable, "-m", "tui", "show", "handbook", "--pane", "claims"]
        done = subprocess.run(
            command, cwd=TOP, stdin=slave, stdout=subprocess.PIPE, stderr=slave, check=True, text=True
        )
        assert 30 < max(map(cell_len, done.stdout.split("\n"))) <= 44
    finally:
        os.close(slave)
        os.close(master)


# The reader, where there is no terminal


def test_briefing_alone_writes_the_list_to_a_pipe(run: Run) -> None:
    assert run("list") == run()


def test_briefing_of_an_id_writes_it_to_a_pipe(run: Run) -> None:
    assert run("show", "handbook") == run("handbook") == run("open", "handbook")
    [entry] = [line for line in run("list", "--format", "json").out.splitlines() if '"handbook"' in line]
    assert entry
    assert run("show", "dprk-missiles#hundreds") == run("dprk-missiles#hundreds")


# Errors on one line


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("show handbok", "there is no briefing 'handbok'; did you mean 'handbook'?"),
        ("handbok", "there is no briefing 'handbok'; did you mean 'handbook'?"),
        ("show zzzzzz", "there is no briefing 'zzzzzz'; see briefing list"),
        ("show dprk-missiles#hundred", "'dprk-missiles' has no entry 'hundred'; did you mean 'hundreds'?"),
        ("show handbook#zzzzzz", "'handbook' has no entry 'zzzzzz'; see briefing show handbook"),
        ("show #x", "'#x' names no briefing; write ID or ID#ENTRY, see briefing list"),
        ("show ''", "'' names no briefing; write ID or ID#ENTRY, see briefing list"),
        ("show", "the following arguments are required: ID[#ENTRY]; see briefing show --help"),
        ("show a b", "unrecognized arguments: b; see briefing show --help"),
        ("list --colour", "unrecognized arguments: --colour; see briefing list --help"),
        ("hold handbook x", "hold needs the file of the source's text; write: briefing hold ID SOURCE FILE"),
        ("list --content /nowhere", "--content /nowhere: there is no such folder"),
        ("hold handbok", "there is no briefing 'handbok'; did you mean 'handbook'?"),
    ],
)
def test_a_wrong_use_is_one_line_that_says_what_to_do(run: Run, words: str, error: str) -> None:
    assert error == one_line(run(*shlex.split(words)))


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("show handbook --pane nothing", "argument --pane: there is no pane 'nothing'; write one of: overview, "),
        ("list --format yaml", "argument --format: invalid choice: 'yaml'"),
        ("completion tcsh", "argument {bash,zsh,fish}: invalid choice: 'tcsh'"),
    ],
)
def test_a_wrong_choice_names_the_right_ones(run: Run, words: str, start: str) -> None:
    said = one_line(run(*shlex.split(words)))
    assert said.startswith(start)
    assert "--help" in said


@pytest.mark.parametrize(
    "name", ["a" * 300, "a\udcffb", "a\x00b", "a/b", "..", "\x1b[31m", "~nobody-of-this-name", "a\nb", "/", "."]
)
def test_no_name_of_a_briefing_is_a_disaster(
    run: Run, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("show", name)
    assert done.code in {1, 2}
    assert ("", 1) == (done.out, done.err.count("\n"))
    assert not FORBIDDEN.search(done.err)
    assert one_line(run("list", "--content", f"{name}-")).endswith("there is no such folder")


def test_a_configuration_that_is_wrong_is_told_with_its_places(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "home" / "config" / "briefing" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text('theme = "lihgt"\n[keys]\nquti = "x"\n', encoding="utf-8")
    for words in (["list"], ["show", "handbook"], ["handbook"], ["hold", "handbook"]):
        done = run(*words)
        assert (2, "") == (done.code, done.out)
        assert [
            f"briefing: {path}:1:9: theme: is no theme; write one of: auto, light, dark, contrast, mono",
            f"briefing: {path}:3:1: keys.quti: unknown key 'quti'; did you mean 'quit'?",
        ] == done.err.splitlines()
    assert 0 == run("schema").code


def test_the_configuration_adds_folders(run: Run, tmp_path: Path, shelf: Shelf) -> None:
    path = tmp_path / "home" / "config" / "briefing" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(f'content = ["{shelf(mine=None)}"]\n', encoding="utf-8")
    assert {"mine", "handbook"} <= {row["id"] for row in json.loads(run("list", "--format", "json").out)["briefings"]}


def test_the_users_own_content_is_read(run: Run, tmp_path: Path, tiny: Callable[..., str]) -> None:
    folder = tmp_path / "home" / "data" / "briefing" / "content" / "own"
    folder.mkdir(parents=True)
    (folder / "briefing.toml").write_text(tiny(id="own"), encoding="utf-8")
    assert 0 == run("show", "own").code


# Nothing that acts on a terminal

EVIL = "\\u001b]0;gone\\u0007\\u009b31m\\u202e\\r\\u0000"


def test_a_briefing_with_control_characters_is_refused_in_clean_words(
    run: Run, shelf: Shelf, tiny: Callable[..., str]
) -> None:
    claim = f'[[claim]]\nid = "a"\nby = "x"\ntext = "{EVIL}"\n"k{EVIL}" = "{EVIL}"\n'
    root = shelf(evil=tiny(claim, id="evil", bluf=EVIL))
    for words in (["show", "evil"], ["list"], ["list", "--format", "json"], ["list", "--format", "markdown"]):
        done = run(*words, "--content", root)
        assert 1 == done.code
        assert not FORBIDDEN.search(done.out)
        assert not FORBIDDEN.search(done.err)
        assert done.err.count("\n") >= 1
        assert all(line.startswith("briefing: shelf/evil/briefing.toml:") for line in done.err.splitlines())


@pytest.mark.parametrize(
    "name", ["a\x1b[31mb", "a\u009bb", "a\u202eb", "a\nb"], ids=["escape", "c1", "bidi", "newline"]
)
def test_a_folder_with_control_characters_in_its_name_is_told_clean(run: Run, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "shelf" / name
    folder.mkdir(parents=True)
    (folder / "briefing.toml").write_text(BROKEN, encoding="utf-8")
    for written in names_for("library"):
        done = run("list", "--content", folder.parent, "--format", written)
        assert 1 == done.code
        assert not FORBIDDEN.search(done.out)
        assert not FORBIDDEN.search(done.err)
    assert not FORBIDDEN.search(run("completion", "words", "--content", folder.parent, "--", "show", "").out)


@pytest.mark.parametrize("written", names_for("library"))
def test_no_output_has_a_control_character(run: Run, sample_folder: Path, written: str) -> None:
    shown = [["show", "sample"], ["show", "sample#seven"]] if written in names_for("briefing") else []
    for words in (["list"], *shown):
        done = run(*words, "--format", written, "--content", sample_folder.parent)
        assert not FORBIDDEN.search(done.out)
        assert done.out.endswith("\n")


@pytest.mark.parametrize("written", names_for("library"))
def test_the_output_is_stable(run: Run, written: str) -> None:
    """The second run comes from the cache, the first does not."""
    for words in (["list"], ["show", "handbook"], ["show", "dprk-missiles"]):
        assert run(*words, "--format", written) == run(*words, "--format", written)


# schema, hold, version, help


def test_schema_writes_the_schema(run: Run) -> None:
    done = run("schema")
    assert Done(0, f"{schema_text().rstrip()}\n", "") == done
    assert json.loads(done.out)["title"]


def test_version(run: Run) -> None:
    assert Done(0, f"briefing {version('briefing-browser')}\n", "") == run("--version")


@pytest.mark.parametrize("command", ["", *BY_NAME])
def test_help_fits_and_says_what_each_command_does(run: Run, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    done = run(*([command] if command else []), "--help")
    assert (0, "") == (done.code, done.err)
    assert done.out.startswith(f"usage: briefing {command}".rstrip())
    assert max(map(len, done.out.splitlines())) <= 80
    if not command:
        assert all(f"\n    {name}" in done.out for name in BY_NAME)


def test_hold_keeps_a_text_and_locks_its_quotes(
    run: Run, shelf: Shelf, tmp_path: Path, tiny: Callable[..., str]
) -> None:
    text = "A title\n\nThere were seven swans.\n"
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    tables = (
        f'[[source]]\nid = "pond"\ntitle = "A title"\ntype = "book"\nreliability = "B"\nsha256 = "{sha256}"\n'
        '[[claim]]\nid = "seven"\nby = "x"\ntext = "Seven."\ncite = [{ source = "pond", quote = "seven swans" }]\n'
    )
    root = shelf(ours=tiny(tables, id="ours"))
    file = tmp_path / "text.txt"
    file.write_text(text, encoding="utf-8")
    held = tmp_path / "home" / "data" / "briefing" / "held" / f"{sha256}.txt"
    expected = f"Held the text of pond as {held}.\nsources.lock: quotes found: 1; texts held or locked: 1.\n"
    assert Done(0, expected, "") == run("hold", "ours", "pond", file, "--content", root)
    assert held.exists()
    assert "seven swans" in run("show", "ours#seven", "--content", root).out
    file.write_text("Other.\n", encoding="utf-8")
    wrong = run("hold", "ours", "pond", file, "--content", root)
    assert (1, "", 4) == (wrong.code, wrong.out, wrong.err.count("\n"))
    assert wrong.err.startswith(f"briefing: {file}: its sha256 is ")


def test_hold_of_a_broken_briefing_tells_every_problem(run: Run, shelf: Shelf) -> None:
    root = shelf(broken=BROKEN)
    done = run("hold", "broken", "--content", root)
    assert (1, "") == (done.code, done.out)
    assert len(done.err.splitlines()) == len(run("show", "broken", "--content", root).err.splitlines()) > 1
    assert all(line.startswith("briefing: ") for line in done.err.splitlines())


def test_where_the_library_is_may_stand_before_the_command(run: Run, shelf: Shelf) -> None:
    root = shelf(ours=None)
    done = run("list", "--content", root)
    assert (0, "", True) == (done.code, done.err, "ours" in done.out)
    assert done == run("--content", root, "list") == run(f"--content={root}", "list")
    assert run("show", "ours", "--content", root) == run("--content", root, "ours")
    assert run("--content").code == run("--content", root, "--contents").code == 2


# Whole processes


def test_python_m_tui_is_the_command(run: Run, run_apart: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    assert run("list") == run_apart("list")
    assert run("show", "handbook#nothing-here") == run_apart("show", "handbook#nothing-here")


@pytest.mark.parametrize(
    ("shell", "code", "out", "err"),
    [
        ("show dprk-missiles | head -1", 0, "North Korea’s missile transfers to Russia\n", ""),
        ("list >/dev/full", 1, "", "briefing: the output: No space left on device\n"),
        ("list >&-", 0, "", ""),
        ("list <&-", 0, None, ""),
        ("show nothing 2>&-", 2, "", ""),
        ("show nothing >&- 2>&-", 2, "", ""),
    ],
)
def test_outputs_that_go_away(shell: str, code: int, out: str | None, err: str) -> None:
    """A reader that has enough, a full disk, and streams that are closed."""
    command = f"set -o pipefail; {shlex.quote(sys.executable)} -m tui {shell}"
    done = subprocess.run(["bash", "-c", command], cwd=TOP, capture_output=True, text=True, check=False, timeout=60)
    assert (code, err) == (done.returncode, done.stderr)
    assert out in {None, done.stdout}


@pytest.mark.parametrize("claims", [1, 300])
@pytest.mark.parametrize("words", ["check --format json", "check", "list", "search swan"])
def test_a_reader_that_has_enough_gets_the_exit_code(tmp_path: Path, claims: int, words: str) -> None:
    """Of all the work, as long as its output may be: a fault is a fault, whoever reads of it."""
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "briefing.toml").write_text("[[claim]]\nid = 3\n" * claims)
    command = f"set -o pipefail; {shlex.quote(sys.executable)} -m tui {words} --content {tmp_path} | head -0"
    done = subprocess.run(["bash", "-c", command], cwd=TOP, capture_output=True, text=True, check=False, timeout=60)
    assert (1, "") == (done.returncode, done.stdout)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_an_encoding_without_our_quotes_gets_the_rest(
    run_apart: Run, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    done = run_apart("show", "handbook", "--pane", "overview")
    assert (0, "") == (done.code, done.err)
    assert "?" in done.out


def test_an_interrupt_ends_it_quietly(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_options: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(list_, "run", interrupt)
    assert Done(130, "", "") == run("list")


# The reader, with a terminal that is only said to be one


@pytest.fixture
def apps(monkeypatch: pytest.MonkeyPatch) -> list[BriefingApp]:
    """Give the apps that would have been run."""
    made: list[BriefingApp] = []
    monkeypatch.setattr(launch, "run", lambda app, _terminal: made.append(app))
    return made


@pytest.fixture
def sit(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give what runs the command with streams that pass for a terminal."""

    def sit(*words: object) -> Done:
        # Here and not in the fixture: pytest has other streams while it sets a test up.
        for stream in (sys.stdin, sys.stdout):
            monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
        return run(*words)

    return sit


@pytest.mark.parametrize(
    ("words", "location"),
    [
        ("", Location()),
        ("handbook", Location("handbook", "overview")),
        ("open handbook", Location("handbook", "overview")),
        ("dprk-missiles#hundreds", Location("dprk-missiles", "entry:hundreds", "hundreds")),
        ("dprk-missiles#C1", Location("dprk-missiles", "entry:hundreds", "hundreds")),
        ("dprk-missiles#ap-paparo", Location("dprk-missiles", "source:ap-paparo", "ap-paparo")),
        ("dprk-missiles#samuel-paparo", Location("dprk-missiles", "entity:samuel-paparo", "samuel-paparo")),
        (str(TOP / "content" / "handbook"), Location("handbook", "overview")),
    ],
)
def test_the_reader_opens_where_it_is_told(sit: Run, apps: list[BriefingApp], words: str, location: Location) -> None:
    assert Done(0, "", "") == sit(*words.split())
    [app] = apps
    assert location == app.start_location
    assert "dark" == app.themes.current.name


def test_the_reader_opens_a_briefing_where_it_was_left(sit: Run, apps: list[BriefingApp]) -> None:
    left = Location("handbook", "claims", "x", "x", 1)
    state = open_state(user_folders().state / FILE_NAME)
    state.remember(left)
    state.close()
    sit("handbook")
    assert left == apps[0].start_location


@pytest.mark.usefixtures("apps")
def test_a_first_start_shows_the_library_and_not_an_empty_page(
    sit: Run, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[int] = []
    monkeypatch.setattr(launch, "run", lambda app, _terminal: rows.append(len(app.session.page(Location()))))
    assert 0 == sit("--content", shelf(one=None, two=None)).code
    assert [2] == rows


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("handbok", "there is no briefing 'handbok'; did you mean 'handbook'?"),
        ("handbook#zzzzzz", "'handbook' has no entry 'zzzzzz'; see briefing show handbook"),
        ("--content /nowhere", "--content /nowhere: there is no such folder"),
    ],
)
def test_the_reader_does_not_start_on_a_wrong_use(sit: Run, apps: list[BriefingApp], words: str, error: str) -> None:
    assert error == one_line(sit(*words.split()))
    assert [] == apps


def test_the_reader_does_not_start_on_a_broken_briefing(sit: Run, apps: list[BriefingApp], shelf: Shelf) -> None:
    root = shelf(broken=BROKEN)
    done = sit("broken", "--content", root)
    assert (1, "") == (done.code, done.out)
    assert done.err.startswith("briefing: shelf/broken/briefing.toml:")
    assert [] == apps


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "lost"])
def test_a_fault_is_one_line_and_its_details_are_kept(sit: Run, monkeypatch: pytest.MonkeyPatch, *, kept: bool) -> None:
    def fail(app: BriefingApp, _terminal: object) -> None:
        app.fault = "Traceback:\n  somewhere\nValueError: no \x1b[31m good\n"

    monkeypatch.setattr(launch, "run", fail)
    log = user_folders().state / "faults.log"
    if not kept:
        log.mkdir(parents=True)
    where = f"the details are in {log}" if kept else "its details could not be logged"
    said = "stopped by a fault in the program (ValueError: no \\u001b[31m good); your locations are saved"
    assert Done(1, "", f"briefing: {said}; {where}\n") == sit("handbook")
    if kept:
        assert "ValueError: no" in log.read_text(encoding="utf-8")


def test_a_fault_that_ended_nothing_is_kept_and_not_told(sit: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def bear(app: BriefingApp, _terminal: object) -> None:
        app.borne = ("Traceback:\n  somewhere\nLookupError: late\n",)

    monkeypatch.setattr(launch, "run", bear)
    assert Done(0, "", "") == sit("handbook")
    kept = (user_folders().state / "faults.log").read_text(encoding="utf-8")
    assert "did not end the program: Traceback" in kept
    assert "LookupError: late" in kept


def test_what_was_removed_or_has_another_id_is_shown_no_more(
    run: Callable[..., Done], tmp_path: Path, tiny: Callable[..., str]
) -> None:
    path = tmp_path / "own" / "secret" / "briefing.toml"
    path.parent.mkdir(parents=True)
    path.write_text(tiny(id="secret"), encoding="utf-8")
    assert run("list", "--content", path.parents[1]).code == 0
    path.write_text(tiny(id="other"), encoding="utf-8")
    said = run("show", "secret", "--content", path.parents[1])
    assert (said.code, said.err) == (2, "briefing: there is no briefing 'secret'; see briefing list\n")
    assert run("show", "other", "--content", path.parents[1]).code == 0
    path.unlink()
    said = run("show", "other", "--content", path.parents[1])
    assert (said.code, said.err) == (2, "briefing: there is no briefing 'other'; see briefing list\n")
    assert run("list", "--content", path.parents[1]).out == "No briefings.\n"
