"""The records that the worker and its search process exchange."""

from typing import Final

from tui.kiosk.ipc import Codec
from tui.search.answers import Answer, Hit, Searched, Shown, Total
from tui.search.nodes import And, Field, Most, Not, Or, Phrase, Word
from tui.search.service import Found, SearchRequest, WriteRequest, Written

CODEC: Final = Codec(
    (
        Word,
        Phrase,
        Field,
        And,
        Or,
        Not,
        Most,
        Hit,
        Searched,
        Total,
        Answer,
        Shown,
        Found,
        SearchRequest,
        WriteRequest,
        Written,
    )
)
"""Decodes these records alone, so that a faulty process cannot make the other one run code."""
