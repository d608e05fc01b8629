"""What terminals send, as events: broken, hostile and late as it may be, and whatever pieces it comes in."""

import gc
import tracemalloc
import weakref
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual import events
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui.reader.terminal.input import BackgroundTold, Input
from tui.reader.textual_internals import terminal as textual_internals

Step = bytes | float
"""What comes, or a pause in seconds."""
PAUSE = 1.1
"""A pause after which nothing is awaited any more."""
ANSWERS = {
    "colour, ended by BEL": b"\x1b]11;rgb:ffff/ffff/ffff\x07",
    "colour": b"\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
    "another colour": b"\x1b]4;1;rgb:ff/00/00\x1b\\",
    "clipboard": b"\x1b]52;c;cXVpdA==\x1b\\",
    "title": b"\x1b]lquit quickly\x1b\\",
    "name": b"\x1bP>|kitty(0.32.2)\x1b\\",
    "setting": b"\x1bP1$r0m\x1b\\",
    "capability": b"\x1bP1+r544e=787465726d\x1b\\",
    "third attributes": b"\x1bP!|00000000\x1b\\",
    "graphics": b"\x1b_Gi=31;OK\x1b\\",
    "attributes": b"\x1b[?62;22;52c",
    "second attributes": b"\x1b[>0;276;0c",
    "cursor": b"\x1b[12;40R",
    "status": b"\x1b[0n",
    "mode": b"\x1b[?2048;2$y",
    "ANSI mode": b"\x1b[4;1$y",
    "keyboard": b"\x1b[?25u",
    "colour scheme": b"\x1b[?997;1n",
    "size": b"\x1b[48;50;100;1000;800t",
    "impossible size": b"\x1b[48;100000;100000;0;0t",
    "window": b"\x1b[8;24;80t",
    "old mouse": b"\x1b[M !!",
    "old mouse beyond column 95": b"\x1b[M \x98&",
    "older mouse": b"\x1b[32;10;10M",
}
"""Answers and reports of terminals of which no letter is typed."""


def came(*steps: Step, wanted: tuple[type, ...] = ()) -> list[Message]:
    """Return the events of what comes; the reader is asked for what it awaits as often as time passes."""
    now = 0.0
    reader = Input(wanted=wanted, clock=lambda: now)
    found: list[Message] = []
    for step in steps:
        if isinstance(step, bytes):
            found += reader.feed(step)
        else:
            until = now + step
            while reader.seconds and now + reader.seconds <= until:
                now += reader.seconds + 1e-6
                found += reader.tick()
            now = until
    return found


def heard(*steps: Step) -> list[str]:
    """Return the names of the keys, and the texts of pastes in quotes."""
    return [
        event.key if isinstance(event, events.Key) else f"“{event.text}”"
        for event in came(*steps)
        if isinstance(event, events.Key | events.Paste)
    ]


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"jJ \r\n\t\x7f\x03", ["j", "J", "space", "enter", "enter", "tab", "backspace", "ctrl+c"]),
        ("é日𝔘".encode(), ["é", "日", "𝔘"]),
        (b"\x1b[A\x1b[5~\x1b[H\x1b[Z\x1bOP", ["up", "pageup", "home", "shift+tab", "f1"]),
        (b"\x1b[1;5A\x1b[6;5~\x1b[1;2P\x1bO2P\x1bO5A", ["ctrl+up", "ctrl+pagedown", "shift+f1", "shift+f1", "ctrl+up"]),
        (b"\x1b[[A\x1b[7$\x1b[a\x1b[3^\x1bOj", ["f1", "shift+home", "shift+up", "ctrl+delete", "asterisk"]),
        (b"\x1bj\x1bf\x1b\r\x1b\x1b[A", ["escape", "j", "ctrl+right", "enter", "escape", "up"]),
        (b"\x1b[106u\x1b[112;5u\x1b[27u\x1b[13;1u\x1b[106;1;106u", ["j", "ctrl+p", "escape", "enter", "j"]),
        (b"\x1b[57399u\x1b[0;;229u\x1b[27;5;112~", ["0", "å", "ctrl+p"]),
    ],
    ids=["characters", "wide", "usual", "modified", "old", "alt", "kitty", "rare"],
)
def test_keys_are_read(data: bytes, keys: list[str]) -> None:
    assert keys == heard(data)


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"\x1b[97:65;2u", ["A"]),
        (b"\x1b[1;1:1B", ["down"]),
        (b"\x1b[1;1:2B", ["down"]),
        (b"\x1b[1;1:3B", []),
        (b"\x1b[106;1:3u", []),
        (b"\x1b[106;1:1u", ["j"]),
        (b"\x1b[106::74;1u", ["j"]),
        (b"\x1b[99999999u", []),
        (b"\x1b[55296u", []),
        (b"\x1b[1114112;1u", []),
        (b"\x1b[106;1;55296u", ["j"]),
        (b"\x1b[106;99999999u", []),
        (b"\x1b[:7R", []),
        (b"\x1b[;;R", []),
        (b"\x1b[1;2;3;4;5u", []),
        (b"\x1b[<9;9;9;9M", []),
        (b"\x1b[<0;99999999999;1M", []),
        (b"\x1b[<0;-3;1M", []),
        (b"\x1b[201~", []),
        (b"\x1b[106~\x1b[106;1~\x1b[106;1A", []),
    ],
)
def test_sub_parameters_are_understood_and_impossible_numbers_ignored(data: bytes, keys: list[str]) -> None:
    assert keys == heard(data)
    assert [*keys, "k"] == heard(data + b"k")


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"\x9bB", ["down"]),
        (b"\xc2\x9bB", ["down"]),
        (b"\x8fP", ["f1"]),
        (b"\x9d11;rgb:ff/ff/ff\x9c", []),
        (b"\x90>|name\x1b\\", []),
        (b"\x85\xc2\x85", []),
        (b"\xe9", ["�"]),
        (b"\xff\xfe", ["�", "�"]),
        (b"\xed\xa0\x80", ["�", "�", "�"]),
    ],
)
def test_bytes_that_are_no_utf_8_and_sequences_in_8_bits_take_nothing_with_them(data: bytes, keys: list[str]) -> None:
    names = ["replacement_character" if key == "�" else key for key in keys]
    assert [*names, "j"] == heard(data + b"j")
    assert [*names, "j"] == heard(data, PAUSE, b"j")


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_of_no_answer_a_letter_is_typed(answer: bytes) -> None:
    assert ["j", "k"] == heard(b"j" + answer + b"k")


@pytest.mark.parametrize("pause", [0.0, 0.3])
@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_an_answer_may_be_split_anywhere_but_behind_its_escape(answer: bytes, pause: float) -> None:
    for at in range(2, len(answer)):
        assert ["j", "k"] == heard(b"j" + answer[:at], pause, answer[at:] + b"k")


@pytest.mark.parametrize("pause", [0.0, 0.05, 0.3])
@pytest.mark.parametrize(
    "sequence", [b"\x1b[B", b"\x1b[1;5A", b"\x1b[6~", b"\x1b[106;5u", "𝔘".encode(), b"\x1b[<0;5;5M"]
)
def test_a_key_may_be_split_anywhere_but_behind_its_escape(sequence: bytes, pause: float) -> None:
    whole = heard(sequence)
    for at in range(2, len(sequence)):
        assert whole == heard(sequence[:at], pause, sequence[at:])
    assert whole == heard(sequence[:2], *(step for byte in sequence[2:] for step in (pause, bytes([byte]))))


@pytest.mark.parametrize(
    "sequence", [b"\x1b[B", b"\x1b[1;5A", b"\x1b[106;5u", b"\x1b]11;rgb:ff/ff/ff\x07", b"\x1b[?62c"]
)
def test_of_a_sequence_that_is_split_behind_its_escape_no_letter_is_typed(sequence: bytes) -> None:
    assert heard(sequence) == heard(sequence[:1], 0.05, sequence[1:])
    assert ["escape", *heard(sequence)] == heard(sequence[:1], 0.3, sequence[1:])


def slowly(answer: bytes, pause: float) -> list[Step]:
    """Return the steps of an answer of which each byte comes by itself."""
    return [step for byte in answer for step in (bytes([byte]), pause)]


SLOW_ANSWERS = (
    b"\x1b]11;rgb:1616/1818/1d1d\x1b\\",
    b"\x1b]11;rgb:ffff/ffff/ffff\x07",
    b"\x1b[?2026;2$y",
)


@pytest.mark.parametrize("pause", [0.05, 0.099, 0.1, 0.101, 0.3, 0.45])
@pytest.mark.parametrize("answer", SLOW_ANSWERS)
def test_an_answer_that_comes_byte_by_byte_types_nothing(answer: bytes, pause: float) -> None:
    assert heard(*slowly(answer, pause), b"k") in (["k"], ["escape", "k"])


@pytest.mark.parametrize("length", range(5, 26))
def test_an_answer_that_breaks_off_is_dropped_as_a_whole(length: int) -> None:
    assert heard(*slowly(SLOW_ANSWERS[0][:length], 0.2), 9.0, b"k") == ["escape", "k"]


def test_a_background_that_is_told_byte_by_byte_is_heard() -> None:
    told = came(*slowly(SLOW_ANSWERS[1], 0.15), wanted=(BackgroundTold,))
    assert [message.dark for message in told if isinstance(message, BackgroundTold)] == [False]


@pytest.mark.parametrize(
    ("steps", "keys"),
    [
        ((b"\x1b", 0.2, b"]", 0.6), ["escape", "right_square_bracket"]),
        ((b"\x1b", 0.2, b"[", 0.6), ["escape", "left_square_bracket"]),
        ((b"\x1b", 0.2, b"]", 0.2, b"j"), ["escape", "right_square_bracket", "j"]),
        ((b"\x1b", 0.2, b"]", 0.2, b"1", 0.2, b"2"), ["escape", "right_square_bracket", "1", "2"]),
        ((b"\x1b", 0.2, b"]", 0.2, b"\x1b", 0.2, b"j"), ["escape", "right_square_bracket", "escape", "j"]),
        ((31.0, b"\x1b", 0.2, b"]"), ["escape", "right_square_bracket"]),
    ],
)
def test_what_only_begins_like_an_answer_was_typed(steps: Sequence[Step], keys: list[str]) -> None:
    assert heard(*steps) == keys


def test_an_escape_alone_is_the_key_of_that_name_after_a_moment() -> None:
    assert [] == heard(b"\x1b", 0.05)
    assert ["escape"] == heard(b"\x1b", 0.2)
    assert ["escape", "j"] == heard(b"\x1b", 0.2, b"j")
    assert ["escape", "escape", "j"] == heard(b"\x1b", 0.05, b"\x1b", 0.2, b"j")


@pytest.mark.parametrize(
    ("steps", "keys"),
    [
        ((b"\x1b[", 0.2, b"j"), ["left_square_bracket", "j"]),
        ((b"\x1b]", 0.2, b"j"), ["right_square_bracket", "j"]),
        ((b"\x1bP", 0.2, b"j"), ["escape", "P", "j"]),
        ((b"\x1b]1", 0.2, b"j", 0.2, b"k", PAUSE), ["j", "k"]),
        ((b"\x1b]11;rgb:ffff/ff", 0.2, b"j", 0.2, b"q", PAUSE), ["j", "q"]),
        ((b"\x1b]11;rgb:ffff/ff", 0.2, b"j", b"\r"), ["j", "enter"]),
        ((b"\x1b]11;rgb:ffff/ff", 0.2, b"\x1b[B"), ["down"]),
        ((b"\x1b]52;c;" + b"a" * 9000, PAUSE, b"j"), ["j"]),
        ((b"\x1b[12", 0.2, "é".encode(), b"j"), ["é", "j"]),
        ((b"\x1b[M ", 0.2, b"\r"), ["enter"]),
        ((b"\xc3", 0.2, b"j"), ["replacement_character", "j"]),
    ],
)
def test_letters_behind_a_sequence_that_is_never_ended_are_heard(steps: Sequence[Step], keys: list[str]) -> None:
    assert keys == heard(*steps)


@pytest.mark.parametrize("start", [b"\x1b]52;c;", b"\x1b[", b"\x1bP1$r"])
def test_an_endless_sequence_is_skipped_and_not_kept(start: bytes) -> None:
    now = 0.0
    reader = Input(clock=lambda: now)
    pieces = [start, *[b"1" * 4000] * 500]
    tracemalloc.start()
    try:
        assert [] == [event for piece in pieces for event in reader.feed(piece)]
        assert tracemalloc.get_traced_memory()[0] < 100_000
    finally:
        tracemalloc.stop()
    *_, last = reader.feed(b"m\x1b\\j" if start == b"\x1b[" else b"\x1b\\j")
    assert isinstance(last, events.Key)
    assert "j" == last.key


def test_reports_come_to_whom_they_were_wanted_by() -> None:
    data = b"\x1b[I\x1b[O\x1b]11;rgb:00/00/00\x07\x1b[?2026;2$y\x1b[<0;3;4M"
    usual = [type(event) for event in came(data)]
    assert [TerminalSupportsSynchronizedOutput, events.MouseDown] == usual
    reports = (events.AppFocus, events.AppBlur, BackgroundTold)
    assert [*reports, *usual] == [type(event) for event in came(data, wanted=reports)]
    [told] = came(b"\x1b]11;rgb:00/00/00\x07", wanted=(BackgroundTold,))
    assert isinstance(told, BackgroundTold)
    assert told.dark


@pytest.mark.parametrize("report", [b"\x1b[?2026;0$y", b"\x1b[?2026;4$y"])
def test_a_terminal_that_cannot_show_frames_at_once_is_believed(report: bytes) -> None:
    assert [] == came(report)


# Pastes


def test_a_paste_is_cut_and_cleaned() -> None:
    [paste, key] = came(b"\x1b[200~a\nb\x07" + b"x" * 5000 + b"\x1b[201~j")
    assert isinstance(paste, events.Paste)
    assert paste.text.startswith("a bxxx")
    assert len(paste.text) < 401
    assert isinstance(key, events.Key)


def test_a_paste_in_pieces_is_one_and_nothing_of_it_is_a_key() -> None:
    pieces = (bytes([byte]) for byte in b"j\x1b[200~a quiet pond\x1b[201~k")
    assert ["j", "“a quiet pond”", "k"] == heard(*pieces)


def test_a_character_that_holds_an_end_in_8_bits_ends_no_paste() -> None:
    assert ["“蛛201~quit”", "j"] == heard("\x1b[200~蛛201~quit\x1b[201~j".encode())


def test_ten_megabytes_are_pasted_for_little_and_none_of_it_is_a_key() -> None:
    [paste] = came(b"\x1b[200~", *[b"quit quickly " * 1000] * 800, b"\x1b[201~")
    assert isinstance(paste, events.Paste)


def test_a_paste_without_an_end_is_handed_on_after_a_second() -> None:
    assert [] == heard(b"\x1b[200~quit", 0.9)
    assert ["“quit”"] == heard(b"\x1b[200~quit", 1.1)
    assert ["“quit now”", "“quit later”", "j"] == heard(b"\x1b[200~quit now", 1.1, b"quit later", 1.1, 1.0, b"j")


def test_typing_after_a_paste_without_an_end_is_heard_in_five_seconds() -> None:
    typed = [step for _ in range(20) for step in (b"j", 0.5)]
    assert [f"“{'j' * 11}”", *["j"] * 9] == heard(b"\x1b[200~", *typed)


@pytest.mark.parametrize(("key", "keys"), [("alt+j", ["alt+j"]), ("alt+k", ["escape", "j"])])
def test_escape_and_a_letter_are_alt_and_the_letter_where_that_is_bound(key: str, keys: list[str]) -> None:
    found = Input(bound=lambda pressed: pressed == key).feed(b"\x1bj")
    assert keys == [event.key for event in found if isinstance(event, events.Key)]


def test_a_paste_without_an_end_ends_after_a_pause() -> None:
    begun = (b"\x1b[200~", *[b"x" * 1000] * 40)
    assert [] == heard(*begun)
    assert f"“{'x' * 400}”" == heard(*begun, 13.0, b"j")[0]
    assert "j" == heard(*begun, 13.0, b"j")[-1]


@pytest.mark.parametrize(("late", "keys"), [(b"j", ["j"]), (b"\x1b[B", ["down"]), (b"j" * 17, []), (b"j\x1b[201~", [])])
def test_what_is_typed_after_a_paste_without_an_end_is_heard_soon(late: bytes, keys: list[str]) -> None:
    steps = (b"\x1b[200~quit", 1.5, b"q", 2.5, late)
    assert keys == [key for key in heard(*steps) if not key.startswith("“")]


def test_an_end_that_comes_late_and_in_pieces_ends_the_paste() -> None:
    assert ["“quit”"] == heard(b"\x1b[200~quit\x1b[2", 3.0, b"01~")


# Whatever comes


def test_nobody_keeps_a_reader_that_is_done_with() -> None:
    reader = Input()
    list(reader.feed(b"\x1b[A\x1b[57399u\x1b[97;5u"))
    kept = weakref.ref(reader)
    gc.collect()
    gc.disable()
    del reader
    try:
        assert kept() is None
    finally:
        gc.enable()


def test_what_is_kept_of_extended_keys_is_bounded() -> None:
    heard(*(f"\x1b[{number};5u".encode() for number in range(3000)))
    assert textual_internals._extended.cache_info().currsize <= 1024  # noqa: SLF001 -- a bound of memory


PIECES = st.lists(
    st.binary(max_size=80)
    | st.sampled_from(
        [b"\x1b", b"\x1b[", b"\x1b[200~", b"\x1b[<0;1;1M", b"\x1b[1;", b";R", b"u", b"\x1b]11;", b"\x1b\\"]
    )
    | st.floats(0, 2),
    max_size=20,
)


@example([b"\x1b", b"\x1b[200~"])
@example([b"\x1b", 0.2, b"["])
@given(PIECES)
def test_whatever_comes_is_read_and_what_is_typed_then_is_heard(steps: Iterable[Step]) -> None:
    found = came(*steps, 13.0, b"\x1b[201~", PAUSE, b"j")
    assert not [event for event in found if isinstance(event, events.Resize)]
    assert isinstance(found[-1], events.Key)
    assert "j" == found[-1].key
    for event in found:
        if isinstance(event, events.Key):
            (event.character or event.key).encode()  # no lone surrogate, which no terminal takes


def test_what_a_busy_process_takes_late_did_not_come_late() -> None:
    now = 0.0
    reader = Input(clock=lambda: now)
    found: list[object] = []
    for piece in b"j\x1b", b"[B", b"\x1b]11;rgb:ff", b"/ff/ff\x07", b"\xc3", b"\xa9":
        for event in reader.feed(piece):
            now += 5  # what is done with it takes its time
            found.append(event.key if isinstance(event, events.Key) else event)
        now += 5
    assert ["j", "down", "é"] == found
