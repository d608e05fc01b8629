"""What visitors send, as keys: broken and hostile as it may be."""

import gc
import weakref

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual import events

from tui.kiosk import typing_in
from tui.kiosk.typing_in import Input


def keys(*pieces: bytes) -> list[str]:
    """Give the names of the keys that some bytes are."""
    reader = Input()
    return [event.key for piece in pieces for event in reader.feed(piece) if isinstance(event, events.Key)]


def test_keys_are_read_also_where_their_bytes_come_one_by_one() -> None:
    assert ["j", "down", "é", "日"] == keys(*(bytes([byte]) for byte in "j\x1b[Bé日".encode()))


@pytest.mark.parametrize(
    "killer", [b"\x1b[:7R", b"\x1b[99999999999u", b"\x1b[;;R", b"\x1b[1;99999999999999999999R", b"\x1b[<9;9;9;9M"]
)
def test_what_kills_the_parser_is_survived(killer: bytes) -> None:
    assert "k" in keys(b"j", killer, b"k")
    assert "k" in keys(b"j" + killer + b"\x1b[Ak")


@pytest.mark.parametrize("resize", [b"\x1b[48;100000;100000;0;0t", b"\x1b[48;50;100;1;1t", b"\x1b[?2048;1$y"])
def test_sizes_come_by_the_channel_alone(resize: bytes) -> None:
    assert [] == [event for event in Input().feed(resize) if not isinstance(event, events.Key)]


def test_a_paste_is_cut_and_cleaned() -> None:
    came = Input().feed(b"\x1b[200~a\nb\x07" + b"x" * 5000 + b"\x1b[201~j")
    [paste] = [event for event in came if isinstance(event, events.Paste)]
    assert paste.text.startswith("a bxxx")
    assert len(paste.text) < 401


def test_a_paste_in_pieces_is_one_and_nothing_of_it_is_a_key() -> None:
    reader, came = Input(), []
    for byte in b"j\x1b[200~a quiet pond\x1b[201~k":
        came += list(reader.feed(bytes([byte])))
    assert ["j", "a quiet pond", "k"] == [
        event.text if isinstance(event, events.Paste) else event.key
        for event in came
        if isinstance(event, events.Paste | events.Key)
    ]


def test_ten_megabytes_are_pasted_for_little_and_none_of_it_is_a_key() -> None:
    reader, came = Input(), []
    for piece in [b"\x1b[200~", *[b"quit quickly " * 1000] * 800, b"\x1b[201~"]:
        came += list(reader.feed(piece))
    [paste] = came
    assert isinstance(paste, events.Paste)


def test_a_paste_without_an_end_ends_after_a_pause() -> None:
    now = 0.0
    reader = Input(lambda: now)
    list(reader.feed(b"\x1b[200~"))
    for _ in range(40):
        assert [] == list(reader.feed(b"x" * 1000))
    now += 13
    assert "j" in [event.key for event in reader.feed(b"j") if isinstance(event, events.Key)]


@pytest.mark.parametrize(
    ("late", "heard"), [(b"j", ["j"]), (b"\x1b[B", ["down"]), (b"j" * 17, []), (b"j\x1b[201~", [])]
)
def test_what_is_typed_after_a_paste_without_an_end_is_heard_soon(late: bytes, heard: list[str]) -> None:
    now = 0.0
    reader = Input(lambda: now)
    assert [] == list(reader.feed(b"\x1b[200~quit"))
    now += 1.5
    assert [] == list(reader.feed(b"q"))
    now += 2.5
    assert heard == [event.key for event in reader.feed(late) if isinstance(event, events.Key)]


def test_an_end_that_comes_late_and_in_pieces_ends_the_paste() -> None:
    now = 0.0
    reader = Input(lambda: now)
    assert [] == list(reader.feed(b"\x1b[200~quit\x1b[2"))
    now += 3
    [paste] = reader.feed(b"01~")
    assert isinstance(paste, events.Paste)


def test_an_escape_alone_is_the_key_of_that_name_after_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Input()
    assert [] == list(reader.feed(b"\x1b"))
    assert reader.waits
    monkeypatch.setattr("textual._parser.get_time", lambda: float("inf"))
    [event] = reader.tick()
    assert isinstance(event, events.Key)
    assert "escape" == event.key
    assert not reader.waits


def test_bytes_that_are_no_utf_8_are_keys_that_mean_nothing() -> None:
    assert "j" in keys(b"\xff\xfe\x80\xc3", b"j")


def test_nobody_keeps_a_reader_that_is_done_with() -> None:
    reader = Input()
    list(reader.feed(b"\x1b[A\x1b[57399u\x1b[97;5u"))
    parser = weakref.ref(reader._parser)
    reader.close()
    del reader
    gc.collect()
    assert parser() is None


def test_what_is_kept_of_extended_keys_is_bounded() -> None:
    for number in range(3000):
        keys(f"\x1b[{number};5u".encode())
    assert typing_in._extended.cache_info().currsize <= 1024


@example([b"\x1b", b"\x1b[200~"])
@given(
    st.lists(
        st.binary(max_size=80) | st.sampled_from([b"\x1b[", b"\x1b[200~", b"\x1b[<0;1;1M", b"\x1b[1;", b";R", b"u"]),
        max_size=20,
    )
)
def test_whatever_comes_is_read_and_the_next_line_is_heard(pieces: list[bytes]) -> None:
    reader = Input()
    for piece in pieces:
        for event in reader.feed(piece):
            assert not isinstance(event, events.Resize)
    for _ in range(30):
        list(reader.feed(b"." * 1000))
    list(reader.feed(b"\x1b[201~"))
    assert "j" in [event.key for event in reader.feed(b"jjj") if isinstance(event, events.Key)]
