"""The handbook: what it teaches to write, checked against the format, the rules and its own exercise."""

import re
from pathlib import Path

import pytest

from tui.briefing.loader import load_file
from tui.briefing.model import Briefing
from tui.briefing.schema import schema
from tui.checks.briefing_file import check_file
from tui.checks.rules import BY_ID
from tui.session.commands import COMMANDS

MOST_WORDS = 14_096
"""The words of the file and its chapters before it taught to write, without the chapter that a program writes."""
TABLES = {
    "Header": "`[briefing]`:", "Judgment": "`[[judgment]]`:", "Question": "`[[question]]`:",
    "Indicator": "`[[indicator]]`:", "Background": "`[[background]]`:", "Claim": "`[[claim]]`:", "View": "`[[view]]`:",
    "Recommendation": "`[[recommendation]]`:", "Assumption": "`[[assumption]]`:", "Entity": "`[[entity]]`:",
    "Origin": "`[[origin]]`:", "Source": "`[[source]]`:", "Revision": "`[[revision]]`:", "Citation": "in `cite`:",
    "Quantity": "in `quantity`:",
}  # fmt: skip
"""The lines of the page of fields, by the models of the schema."""


@pytest.fixture(scope="module")
def briefing(content: Path) -> Briefing:
    """Load the handbook."""
    found = load_file(content / "handbook" / "briefing.toml").briefing
    assert found
    return found


@pytest.fixture(scope="module")
def lessons(briefing: Briefing) -> dict[str, str]:
    """Return the texts of the background entries by id."""
    return {entry.id: entry.text for entry in briefing.background}


def test_it_checks_clean_without_notes(content: Path) -> None:
    path = content / "handbook" / "briefing.toml"
    assert check_file(path, Path("/nowhere"), "handbook").reports == []


def test_it_is_no_longer_than_before(content: Path) -> None:
    folder = content / "handbook"
    files = [folder / "briefing.toml", *(file for file in (folder / "held").iterdir() if file.name != "rules.txt")]
    assert sum(len(file.read_text(encoding="utf-8").split()) for file in files) <= MOST_WORDS


def test_ten_claims_become_three_judgments(briefing: Briefing, lessons: dict[str, str]) -> None:
    text = lessons["claims-to-judgments"]
    claims = {claim.id for claim in briefing.claim if claim.id.startswith("pond-")}
    assert len(claims) == 10
    assert claims | {"kj-seven", "kj-eleven", "kj-christmas"} <= set(re.findall(r"\[\[([a-z-]+)", text))
    assert len(briefing.judgment) == 3
    weighed = {
        reason.to for judgment in briefing.judgment for reason in (*(judgment.for_ or ()), *(judgment.against or ()))
    }
    assert weighed <= claims
    assert "Before:" in text
    assert "After:" in text


def test_one_sentence_is_worked_from_source_to_judgment(
    content: Path, briefing: Briefing, lessons: dict[str, str]
) -> None:
    text = lessons["worked-entry"]
    assert re.findall(r"^- (\w+):", text, re.MULTILINE) == ["Before", "Text", "Hedge", "Quote", "Rating", "Judgment"]
    [claim] = [claim for claim in briefing.claim if claim.id == "pond-seven"]
    book = (content / "handbook" / "held" / "note-b.txt").read_text(encoding="utf-8")
    [sentence] = re.findall("“(It is .*?)”", text)
    assert sentence in book
    assert f'hedge = "{claim.hedge}"' in text
    assert any(f'quote = "{cited.quote}"' in text for cited in claim.cite)
    assert f"`{claim.credibility}`" in text
    assert "[[pond-seven]]" in text
    assert "[[kj-seven]]" in text
    assert claim.id in {reason.to for reason in briefing.judgment[0].for_ or ()}


@pytest.mark.parametrize(
    ("lesson", "words"),
    [
        ("parties", ["`party`", "against its own interest", "[[note-keeper-a]]", "reply"]),
        ("numbers", ["`min = 7`", "`max = 8`", '`words = "hundreds"`', '`hedge = "about"`', "200–999"]),
        ("bottom-line", ["Before:", "After:", "no number that no judgment has"]),
        (
            "keeping-current",
            ["`previous`", "`observed`", "`outcome`", "`information_cutoff`", "`as_of`", "`[[revision]]`", "`was`"],
        ),
    ],
)
def test_it_teaches(lessons: dict[str, str], lesson: str, words: list[str]) -> None:
    assert [word for word in words if word not in lessons[lesson]] == []


def test_ten_mistakes_have_their_rules(lessons: dict[str, str]) -> None:
    mistakes = re.findall(r"^- .*(?:\n(?!- |\n).*)*", lessons["ten-mistakes"], re.MULTILINE)
    assert len(mistakes) == 10
    for mistake in mistakes:
        rules = re.findall(r"`([A-Z]\d{3})`", mistake)
        assert rules
        assert set(rules) <= BY_ID.keys()


@pytest.mark.parametrize("model", TABLES)
def test_one_page_has_all_fields(lessons: dict[str, str], model: str) -> None:
    """Those that are required come first; what every entry or statement has stands once for all."""
    lines = [line.replace("\n", " ") for line in re.split(r"\n- ", lessons["all-fields"])]
    entry, statement = (
        set(re.findall(r"`(\w+)`", next(line for line in lines if line.startswith(start))))
        for start in ("Every entry", "All but judgments")
    )
    table = schema()["$defs"][model]
    [line] = [line for line in lines if line.startswith(TABLES[model])]
    required, _, rest = line.removeprefix(TABLES[model]).partition(";")
    first = set(re.findall(r"`(\w+)`", required))
    named = first | set(re.findall(r"`(\w+)`", rest))
    assert table["properties"].keys() <= named | entry | statement
    needed = {"text", "date", "why", "for", "against"} if model == "Judgment" else set(table["required"])
    assert first == needed - ({"id"} if "id" not in first else set())
    shared = {"Judgment", "Indicator", "Question", "Background", "Claim", "View", "Recommendation", "Assumption"}
    assert named - table["properties"].keys() - _inner(line) == set()
    assert model not in shared or entry <= table["properties"].keys()


def _inner(line: str) -> set[str]:
    """Return the keys in the brackets of a line, and behind “with”."""
    parts = re.findall(r"\(.*?\)+|with .*?\)", line)
    return set(re.findall(r"`(\w+)`", " ".join(parts)))


def test_what_the_help_says_is_not_said_again(content: Path) -> None:
    """No more keys are named than an example needs."""
    folder = content / "handbook"
    texts = [folder / "briefing.toml", *(folder / "held").glob("*.txt")]
    said = "\n".join(file.read_text(encoding="utf-8") for file in texts if file.name != "rules.txt")
    keys = {key for command in COMMANDS for key in command.keys if key.isalpha()}
    listed = {key for key in keys if f"`{key}`" in said}
    assert listed <= {"D", "C", "B", "E", "F", "A"}  # letters of ratings among them
    assert not re.search(r"PgDn|Ctrl\+d|Alt\+", said)


def test_the_swans_are_still_the_first_exercise(briefing: Briefing, lessons: dict[str, str]) -> None:
    assert "[[the-exercise]]" in lessons["what-this-is"]
    assert briefing.claim[-10].id == "pond-eleven"
