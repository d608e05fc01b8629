"""What was found, as text, JSON, SARIF and workflow commands: whole, in shape, and harmless on a terminal."""

import json
import re
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.checks.formats.as_json import as_json
from tui.checks.formats.github import github
from tui.checks.formats.sarif import sarif
from tui.checks.formats.text import text
from tui.checks.report import Report
from tui.checks.rule import Edit
from tui.checks.rules import BY_ID, RULES

ERROR = Report("a/b.toml", 3, 7, 3, 12, "Q001", "error", "claim[1].cite[1].quote", "the quote is gone", "paste it")
WARNING = Report(
    "a/b.toml", 12, 1, 14, 2, "C011", "warning", "claim[2]", "one side", BY_ID["C011"].remedy, Edit("append")
)
INFO = Report("c.toml", 5, 1, 5, 4, "S009", "info", "source[1].id", "not stated", BY_ID["S009"].remedy)
WHOLE = Report("d.toml", 0, 0, 0, 0, "F001", "error", "", "there is no such file; check its name", "")
ALL = [ERROR, WARNING, INFO, WHOLE]
HOSTILE = st.text(min_size=1, max_size=30) | st.sampled_from(
    ["\x1b[2J", "a\nb", "\u202eevil", "%0A::error::", "\ud800"]
)


class TestText:
    @given(st.lists(st.text("ab. ", min_size=1, max_size=50), min_size=1, max_size=12), st.integers(20, 90))
    def test_lines_are_filled_and_no_word_is_lost(self, words: list[str], width: int) -> None:
        said = " ".join(" ".join(words).split())
        lines = list(text([ERROR._replace(message=said, remedy="")], 1, width))[1:]
        shown = lines[: next(place for place, line in enumerate(lines) if line.startswith("    why:"))]

        assert " ".join(line.strip() for line in shown) == said
        assert all(len(line) <= max(width, 40) or " " not in line.strip() for line in shown)

    def test_it_reads_so(self) -> None:
        assert list(text([ERROR, WARNING, INFO, WHOLE], 3, 80)) == [
            "a/b.toml:3:7   error    Q001  claim[1].cite[1].quote",
            "    the quote is gone",
            "    → paste it",
            "    why: A quote that was changed, however little, is no longer the source’s",
            "         word; and one that is re-attached by resemblance may speak of something",
            "         else (W3C Web Annotation, TextQuoteSelector).",
            "a/b.toml:12:1  warning  C011  claim[2]",
            "    one side",
            "    → declare it on both sides; --fix does",
            "    why: Who comes by the other side must learn of it too; whoever edits it sees",
            "         only what stands in it.",
            "",
            "c.toml:5:1     info     S009  source[1].id",
            "    not stated",
            "    → write machine = true or machine = false where it is known",
            "    why: A text that a machine wrote knows nothing by itself; its reader should",
            "         be told (EU AI Act, article 50).",
            "",
            "d.toml         error    F001",
            "    there is no such file; check its name",
            "    why: A file that does not load shows its reader nothing; no other rule can",
            "         be applied to it.",
            "",
            "2 errors, 1 warning, 1 note in 3 files; --fix mends 1.",
        ]

    def test_what_is_general_is_said_once(self) -> None:
        lines = list(text([INFO, INFO, ERROR, ERROR], 1, 80))

        assert sum("why:" in line for line in lines) == 2
        assert sum("→ write machine" in line for line in lines) == 1
        assert sum("→ paste it" in line for line in lines) == 2

    def test_nothing_found(self) -> None:
        assert list(text([], 1, 80)) == ["Nothing found in 1 file."]
        assert list(text([], 1200, 80)) == ["Nothing found in 1,200 files."]

    def test_colour_only_where_it_is_asked_for(self) -> None:
        assert "\x1b" not in "".join(text(ALL, 3, 80))
        assert "\x1b[31merror  \x1b[0m" in "\n".join(text(ALL, 3, 80, colour=True))

    @pytest.mark.parametrize("width", [20, 60, 100])
    def test_no_line_of_prose_is_wider_than_the_terminal(self, width: int) -> None:
        prose = [line for line in text(ALL, 3, width) if line.startswith("    ")]

        assert all(len(line) <= max(width, 40) for line in prose)

    @given(HOSTILE, HOSTILE, HOSTILE)
    def test_nothing_reaches_a_terminal_unescaped(self, file: str, key: str, message: str) -> None:
        report = ERROR._replace(file=file, key=key, message=message, remedy=message)

        for line in text([report], 1, 80):
            assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", line)


class TestJson:
    def test_every_field_is_there(self) -> None:
        document = json.loads(as_json(ALL, 3))

        assert document["files"] == 3
        assert document["summary"] == {"error": 2, "warning": 1, "info": 1}
        assert document["findings"][0] == {
            "file": "a/b.toml", "line": 3, "column": 7, "end_line": 3, "end_column": 12, "rule": "Q001",
            "severity": "error", "key": "claim[1].cite[1].quote", "message": "the quote is gone", "remedy": "paste it",
            "why": BY_ID["Q001"].why, "fixable": False,
        }  # fmt: skip
        assert [finding["fixable"] for finding in document["findings"]] == [False, True, False, False]

    @given(HOSTILE)
    def test_it_is_ascii(self, message: str) -> None:
        written = as_json([ERROR._replace(message=message)], 1)

        assert written.isascii()
        assert json.loads(written)["findings"][0]["message"] == message


class TestGithub:
    def test_a_command_a_line(self) -> None:
        assert list(github(ALL)) == [
            "::error file=a/b.toml,line=3,endLine=3,col=7,endColumn=12,title=Q001 claim[1].cite[1].quote"
            "::the quote is gone; paste it",
            f"::warning file=a/b.toml,line=12,endLine=14,title=C011 claim[2]::one side; {WARNING.remedy}",
            "::notice file=c.toml,line=5,endLine=5,col=1,endColumn=4,title=S009 source[1].id"
            "::not stated; write machine = true or machine = false where it is known",
            "::error file=d.toml,title=F001::there is no such file; check its name",
        ]

    def test_what_parts_properties_is_escaped(self) -> None:
        [line] = github([WHOLE._replace(file="a,b:c%.toml", message="50 %\nof it")])

        assert line == "::error file=a%2Cb%3Ac%25.toml,title=F001::50 %25%0Aof it"

    @given(HOSTILE, HOSTILE)
    def test_content_cannot_begin_a_command_of_its_own(self, file: str, message: str) -> None:
        [line] = github([ERROR._replace(file=file, message=message)])

        assert "\n" not in line
        assert "\r" not in line
        assert "\x1b" not in line


class TestSarif:
    """The properties that the schema of SARIF 2.1.0 requires, with their types and bounds; sections of the standard."""

    def log(self) -> dict[str, Any]:
        """Give a log of all kinds of reports."""
        found: dict[str, Any] = json.loads(sarif([*ALL, ERROR._replace(file="/x y/ä.toml")], "1.2"))
        return found

    def test_the_log_and_its_run(self) -> None:
        log = self.log()

        assert log["version"] == "2.1.0"  # 3.13.2
        assert str(log["$schema"]).endswith("sarif-schema-2.1.0.json")  # 3.13.3
        [run] = log["runs"]
        assert run["columnKind"] == "unicodeCodePoints"  # 3.14.17
        assert run["tool"]["driver"]["name"] == "briefing check"  # 3.19.8, required
        assert run["tool"]["driver"]["version"] == "1.2"

    def test_every_rule_has_its_metadata(self) -> None:
        [run] = self.log()["runs"]
        rules = run["tool"]["driver"]["rules"]

        assert [rule["id"] for rule in rules] == [rule.id for rule in RULES]  # 3.49.3, unique
        for rule in rules:
            assert rule["shortDescription"]["text"]  # 3.49.9
            assert rule["fullDescription"]["text"].endswith(".")  # 3.49.10
            assert rule["help"]["text"]  # 3.49.13; markdown only beside text, 3.12.4
            assert "```toml" in rule["help"]["markdown"]
            assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}  # 3.50.3

    def test_every_result_has_its_rule_message_and_region(self) -> None:
        [run] = self.log()["runs"]
        rules = run["tool"]["driver"]["rules"]

        assert len(run["results"]) == 5
        for result in run["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]  # 3.27.6
            assert result["level"] in {"error", "warning", "note"}  # 3.27.10
            assert result["message"]["text"]  # 3.27.11, required
            [location] = result["locations"]
            place = location["physicalLocation"]
            assert re.fullmatch(r"[A-Za-z0-9:/.%_~-]+", place["artifactLocation"]["uri"])  # 3.4.3, a URI
            for line, column in (("startLine", "startColumn"), ("endLine", "endColumn")):
                if "region" in place:
                    assert place["region"][line] >= 1  # 3.30.5
                    assert place["region"][column] >= 1  # 3.30.6
        assert "region" not in run["results"][3]["locations"][0]["physicalLocation"]
        assert "logicalLocations" not in run["results"][3]["locations"][0]

    def test_an_absolute_path_is_a_file_uri(self) -> None:
        [run] = self.log()["runs"]
        uri = run["results"][4]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]

        assert uri == "file:///x%20y/%C3%A4.toml"
        assert unquote(uri) == "file:///x y/ä.toml"
