"""The form of messages: on the screen, and at the command line."""

import re

from tests.messages import calls


def test_a_message_on_the_screen_is_a_sentence() -> None:
    said = [words for room in ("reader", "kiosk") for words in calls(room, "say") if words.text.strip("{} ")]
    assert len(said) > 20
    assert [str(words) for words in said if not re.search(r"(?:[.?…:}”]|\{\w+\})$", words.text)] == []
    assert [str(words) for words in said if re.match(r"[a-z]", words.text)] == []


def test_a_complaint_of_the_command_line_begins_small_and_has_no_stop() -> None:
    said = list(calls("cli", "complain"))
    assert len(said) > 15
    assert [str(words) for words in said if words.text.endswith(".") or re.match(r"[A-Z][a-z]", words.text)] == []
