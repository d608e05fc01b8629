"""Rewriting format 1 as format 2: the statements, the comments and the old file stay."""

import json
import re
import shutil
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from tests.checks.generated import briefings, inline, written
from tests.conftest import CONTENT, HEADER, SAMPLE
from tui.authoring import own_file
from tui.authoring.errors import AuthoringError
from tui.authoring.migration import migrate, migrated
from tui.briefing.loader import load_bytes
from tui.briefing.lock import EMPTY
from tui.briefing.scales import numbers_of
from tui.briefing.schema import schema_text
from tui.briefing.toml_scan import STRING
from tui.checks.briefing_file import subject_of
from tui.checks.run import check
from tui.cli.program import main
from tui.library.compiling import compile_edition
from tui.library.records import Entry, Quantity

OLD = Path(__file__).parent / "format_1"
TINY = f"""\
{HEADER}
[[claim]]
id = "seven"
text = "There were seven swans."
by = "the miller"
"""


def comments(text: str) -> Counter[str]:
    """Count the comments of a TOML, without their sign and the schema line."""
    found = re.finditer(rf"{STRING.pattern}|#(?!:schema)([^\r\n]*)", text, re.DOTALL)
    whole = (match[1].strip() for match in found if match[1] is not None)
    return Counter(re.sub(r"^credibility = \d *# *", "", one) for one in whole)


def _without_range(quantity: Quantity) -> Quantity:
    """Drop the range that a word of number has in format 2 alone."""
    return quantity._replace(min=None, max=None) if numbers_of(quantity.words) else quantity


def statements(text: str) -> list[Entry]:
    """Compile the statements, without what the format changed."""
    briefing = load_bytes(text.encode(), "b.toml").briefing
    assert briefing
    return [
        entry._replace(
            assess=None,
            digest="",
            listed="",
            credibility=entry.credibility if entry.table != "view" else 0,
            quantity=entry.quantity and _without_range(entry.quantity),
        )
        for entry in compile_edition(briefing, EMPTY, {}).entries
        if entry.table != "judgment"
    ]


def assert_migrated(old: str) -> str:
    """Rewrite a text and compare all that the format has not changed."""
    new, drafts = migrated(old)
    loaded = load_bytes(new.encode(), "b.toml")
    assert loaded.problems == ()
    assert loaded.briefing
    assert statements(new) == statements(old)
    assert not comments(old) - comments(new)
    assert all(judgment.draft and judgment.against is None for judgment in loaded.briefing.judgment)
    before = tomli.loads(old)
    assert drafts == len(loaded.briefing.judgment) == sum("assess" in row for row in _rows(before))
    found = check(subject_of(loaded.briefing, EMPTY, {}), new.replace("\r\n", "\n"), "b.toml")
    assert [report for report in found if report.severity == "error" and report.rule[0] not in "QS"] == []
    return new


def _rows(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [row for value in data.values() if isinstance(value, list) for row in value]


@pytest.mark.parametrize("name", ["handbook", "dprk-missiles"])
def test_the_bundled_briefings_of_format_1(name: str) -> None:
    assert_migrated((OLD / f"{name}.toml").read_text())


def laid_out(data: Mapping[str, Any], draw: st.DataObject) -> str:
    """Write a briefing with its inner tables in one of their layouts, and a comment wherever one may stand."""
    layout = st.sampled_from(["inline", "dotted", "header"])
    parts: list[str] = []
    for name, value in data.items():
        for row in value if isinstance(value, list) else [value]:
            header = f"[{name}]" if row is value else f"[[{name}]]"
            below: list[str] = []
            lines = [f"{header}  # {header}"]
            for key, one in row.items():
                chosen = draw.draw(layout) if isinstance(one, dict) and one else "inline"
                if chosen == "header":
                    below += [f"# above {key}", f"[{name}.{key}]  # beside {key}"]
                    below += [f"{inner}  = {inline(that)}  # in {key}.{inner}" for inner, that in one.items()] + [""]
                elif chosen == "dotted":
                    lines += [f"{key}.{inner} = {inline(that)} # {inner}" for inner, that in one.items()]
                else:
                    lines += [f"# on {key}", f"{key} = {inline(one)} # beside {key}"]
            parts += [*lines, "", *below]
    return "\n".join(parts)


@settings(max_examples=300, phases=[Phase.explicit, Phase.generate])
@given(briefings(), st.data())
def test_any_briefing_of_format_1(data: dict[str, object], draw: st.DataObject) -> None:
    """300 briefings in mixed layouts, with comments, and line breaks of either kind."""
    assume(load_bytes(written(data).encode(), "b.toml").briefing)  # else a link of its prose leads nowhere
    rest = {key: value for key, value in data.items() if key != "format"}
    text = f"format = 1 # the format\n{laid_out(rest, draw)}"
    if draw.draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    new = assert_migrated(text)
    assert (new.count("\r\n") == new.count("\n")) == ("\r\n" in text)


def test_arrays_of_inline_tables() -> None:
    """Where no comment may stand beside a key, it goes above the array."""
    rows = (
        '[{ id = "a", who = "Ann", text = "So.", credibility = 2 }, '
        '{ id = "b", who = "Bob", text = "No.", assess = { why = "Why." }, credibility = 3 }]'
    )
    new = assert_migrated(TINY.replace("[briefing]", f"view = {rows}\n[briefing]"))
    assert "# credibility of 'a': 2\n# credibility of 'b': 3\nview = [" in new
    in_crlf = TINY.replace("[briefing]", f"view = {rows}\n[briefing]").replace("\n", "\r\n")
    assert assert_migrated(in_crlf) == new.replace("\n", "\r\n")


def test_an_indented_table_leaves_no_blanks_behind() -> None:
    table = "\n  [claim.assess]\n  likelihood = 'likely'\n"
    assert assert_migrated(f"{TINY}{table}\n  # The end.\n").endswith('the miller"\n\n  # The end.\n')


@pytest.mark.parametrize(
    "keys",
    [
        "assess = { why = 'Why.' }, credibility = 3",
        "credibility = 3, assess.why = 'Why.'",
        "assess.why = 'Why.', assess.confidence = 'low', credibility = 3",
        "credibility = 3, assess.why = 'Why.', assess . 'confidence' = 'low'",
    ],
)
@pytest.mark.parametrize("is_last", [True, False])
def test_keys_side_by_side_in_an_inline_table(keys: str, is_last: bool) -> None:
    """What is left is TOML 1.0, which has no comma before a closing brace."""
    rest = 'id = "a", who = "Ann", text = "So."'
    row = f"{rest}, {keys}" if is_last else f"{keys}, {rest}"
    new = assert_migrated(TINY.replace("[briefing]", f"view = [{{ {row} }}]\n[briefing]"))
    assert f"view = [{{ {rest} }}]\n" in new


def test_a_comment_within_an_inline_table_stays() -> None:
    """TOML 1.1 has line breaks and comments there."""
    rows = '[{ id = "a", credibility = 2, # she was there\n  who = "Ann", text = "So." }]'
    new = assert_migrated(TINY.replace("[briefing]", f"view = {rows}\n[briefing]"))
    assert "# credibility of 'a': 2\n# she was there\nview = [{ id" in new


def test_a_view_keeps_its_credibility_as_a_comment_beside_it() -> None:
    view = '\n[[view]]\nid = "ann"\nwho = "Ann"\ntext = "So."\ncredibility = 2  # she was there\n'
    assert "\n# credibility = 2  # she was there\n" in assert_migrated(TINY + view)


def test_a_judgment_has_what_was_said_and_no_more() -> None:
    assess = 'assess = { likelihood = "likely", why = """\nOne\\\n  word.""" } # ours\n'
    new = assert_migrated(TINY + assess)
    assert new == TINY.replace("format = 1", "format = 2").replace(
        '"2026-11-22"\n',
        '"2026-11-22"\n\n'
        "# From `assess` of 'seven'. Write text, date, for and against; then delete the line draft = true.\n# ours\n"
        '[[judgment]]\nid         = "kj-seven"\ndraft      = true\nabout      = ["seven"]\nlikelihood = "likely"\n'
        'why        = """\nOne\\\n  word."""\n',
    )


@pytest.fixture
def path(tmp_path: Path, sample_folder: Path) -> Path:
    """Return a copy of a briefing of format 1, with the schema of that format beside it."""
    folder = Path(shutil.copytree(sample_folder, tmp_path / "own" / "sample"))
    (folder.parent / "briefing.schema.json").write_text(schema_text(1))
    return folder / "briefing.toml"


def test_in_place_and_only_once(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = path.read_bytes()
    arguments = ["check", "--fix", "--to-format", "2", str(path)]
    main(["check", "--fix", str(path)])
    assert path.read_bytes() == before, "plain --fix never changes the format"
    taken = path.with_name("briefing.format-1.toml")
    taken.write_text("something else")
    main(arguments)
    assert taken.read_text() == "something else"
    assert path.with_name("briefing.format-1-2.toml").read_bytes() == before
    said = capsys.readouterr().err
    assert "rewritten as format 2; the old text is" in said
    assert "briefing.format-1-2.toml" in said
    after = path.read_bytes()
    assert b"format = 2" in after
    names = sorted(path.parent.iterdir())
    main(arguments)
    assert path.read_bytes() == after
    assert sorted(path.parent.iterdir()) == names


def test_the_schema_line_names_the_schema_of_the_new_format(path: Path) -> None:
    migrate(path, path.read_bytes())
    line = path.read_text().splitlines()[0]
    assert line == "#:schema ../briefing.schema-2.json"
    schema = json.loads((path.parent.parent / "briefing.schema-2.json").read_text())
    assert schema["properties"]["format"]["const"] == 2
    assert (path.parent.parent / "briefing.schema.json").read_text() == schema_text(1)


def test_a_text_that_speaks_of_the_schema_stays(path: Path) -> None:
    """A handbook may show the line that names a schema."""
    shown = 'text = """Write:\n#:schema ../briefing.schema.json\n"""'
    path.write_text(re.sub(r"\A#:schema.*\n", "", path.read_text()).replace('text = "', f'{shown} #"', 1))
    before = path.read_text()
    assert shown in before
    migrate(path, before.encode())
    assert shown in path.read_text()


def test_a_schema_that_fits_or_is_the_authors_own_stays_named(path: Path) -> None:
    (path.parent.parent / "briefing.schema.json").write_text("{}")
    migrate(path, path.read_bytes())
    assert path.read_text().startswith("#:schema ../briefing.schema.json\n")


def test_a_file_with_problems_is_refused_with_them(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = path.read_text().replace('by = "', 'bye = "', 1)
    path.write_text(broken)
    assert main(["check", "--fix", "--to-format", "2", str(path)]) == 1
    out, err = capsys.readouterr()
    assert "unknown key" in out
    assert "stays in its format until its problems are mended" in err
    assert path.read_text() == broken
    assert not list(path.parent.glob("*format-1*"))
    with pytest.raises(AuthoringError, match="stays in its format"):
        migrate(path, broken.encode())


def test_what_fix_can_mend_is_mended_first(path: Path) -> None:
    path.write_bytes(BOM_UTF8 + path.read_bytes())
    main(["check", "--fix", "--to-format", "2", str(path)])
    assert b"format = 2" in path.read_bytes()


def test_a_file_that_would_grow_too_large_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = path.read_bytes()
    monkeypatch.setattr(own_file, "MAX_BRIEFING_BYTES", len(before))
    with pytest.raises(AuthoringError, match="would be larger"):
        migrate(path, before)
    assert [kept.name for kept in path.parent.glob("*.toml")] == [path.name]
    assert path.read_bytes() == before


def test_what_was_not_written_fails_the_command(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.chmod(0o444)
    assert main(["check", "--fix", "--to-format", "2", "--select", "R", str(path)]) == 1
    assert capsys.readouterr().err == f"briefing: {path}: cannot be written: it is read-only\n"


def test_a_file_that_was_changed_meanwhile_stays(path: Path) -> None:
    old = path.read_bytes()
    path.write_bytes(old + b"\n# new\n")
    with pytest.raises(AuthoringError, match="changed meanwhile"):
        migrate(path, old)
    assert path.read_bytes() == old + b"\n# new\n"
    assert not list(path.parent.glob("*format-1*"))


def test_the_option_goes_with_fix(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--to-format", "2", str(path)]) == 2
    assert "give --fix too" in capsys.readouterr().err


def test_what_is_not_known_is_asked_for(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--fix", "--to-format", "2", str(path)])
    found = " ".join(capsys.readouterr().out.split())
    assert "is not settled yet and lacks text, date" in found
    assert "is at odds with" in found
    assert SAMPLE.count("conflicts") > 0


def _failing(error: BaseException) -> Callable[..., None]:
    def fails(*_: object) -> None:
        raise error

    return fails


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "ended"])
def test_a_failure_half_way_loses_nothing(path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """The old text is beside the file before that is written, and an end in between changes neither."""
    before = path.read_bytes()
    monkeypatch.setattr(own_file, "write_whole", _failing(error))
    with pytest.raises((AuthoringError, KeyboardInterrupt)):
        migrate(path, before)
    assert path.read_bytes() == before
    assert [kept.read_bytes() for kept in path.parent.glob("*format-1*")] in ([], [before])
    monkeypatch.undo()
    done = migrate(path, before)
    assert done
    assert done.kept.read_bytes() == before
    assert b"format = 2" in path.read_bytes()


@pytest.mark.parametrize("name", ["handbook", "dprk-missiles"])
def test_line_breaks_and_byte_order_mark(tmp_path: Path, name: str) -> None:
    """A file that an editor of another system wrote is rewritten with its line breaks; the old text keeps every byte."""
    path = Path(shutil.copytree(CONTENT / name, tmp_path / name)) / "briefing.toml"
    old = BOM_UTF8 + (OLD / f"{name}.toml").read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(old)
    arguments = ["check", "--fix", "--to-format", "2", str(path)]
    main(arguments)
    new = path.read_bytes()
    assert b"format = 2\r\n" in new
    assert new.count(b"\n") == new.count(b"\r\n")
    judgments = tomli.loads(new.decode().removeprefix("\ufeff").replace("\r\n", "\n"))["judgment"]
    assert [one["id"] for one in judgments if not one["draft"] or "against" in one] == []
    assert comments(new.decode()) >= comments(old.decode("utf-8-sig"))
    [kept] = path.parent.glob("*format-1*")
    assert kept.read_bytes() in {old, old.removeprefix(BOM_UTF8)}
    main(arguments)
    assert path.read_bytes() == new
