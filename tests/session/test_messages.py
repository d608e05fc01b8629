"""The last messages: kept whole, bounded, the newest first."""

from itertools import count

from tui.render.formats.text import page_text
from tui.session.messages import MOST, Messages


def kept() -> Messages:
    """Give messages whose clock counts."""
    ticks = count(1)
    return Messages(lambda: f"t{next(ticks)}")


def test_the_last_fifty_are_kept_the_newest_first() -> None:
    messages = kept()
    for number in range(MOST + 7):
        messages.note(f"message {number}", warns=False)
    page = messages.page()
    assert MOST == len(messages) == len(page) == 50
    assert f"message {MOST + 6}" == page.block(0).text
    assert "message 7" == page.block(MOST - 1).text


def test_a_message_is_whole_however_narrow_the_page() -> None:
    messages = kept()
    long = "held/pond.txt:3: " + "a reason that goes on and on, " * 20
    messages.note(long.strip(), warns=True)
    shown = " ".join(" ".join(list(page_text(messages.page(), 40))[1:]).split())
    assert f"t1 {' '.join(long.split())}" == shown
    [span] = messages.page().block(0).paras[0].spans
    assert "warning" == span.role


def test_what_is_said_again_at_once_is_there_once_with_its_last_time() -> None:
    messages = kept()
    for text in ("one", "one", "two", "one"):
        messages.note(text, warns=False)
    markers = [para.marker.text for index in range(3) for para in messages.page().block(index).paras if para.marker]
    assert ["t4", "t3", "t2"] == markers
    assert 3 == len(messages)


def test_before_anything_was_said_the_page_says_so() -> None:
    messages = kept()
    messages.note("one", warns=False)
    messages.forget()
    assert "Nothing has been said yet." == messages.page().block(0).text
