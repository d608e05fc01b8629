"""The rule for docstrings on examples."""

from pathlib import Path

import pytest

from tests.docstrings import VERBS, Docstring, faults


def described(text: str, *, is_function: bool = True, is_attribute: bool = False) -> list[str]:
    """Return the faults of a docstring."""
    return faults(Docstring(Path("x.py"), 1, text, is_function, is_attribute))


@pytest.mark.parametrize(
    "text",
    [
        "Apply new settings to new visits; open visits keep theirs.",
        "Queue a request. A visitor's earlier request is cancelled; the new one takes its position.",
        "Request a repaint directly from the screen, without Textual's two messages.",
        "Whether a visitor who has logged in may open `what`.",
        "Return the reader, who may have left.\n\nWhat follows is free.",
    ],
)
def test_good_docstrings(text: str) -> None:
    """The examples of the rule pass."""
    assert not described(text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Give the title.", "begins with “Give”"),
        ("The title.", "begins with “The”"),
        ("Return what came.", "free relative “what …”"),
        ("Find the settings of who asks.", "free relative “who …”"),
        ("Find where a quote stands.", "free relative “where …”"),
        ("Whether one does.", "a verb that stands for another"),
        ("Close it.", "pronoun “it”"),
        ("Return the title", "without a period"),
        ("Return one two three four five six seven eight nine ten eleven twelve.", "has 13 words"),
    ],
)
def test_bad_docstrings(text: str, fault: str) -> None:
    """Each fault is found."""
    assert any(fault in found for found in described(text))


@pytest.mark.parametrize("text", ["What came.", "Who holds a view.", "Gives a title.", "Tell the title."])
def test_bad_docstrings_of_things(text: str) -> None:
    """A class or a module may begin with a noun, but not with a clause."""
    assert described(text, is_function=False)
    assert not described("The result of opening a briefing, and its JSON form.", is_function=False)


def test_a_verb_is_written_once_and_large() -> None:
    """Words of the house's former dialect are no verbs of the list."""
    assert all(verb.istitle() for verb in VERBS)
    assert not VERBS & {"Give", "Tell", "Say", "Have", "Let", "Do", "Be"}
