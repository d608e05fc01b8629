"""The assertion of a sentence without its speaker."""

import pytest

from tui.language.assertions import assertion


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The warden says that there are seven swans.", "There are seven swans"),
        ("In three accounts of the hearing Ann Holt said that she counts swans. So do we.", "She counts swans"),
        ("According to the mill’s book, seven swans came.", "Seven swans came"),
        ("Seven swans came, the warden reports.", "Seven swans came"),
        ("The warden told the mayor that geese may return.", "Geese may return"),
        ("Washington and Seoul say that seven swans came.", "Seven swans came"),
    ],
)
def test_the_speaker_is_taken_off(text: str, said: str) -> None:
    assert assertion(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "Seven swans came.",
        "The warden denies that seven swans came.",
        "The warden does not say that seven swans came.",
        "Nobody says that seven swans came.",
        "If the warden says that seven came, buy corn.",
        "The warden denied every count and later said that there was no swan.",
        "The miller left but the warden says that seven swans came.",
        "",
    ],
)
def test_nothing_is_taken_off_that_would_turn_the_meaning(text: str) -> None:
    assert assertion(text) == ""
