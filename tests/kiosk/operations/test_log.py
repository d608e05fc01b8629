"""The log: an event a line, whatever is in it."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.kiosk.operations.log import CONTENT_EVENTS, Log
from tui.kiosk.operations.settings import Settings


def written(event: str, facts: dict[str, str | int | float], **settings: str) -> str:
    """Give the line of an event at the beginning of time."""
    out = io.StringIO()
    Log(out, Settings.model_validate(settings), "salt", lambda: 0.0).write(event, **facts)
    return out.getvalue()


def test_an_event_is_a_line_of_text() -> None:
    line = written("left", {"address": "192.0.2.1", "seconds": 1.5, "key": "", "said": 'a "b" c'})
    assert '1970-01-01T00:00:00Z left address=192.0.2.1 seconds=1.5 said="a \\"b\\" c"\n' == line


@pytest.mark.parametrize("space", [" ", "\xa0", "\u2003", "\u3000"])
def test_no_space_in_a_fact_makes_two_of_it(space: str) -> None:
    line = written("visit", {"user": f"x{space}key=SHA256:another"})
    assert line.endswith(f'user="x{space}key=SHA256:another"\n')


def test_an_event_is_an_object_of_json() -> None:
    line = written("left", {"address": "192.0.2.1", "seconds": 1.5}, log="json")
    assert {"time": "1970-01-01T00:00:00Z", "event": "left", "address": "192.0.2.1", "seconds": 1.5} == json.loads(line)


@pytest.mark.parametrize("how", ["hashed", "none"])
def test_addresses_are_not_told_where_they_are_not_to_be(how: str) -> None:
    line = written("left", {"address": "192.0.2.1"}, log_addresses=how)
    assert "192.0.2" not in line
    assert line == written("left", {"address": "192.0.2.1"}, log_addresses=how)
    assert (how == "hashed") is (line != written("left", {"address": "192.0.2.2"}, log_addresses=how))


@given(st.text(max_size=60), st.sampled_from(["text", "json"]))
def test_whatever_is_in_an_event_it_is_one_line_that_does_not_act(text: str, how: str) -> None:
    line = written("refused", {"what": text}, log=how)
    assert 1 == line.count("\n")
    assert line.removesuffix("\n").isprintable() or how == "text"
    assert not any(character < " " or "\x7f" <= character < "\xa0" for character in line[:-1])


def test_who_is_turned_away_a_thousand_times_fills_no_disk() -> None:
    out, now = io.StringIO(), 0.0
    heard: list[str] = []
    log = Log(out, Settings(), "salt", lambda: now)
    log.on_event = lambda event, _facts: heard.append(event)
    for _ in range(1000):
        log.write("turned-away", address="192.0.2.1", reason="too-often")
    log.write("left", address="192.0.2.2")
    assert 1000 == heard.count("turned-away")
    assert 101 == out.getvalue().count("\n")
    now += 2
    log.write("turned-away", address="192.0.2.3", reason="full")
    assert out.getvalue().endswith("turned-away address=192.0.2.3 reason=full withheld=900\n")
    log.change(Settings(log="json"))
    log.write("turned-away", address="192.0.2.3", reason="full")
    assert "withheld" not in json.loads(out.getvalue().splitlines()[-1])


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), BrokenPipeError()])
def test_a_line_that_cannot_be_written_is_lost_and_nothing_else(error: OSError) -> None:
    class Full(io.StringIO):
        def flush(self) -> None:
            raise error

    Log(Full(), Settings()).write("left")


def test_a_fact_is_bounded_and_its_end_is_kept() -> None:
    line = written("fault", {"details": "x" * 1_000_000 + "ValueError"})
    assert len(line) < 9000
    assert "ValueError" in line


def test_the_settings_can_change_meanwhile() -> None:
    out = io.StringIO()
    log = Log(out, Settings(), "salt", lambda: 0.0)
    log.change(Settings(log="json"))
    log.write("x")
    assert '{"time": "1970-01-01T00:00:00Z", "event": "x"}\n' == out.getvalue()


def test_what_another_process_tells_is_neither_written_nor_counted() -> None:
    out, heard = io.StringIO(), []
    log = Log(out, Settings())
    log.on_event = lambda event, _facts: heard.append(event)
    log.withholds = CONTENT_EVENTS
    for event in (*CONTENT_EVENTS, "left"):
        log.write(event)
    assert ["left"] == heard
    assert 1 == out.getvalue().count("\n")
