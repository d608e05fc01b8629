"""`briefing new` in a terminal asks for what it is not told, and writes the same skeleton as the options do."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Done
from tests.reader.running import Terminal
from tui.briefing.loader import load_file
from tui.library.paths import user_folders

QUESTIONS = ("Id,", "Title", "Language,", "Scale", "First source,", "First claim,")
ANSWERS = ("pond", "Swans “here”", "de-AT", "phia", "The pond book", "There were seven swans.")
Ask = Callable[..., Terminal]


@pytest.fixture
def ask() -> Iterator[Ask]:
    """Return a function that runs `briefing new` in a terminal."""
    opened: list[Terminal] = []

    def run(*words: str) -> Terminal:
        opened.append(Terminal("new", *words, size=(120, 30)))
        return opened[-1]

    yield run
    for terminal in opened:
        terminal.close()


@pytest.fixture
def root() -> Path:
    """Return the folder of the user's own briefings."""
    return user_folders().own_content


def answered(terminal: Terminal, *answers: str) -> Terminal:
    """Answer the first questions, each when it is asked; wait for the next one."""
    for question, answer in zip(QUESTIONS, answers, strict=False):
        terminal.until_shown(f"{question}")
        terminal.send(f"{answer}\r")
    if len(answers) < len(QUESTIONS):
        terminal.until_shown(QUESTIONS[len(answers)])
    return terminal


def test_six_questions_have_six_defaults(ask: Ask, root: Path) -> None:
    terminal = answered(ask(), *[""] * 6)
    assert terminal.until_ended() == 0
    assert "Read it: briefing my-briefing" in terminal.text
    loaded = load_file(root / "my-briefing" / "briefing.toml")
    assert not loaded.problems
    assert loaded.briefing
    header = loaded.briefing.briefing
    assert (header.id, header.title, header.lang, header.scale) == ("my-briefing", "My briefing", "en", "icd203")
    assert loaded.briefing.source[0].title == "The title as it stands there"
    again = answered(ask(), *[""] * 6)
    assert again.until_ended() == 0
    assert (root / "my-briefing-2" / "briefing.toml").is_file()


def test_answers_and_options_write_the_same_skeleton(ask: Ask, root: Path, run: Callable[..., Done]) -> None:
    assert answered(ask(), *ANSWERS).until_ended() == 0
    asked = (root / "pond" / "briefing.toml").read_text(encoding="utf-8")
    name, title, lang, scale, source, claim = ANSWERS
    options = "--title", title, "--lang", lang, "--scale", scale, "--source", source, "--claim", claim
    (root / "pond" / "briefing.toml").unlink()
    (root / "pond").rmdir()
    assert run("new", name, *options).code == 0
    assert (root / "pond" / "briefing.toml").read_text(encoding="utf-8") == asked
    found = load_file(root / "pond" / "briefing.toml").briefing
    assert found
    assert (found.briefing.title, found.briefing.lang, found.briefing.scale) == (title, lang, scale)
    assert (found.source[0].title, found.claim[0].text) == (source, claim)
    assert "explains every key by example" in asked


def test_an_address_of_the_first_source_is_written_as_such(run: Callable[..., Done], root: Path) -> None:
    assert run("new", "pond", "--source", "https://example.org/swans").code == 0
    found = load_file(root / "pond" / "briefing.toml").briefing
    assert found
    assert (found.source[0].url, found.source[0].title) == ("https://example.org/swans", "The title as it stands there")


def test_what_is_given_is_not_asked_for(ask: Ask, root: Path) -> None:
    terminal = ask("pond", "--title", "T", "--lang", "de", "--source", "S", "--claim", "C")
    terminal.until_shown("Scale of likelihoods, icd203 or phia [icd203]: ")
    terminal.send("phia\r")
    assert terminal.until_ended() == 0
    assert not [question for question in QUESTIONS if question != "Scale" and question in terminal.text]
    assert (root / "pond" / "briefing.toml").is_file()


@pytest.mark.parametrize(
    ("number", "wrong", "said"),
    [
        (0, "Pond", "'Pond' is no id"),
        (0, "handbook", "has a briefing 'handbook' already"),
        (0, "check", "is a command of this program"),
        (0, "there", "already"),
        (1, "a\u202eb", "U+202E"),
        (2, "not a tag", "is no language tag"),
        (3, "percent", "icd203"),
        (4, "a\u202eb", "U+202E"),
        (4, __file__, "is a file; give its title"),
        (5, "a\u202eb", "U+202E"),
    ],
)
def test_an_answer_that_cannot_stand_is_explained_and_asked_for_again(
    ask: Ask, root: Path, number: int, wrong: str, said: str
) -> None:
    (root / "there").mkdir(parents=True)
    (root / "there" / "briefing.toml").write_text("mine")
    terminal = answered(ask(), *ANSWERS[:number])
    terminal.send(f"{wrong}\r")
    terminal.until(lambda: terminal.text.count(QUESTIONS[number]) == 2)
    assert said in terminal.text
    assert not (root / "pond").exists()
    for place in range(number, 6):
        terminal.until_shown(QUESTIONS[place])
        terminal.send(f"{ANSWERS[place]}\r")
    assert terminal.until_ended() == 0
    assert (root / "pond" / "briefing.toml").is_file()


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl+C", "end of input"])
@pytest.mark.parametrize("number", range(6))
def test_leaving_at_any_question_leaves_nothing_behind(ask: Ask, root: Path, number: int, key: str) -> None:
    terminal = answered(ask(), *ANSWERS[:number])
    terminal.send(key)
    assert terminal.until_ended() == 130
    assert "nothing was written" in terminal.text
    assert "Traceback" not in terminal.text
    assert not root.exists()


def test_bytes_that_are_no_text_are_asked_for_again(ask: Ask, root: Path) -> None:
    terminal = answered(ask(), ANSWERS[0])
    terminal.send(b"\xff\xfe\r")
    terminal.until_shown("write it again")
    for answer in ANSWERS[1:]:
        terminal.send(f"{answer}\r")
    assert terminal.until_ended() == 0
    assert (root / "pond" / "briefing.toml").is_file()


@pytest.mark.parametrize("words", [("handbook",), ("Pond",), ("pond", "--lang", "not a tag")])
def test_a_wrong_option_ends_it_before_any_question(ask: Ask, root: Path, words: tuple[str, ...]) -> None:
    terminal = ask(*words)
    assert terminal.until_ended() == 2
    assert not [question for question in QUESTIONS if f"{question} [" in terminal.text]
    assert not root.exists()


def test_without_a_terminal_it_asks_nothing(run: Callable[..., Done], root: Path) -> None:
    said = "briefing: new needs an id; write: briefing new ID, or run it in a terminal, where it asks\n"
    assert run("new") == Done(2, "", said)
    assert not root.exists()
    assert run("new", "pond").code == 0
