"""Records as rows, and back."""

import json

import pytest

from tui.state.fleet.rows import body_of, key_of, record_of
from tui.state.records import Change, Location, Mark, Query, Reading, Record, Setting, Visit

RECORDS: list[Record] = [
    Location("a", "claims", "c1", "c0", 3),
    Mark("a", Location("a", "claims", "c1"), "", 2.5),
    Visit("a", "digest", 3.0),
    Reading("a", "c1", "digest"),
    Setting("theme", "dark"),
    Query("swan\x00\udcff é", is_saved=True, at=1.5),
]


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_comes_back_and_its_text_is_ascii(record: Record) -> None:
    body = body_of(Change(record))
    assert record == record_of(body)
    assert body.isascii()
    assert "\0" not in body


def test_keys_differ_and_tell_nothing() -> None:
    keys = [key_of(Change(record)) for record in RECORDS]
    assert len(set(keys)) == len(keys)
    assert not any("swan" in key or "theme" in key for key in keys)
    assert key_of(Change(Query("x", is_saved=True, at=1))) != key_of(Change(Query("x", is_saved=False, at=1)))


def test_no_words_of_a_briefing_leave_the_host() -> None:
    assert "secret" not in body_of(Change(Mark("a", Location("a", "claims"), "secret words", 1.0)))


@pytest.mark.parametrize(
    "body",
    [
        "", "null", "[]", "{", '["Nothing", 1]', '["Setting", "a"]', '["Setting", "a", 1]', '["Setting", "a", "b", "c"]',
        '["Mark", "a", ["x"], "", 1]', '["Mark", "a", 7, "", 1]', json.dumps(["Location", "a", "b", "c", "d", "no number"]),
        "[" * 100_000,
    ],
)  # fmt: skip
def test_a_body_of_another_program_is_left_out(body: str) -> None:
    assert record_of(body) is None
