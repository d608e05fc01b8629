"""Applying the rules: choosing them, exceptions with a reason, places, and what must hold for any briefing."""

from collections.abc import Callable, Container
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.briefing.entry import RELATIONS
from tui.briefing.kinds import KINDS
from tui.briefing.loader import load_bytes
from tui.briefing.lock import EMPTY
from tui.briefing.scales import likelihood_words
from tui.briefing.toml_text import basic_string
from tui.checks.briefing_file import check_file, subject_of
from tui.checks.report import Report
from tui.checks.rule import Subject
from tui.checks.rules import BY_ID
from tui.checks.run import Choice, check
from tui.library.source_texts import SourceText

Check = Callable[..., list[Report]]

DRAFT = '[[background]]\nid = "a"\ntext = "A."\ndraft = true\n'
BROKEN = DRAFT.replace("[[background]]", "[[background]")
HEADER = '[briefing]\nid = "b"\ntitle = "B"\nbluf = "B."\nlang = "en"\nas_of = "2026"\n'


def rules(reports: list[Report]) -> list[str]:
    """Give the rules that fired, as often as they did."""
    return [report.rule for report in reports]


class TestChoice:
    def test_ids_and_beginnings_of_ids(self) -> None:
        assert Choice().takes("Q001")
        assert Choice(select=("Q",)).takes("Q001")
        assert not Choice(select=("Q", "S00")).takes("C001")
        assert not Choice(ignore=("S00",)).takes("S001")
        assert not Choice(select=("S",), ignore=("S001",)).takes("S001")

    def test_what_names_no_rule_is_told(self) -> None:
        assert Choice(("Q", "X"), ("S999", "S")).unknown() == ("X", "S999")

    def test_only_what_is_chosen_is_reported(self, checked: Check) -> None:
        assert rules(checked(DRAFT, choice=Choice(select=("D",)))) == ["D001"]
        assert "D001" not in rules(checked(DRAFT, choice=Choice(ignore=("D001",))))
        assert rules(checked(BROKEN, choice=Choice(select=("D",)))) == ["F001"]  # what does not load never passes
        assert rules(checked(BROKEN, choice=Choice(ignore=("F",)))) == []


class TestExceptions:
    IGNORING = 'ignore = ["D001"]\nignore_why = "It is on its way."\n'

    def test_of_an_entry(self, checked: Check) -> None:
        other = DRAFT.replace('"a"', '"b"')

        assert rules(checked(DRAFT + self.IGNORING + other)).count("D001") == 1

    def test_of_the_header_for_the_whole_briefing(self, checked: Check) -> None:
        assert "D001" not in rules(checked(HEADER + self.IGNORING + DRAFT))

    def test_of_a_source(self, checked: Check) -> None:
        source = '[[source]]\nid = "note"\ntype = "report"\nignore = ["S002"]\nignore_why = "It burnt."\n'

        assert "S002" not in rules(checked(source))

    def test_one_that_silences_nothing_is_told_with_its_place(self, checked: Check) -> None:
        idle = DRAFT.replace("draft = true\n", "") + 'ignore = ["S001", "X999"]\nignore_why = "Once."\n'

        found = [report for report in checked(idle) if report.rule == "I001"]

        assert [report.message for report in found] == ["S001 finds nothing here", "X999 is no rule"]
        assert [report.key for report in found] == ["background[1].ignore[1]", "background[1].ignore[2]"]

    def test_one_whose_rule_is_not_chosen_is_let_alone(self, checked: Check) -> None:
        assert rules(checked(DRAFT + self.IGNORING, choice=Choice(ignore=("D",)))).count("I001") == 0

    def test_of_the_idle_exception_itself(self, checked: Check) -> None:
        """An exception from I001 is never idle, since it would be its own excuse."""
        idle = HEADER + 'ignore = ["I001"]\nignore_why = "Why not."\n'

        assert rules(checked(idle)) == ["I001"]


class TestPlaces:
    def test_a_report_points_at_the_value(self, checked: Check) -> None:
        toml = HEADER + '\n[[claim]]\nid = "a"\ntext = "A."\nby = "B"\ncredibility   =   1   # sure\n'

        [report] = [report for report in checked(toml) if report.rule == "C012"]

        assert (report.file, report.line, report.column, report.end_line, report.end_column) == (
            "b.toml",
            13,
            19,
            13,
            20,
        )

    def test_reports_are_in_the_order_of_the_file(self, checked: Check) -> None:
        toml = "".join(DRAFT.replace('"a"', f'"e{number}"') for number in range(5))
        places = [(report.line, report.column) for report in checked(toml)]

        assert places == sorted(places)

    def test_an_empty_table_of_findings_walks_no_text(self) -> None:
        briefing = load_bytes(f"format = 1\n{HEADER}".encode(), "b").briefing
        assert briefing is not None

        assert check(Subject(briefing), "not even TOML ][", "b") == []


WORDS = st.text(st.sampled_from("abc ABC.,;:“”’[]*`()0123456789%éß天—\n"), min_size=1, max_size=40).filter(
    str.strip
) | st.sampled_from(
    ["Reports say that it may be so.", "Experts agree: 200 missiles.", "the likely [[e1]]", "remain vigilant"]
)
LINES = WORDS.map(lambda text: " ".join(text.split())).filter(bool)
IDS = [f"e{number}" for number in range(6)]
DATES = st.sampled_from(["2025", "2025-04", "2024?", "2024/..", "../2026-23", "199X", "2026-11-22"])
RULE_IDS = st.sampled_from(sorted(BY_ID))


def table(
    required: dict[str, st.SearchStrategy[object]], optional: dict[str, st.SearchStrategy[object]]
) -> st.SearchStrategy[dict[str, object]]:
    """Draw a table with some of its optional keys."""
    ignoring = {"ignore": st.lists(RULE_IDS, max_size=2), "ignore_why": LINES}
    return st.fixed_dictionaries(required, optional=optional | ignoring).map(_reasoned)


def _reasoned(values: dict[str, object]) -> dict[str, object]:
    return values | ({"ignore_why": "So it is."} if values.get("ignore") else {})


SOURCES = table(
    {"type": st.sampled_from(["report", "interview", "webpage"])},
    {
        "title": LINES, "author": LINES, "publisher": LINES, "issued": DATES, "url": st.just("https://example.org/"),
        "unknown": st.lists(st.sampled_from(["author", "url"]), max_size=2), "sha256": st.just("0" * 64),
        "origin": st.lists(st.sampled_from(["s0", "s1", "mill"]), max_size=2), "machine": st.booleans(),
    },
)  # fmt: skip
CITATIONS = table(
    {"source": st.sampled_from(["s0", "s1", "s2"])},
    {"quote": WORDS, "prefix": WORDS, "suffix": WORDS, "direct": st.booleans()},
).map(lambda values: {key: value for key, value in values.items() if not key.startswith("ignore")})
NUMBERS = st.integers(0, 5000) | st.floats(0, 1, allow_nan=False)
COMMON: dict[str, st.SearchStrategy[object]] = {
    "by": st.sampled_from(["x0", "unnamed officials", "the mill"]), "hedge": LINES, "date": DATES,
    "cite": st.lists(CITATIONS, max_size=3), "about": st.lists(st.sampled_from(["x0", "x1"]), max_size=2),
    "draft": st.booleans(),
}  # fmt: skip
KIND = st.sampled_from(["report", "statement", "prediction", "judgment"])
ASSESS = st.fixed_dictionaries(
    {}, optional={"likelihood": st.sampled_from(likelihood_words("icd203")), "confidence": st.just("low"), "why": WORDS}
)
QUANTITY = st.fixed_dictionaries({"of": st.sampled_from(["swans", "Swans"])}, optional={"min": NUMBERS, "max": NUMBERS})
OWN: dict[str, tuple[dict[str, st.SearchStrategy[object]], dict[str, st.SearchStrategy[object]]]] = {
    "background": ({"text": WORDS}, {"title": LINES, "kind": KIND}),
    "claim": (
        {"text": WORDS, "by": LINES},
        {"kind": KIND, "quantity": QUANTITY, "credibility": st.integers(1, 6), "assess": ASSESS},
    ),
    "view": (
        {"text": WORDS, "who": st.sampled_from(["x0", "Experts", "Ann"])},
        {"role": LINES, "affiliation": LINES, "stance": LINES, "kind": KIND, "assess": ASSESS},
    ),
    "recommendation": (
        {"action": WORDS},
        {"actor": LINES, "actor_implied": st.booleans(), "modal": LINES, "text": WORDS},
    ),
    "assumption": ({"text": WORDS}, {"assess": ASSESS}),
    "question": ({"text": WORDS}, {}),
}


def _without(
    values: dict[str, st.SearchStrategy[object]], keys: Container[str]
) -> dict[str, st.SearchStrategy[object]]:
    return {key: value for key, value in values.items() if key not in keys}


@st.composite
def briefings(draw: st.DrawFn) -> dict[str, object]:
    """Draw a briefing that loads, or nearly: links in its prose may dangle."""
    tables = [draw(st.sampled_from(tuple(KINDS))) for _ in IDS]
    data: dict[str, object] = {
        "format": 1,
        "briefing": draw(table({"title": LINES, "bluf": WORDS, "as_of": DATES}, {"note": WORDS}))
        | {"id": "b", "lang": draw(st.sampled_from(["en", "de", "xx"]))},
        "source": [draw(SOURCES) | {"id": f"s{number}"} for number in range(3)],
        "entity": [
            {"id": f"x{number}", "name": draw(LINES), "type": draw(st.sampled_from(["person", "organisation"]))}
            for number in range(2)
        ],
    }
    for name in KINDS:
        required, optional = OWN.get(name, ({"text": WORDS}, {}))
        rows = []
        for entry, wanted in zip(IDS, tables, strict=True):
            if wanted == name:
                row = draw(table(required, {**_without(COMMON, required), **optional})) | {"id": entry}
                for relation in draw(st.lists(st.sampled_from(RELATIONS), max_size=2)):
                    row[relation] = [{"to": draw(st.sampled_from([one for one in IDS if one != entry])), "why": "So."}]
                rows.append(row)
        if rows:
            data[name] = rows
    return data


def inline(value: object) -> str:
    """Write a value as TOML, on one line."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {inline(inner)}' for key, inner in value.items())} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(inline, value))}]"
    return basic_string(value) if isinstance(value, str) else str(value).lower()


def written(data: dict[str, object]) -> str:
    """Write the tables of a briefing as TOML."""
    parts: list[str] = []
    for name, value in data.items():
        if not isinstance(value, dict | list):
            parts.insert(0, f"{name} = {inline(value)}\n")
            continue
        header = f"[{name}]\n" if isinstance(value, dict) else f"[[{name}]]\n"
        rows = [value] if isinstance(value, dict) else value
        parts += [header + "".join(f"{key} = {inline(one)}\n" for key, one in row.items()) for row in rows]
    return "\n".join(parts)


@given(briefings(), WORDS)
def test_no_briefing_makes_a_rule_fail(data: dict[str, object], text: str) -> None:
    """Any briefing is checked to the end, twice the same, with every place in the text and every rule in the table."""
    toml = written(data)
    briefing = load_bytes(toml.encode(), "b.toml").briefing
    if briefing is None:  # a link of its prose leads nowhere
        return
    subject = subject_of(briefing, EMPTY, {"s0": SourceText(text, "f" * 64, Path("x"))})
    lines = toml.split("\n")

    found = check(subject, toml, "b.toml")

    assert found == check(Subject(briefing, subject.lock, subject.texts, subject.lock_now), toml, "b.toml")
    for report in found:
        assert report.severity == BY_ID[report.rule].severity
        assert 1 <= report.line <= report.end_line <= len(lines)
        assert 1 <= report.column <= len(lines[report.line - 1]) + 1
        assert 1 <= report.end_column <= len(lines[report.end_line - 1]) + 1
        assert report.message
        assert report.remedy


@pytest.mark.parametrize("name", ["dprk-missiles", "handbook"])
def test_the_bundled_briefings_are_checked_alike_twice(name: str) -> None:
    path = Path(__file__).parents[2] / "content" / name / "briefing.toml"

    assert check_file(path, Path("/nowhere"), name) == check_file(path, Path("/nowhere"), name)
