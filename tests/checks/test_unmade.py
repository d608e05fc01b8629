"""What could not be checked is told, in every format; what the lock of a text does not list is a warning."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.authoring.held_texts import hold
from tui.checks.briefing_file import Checked, check_file
from tui.checks.formats.as_json import as_json
from tui.checks.formats.github import github
from tui.checks.formats.sarif import sarif
from tui.checks.formats.text import text
from tui.checks.rules import RULES
from tui.checks.run import Choice

TEXT = "A note\n\nThe bridge is closed until spring. Nobody knows why.\n"
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()
CLAIM = '\n[[claim]]\nid = "{id}"\ntext = "It is so."\ncite = [{{ source = "{source}", quote = "{quote}" }}]\n'
FIRST, SECOND, INVENTED = "closed until spring", "Nobody knows why", "open again since May"


class Shelf:
    """A briefing of two sources, one of which names a text that is locked and not held any more."""

    def __init__(self, folder: Path, tiny: Callable[..., str]) -> None:
        self.path, self.held, self._tiny = folder / "briefing.toml", folder / "user", tiny
        self.sources = [
            f'[[source]]\nid = "note"\ntype = "report"\nsha256 = "{SHA256}"\n',
            '[[source]]\nid = "song"\ntype = "song"\n',
        ]
        self.write((FIRST, "note"), (SECOND, "note"))
        file = folder / "note.txt"
        file.write_text(TEXT, encoding="utf-8", newline="\n")
        self.said = list(hold(self.path, self.held, "note", file))
        (self.held / f"{SHA256}.txt").unlink()

    def write(self, *quotes: tuple[str, str]) -> None:
        claims = [CLAIM.format(id=f"c{n}", source=source, quote=quote) for n, (quote, source) in enumerate(quotes)]
        self.path.write_text(self._tiny("\n".join([*self.sources, *claims])), encoding="utf-8")

    def check(self, *select: str, ignore: tuple[str, ...] = ()) -> Checked:
        return check_file(self.path, self.held, "b.toml", Choice(select, ignore))


@pytest.fixture
def shelf(tmp_path: Path, tiny: Callable[..., str]) -> Shelf:
    return Shelf(tmp_path, tiny)


def closing(checked: Checked) -> str:
    return " ".join(
        line for line in text(checked.reports, 1, 500, unmade=checked.unmade) if not line.startswith("    ")
    )


def test_an_invented_quote_is_a_warning_at_its_place(shelf: Shelf) -> None:
    shelf.write((FIRST, "note"), (INVENTED, "note"))

    [report] = shelf.check("Q", "S005").reports

    assert ("Q007", "warning", "claim[2].cite[1].quote") == (report.rule, report.severity, report.key)
    assert "never verified: the text of 'note' is not held, and sources.lock does not list it" in report.message
    assert report.remedy.endswith("briefing hold tiny note FILE")


@pytest.mark.parametrize("change", ["another text", "no lock", "prefix"])
def test_a_quote_that_this_very_lock_does_not_list_was_never_verified(shelf: Shelf, change: str) -> None:
    if change == "another text":
        shelf.sources[0] = shelf.sources[0].replace(SHA256, "0" * 64)
        shelf.write((FIRST, "note"))
    elif change == "no lock":
        (shelf.path.parent / "sources.lock").unlink()
        shelf.write((FIRST, "note"))
    else:
        shelf.write((f'{FIRST}", prefix = "is', "note"))

    assert {"Q007"} == {report.rule for report in shelf.check("Q").reports}


def test_what_the_lock_lists_is_no_warning_and_what_needs_the_text_is_told(shelf: Shelf) -> None:
    checked = shelf.check("Q", "S005")

    assert checked.reports == []
    assert "Nothing found" not in closing(checked)
    assert closing(checked) == (
        "No findings in what could be checked of 1 file. 1 text is not held, so that Q003, Q004, Q005, Q008 and S005 could not"
        " be checked. The lock vouches for 2 quotes."
    )


def test_sources_without_a_hash_give_one_closing_line_and_no_warning(shelf: Shelf) -> None:
    shelf.write(("la la", "song"), ("lo lo", "song"))

    checked = shelf.check("Q")

    assert checked.reports == []
    assert "2 quotes of 1 source were never checked: no text is named (sha256)." in closing(checked)


def test_with_everything_at_hand_nothing_found_is_said(shelf: Shelf) -> None:
    (shelf.held / f"{SHA256}.txt").write_text(TEXT, encoding="utf-8", newline="\n")

    assert closing(shelf.check("Q", "S005")) == "Nothing found in 1 file."


def test_rules_that_are_not_applied_are_not_missed(shelf: Shelf) -> None:
    shelf.write((INVENTED, "note"), ("la la", "song"))

    assert closing(shelf.check("C011")) == "Nothing found in 1 file."
    assert "1 quote of 1 source was never checked: the texts are not held" in closing(
        shelf.check("Q", ignore=("Q007",))
    )


@pytest.mark.parametrize("select", ["Q", "Q007", "Q001"])
def test_an_exception_hides_a_warning_and_not_that_nothing_was_checked(shelf: Shelf, select: str) -> None:
    (shelf.path.parent / "sources.lock").unlink()
    silent = '"\nignore = ["Q007"]\nignore_why = "It is known.'
    shelf.path.write_text(shelf.path.read_text(encoding="utf-8").replace('lang = "en', f'lang = "en{silent}'))

    checked = shelf.check(select)

    assert checked.reports == []
    assert "2 quotes of 1 source were never checked: the texts are not held" in closing(checked)


def test_a_text_that_was_exchanged_checks_no_quote_of_the_one_named(shelf: Shelf) -> None:
    shelf.write((INVENTED, "note"))
    (shelf.held / f"{SHA256}.txt").write_text(f"{TEXT}It is {INVENTED}.\n", encoding="utf-8")

    assert closing(shelf.check("Q")).endswith(
        "1 quote of 1 source was checked against a text that is not the one named (sha256)."
    )
    assert "S005" in {report.rule for report in shelf.check().reports}
    assert "not the one named" not in closing(shelf.check())


def test_what_one_exception_hides_is_told_beside_the_warnings(shelf: Shelf) -> None:
    shelf.write((INVENTED, "note"), (INVENTED, "note"))
    silent = 'id = "c1"\nignore = ["Q007"]\nignore_why = "It is known."'
    shelf.path.write_text(shelf.path.read_text(encoding="utf-8").replace('id = "c1"', silent), encoding="utf-8")

    checked = shelf.check("Q")

    assert [("Q007", "claim[1].cite[1].quote")] == [(report.rule, report.key) for report in checked.reports]
    assert "1 quote of 1 source was never checked: the texts are not held" in closing(checked)


@pytest.mark.parametrize("rule", [rule.id for rule in RULES if rule.text])
def test_no_rule_that_reads_texts_finds_nothing_without_one(shelf: Shelf, rule: str) -> None:
    shelf.write((FIRST, "note"), ("la la", "song"))
    assume = shelf.path.read_text(encoding="utf-8").replace("[[claim]]", "[[assumption]]")
    shelf.path.write_text(assume, encoding="utf-8")

    assert "could not be checked" in closing(shelf.check(rule)) or "never checked" in closing(shelf.check(rule))


def test_a_text_that_is_there_and_cannot_be_read_is_no_absent_one(shelf: Shelf) -> None:
    (shelf.held / f"{SHA256}.txt").write_bytes(b"\xff")

    assert f"1 text could not be read: {shelf.held / SHA256}.txt is not UTF-8." in closing(shelf.check("Q"))


def test_a_language_without_word_lists_is_told(shelf: Shelf) -> None:
    shelf.sources[0] += 'lang = "mi"\n'
    shelf.write((FIRST, "note"))
    (shelf.held / f"{SHA256}.txt").write_text(TEXT, encoding="utf-8", newline="\n")

    assert "1 quote of 1 source was not checked by Q004: there are no word lists for mi." in closing(shelf.check("Q"))


def test_a_lock_that_cannot_be_read_is_an_error_at_its_line(shelf: Shelf) -> None:
    lock = shelf.path.parent / "sources.lock"
    lock.write_text("<<<<<<< ours\n", encoding="utf-8")

    [report] = shelf.check("Q").reports

    assert ("sources.lock", 1, "error") == (report.file, report.line, report.severity)
    assert report.message.startswith("sources.lock cannot be read: ")


def test_every_format_tells_it(shelf: Shelf) -> None:
    shelf.write((FIRST, "note"), ("la la", "song"))
    checked = shelf.check("Q", "S005")
    said = [row.message for row in checked.unmade]
    assert len(said) == 2

    read = json.loads(as_json(checked.reports, 1, checked.unmade))
    assert said == [row["message"] for row in read["unmade"]]
    assert [("no-text", ["song"], 1), ("not-held", ["note"], 1)] == [
        (row["reason"], row["sources"], row["quotes"]) for row in read["unmade"]
    ]
    [run] = json.loads(sarif(checked.reports, "1", checked.unmade))["runs"]
    [invocation] = run["invocations"]
    assert invocation["executionSuccessful"]
    notes = invocation["toolExecutionNotifications"]
    assert [("note", words) for words in said] == [(row["level"], row["message"]["text"]) for row in notes]
    assert [f"::notice file=b.toml,title={'%2C '.join(row.rules)}::{row.message}" for row in checked.unmade] == list(
        github(checked.reports, checked.unmade)
    )


def test_hold_counts_what_nothing_vouches_for(shelf: Shelf) -> None:
    shelf.write((FIRST, "note"), (INVENTED, "note"), ("la la", "song"))

    assert [
        "sources.lock: quotes found: 1; texts held or locked: 1.",
        "1 quote of 1 source was never checked: no text is named (sha256).",
        "1 quote of 1 source was never checked: the texts are not held, and sources.lock does not list the quotes.",
    ] == list(hold(shelf.path, shelf.held, None, None))


@pytest.mark.parametrize("break_it", ["the file", "the lock"])
def test_a_file_that_was_not_loaded_has_not_passed_whatever_is_ignored(shelf: Shelf, break_it: str) -> None:
    if break_it == "the file":
        shelf.path.write_text("[[claim]]\n", encoding="utf-8")
    else:
        (shelf.path.parent / "sources.lock").write_text("no lock\n", encoding="utf-8")

    assert closing(shelf.check(ignore=("F", "C"))) == (
        "No findings in what could be checked of 1 file. 1 file could not be loaded, so that no rule was applied."
    )
