"""What crosses between a worker and its search process: as it was, nothing but records of ours, and bounded."""

import json
from pathlib import Path

import pytest

from tui.kiosk.ipc import LENGTH, frame
from tui.kiosk.search.messages import CODEC
from tui.search.answers import Answer, Hit, Searched, Shown, Total
from tui.search.query import parse
from tui.search.service import Found, SearchRequest


@pytest.mark.parametrize(
    "query",
    [
        "swans",
        'geese OR ("seven swans" -mill*)',
        "kind:claim date:2025-01..2025-06 is:unread north-west",
        "北京 שלום",
        "half a character \ud800",
        "(" * 30 + "a b" + ")" * 30,
    ],
)
def test_an_answer_arrives_as_it_was(query: str) -> None:
    node = parse(query, typing=True).node
    hit = Hit("sample", Path("/content/sample/briefing.toml"), "claim", 3, -1, 1.25)
    shown = Shown(hit, "Swans", "c1", "C1", "", ("Seven swans.", ""), "B2", "claims", "c1")
    answer = Answer((hit,), Total(7, Searched(1, 2, 3, 0, ("broken",))), ("swan",), node=node, languages=("en", "de"))
    found = Found(answer, (hit,), {"a": shown, "b": None})
    sent = json.loads(frame({"reply": CODEC.encode(found)})[LENGTH.size :])
    assert found == CODEC.decode(sent["reply"])


def test_a_request_arrives_as_it_was() -> None:
    request = SearchRequest("is:unread swa", (("sample", "c1", "digest"),), 50, "sample")
    message = json.loads(frame({"request": CODEC.encode(request)})[LENGTH.size :])
    assert request == CODEC.decode(message["request"])


@pytest.mark.parametrize(
    "sent",
    [
        {"is": "eval", "of": ["1"]},
        {"is": "Path"},
        {"of": []},
        {"is": "Hit", "of": [1]},
        {"is": "Searched", "of": [[], {}, 1, 2, 3, 4, 5, 6, 7, 8, 9]},
    ],
)
def test_nothing_is_made_but_records_of_ours(sent: object) -> None:
    with pytest.raises((LookupError, TypeError)):
        CODEC.decode(sent)
