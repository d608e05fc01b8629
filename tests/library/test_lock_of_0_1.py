"""A lock as 0.1 wrote it: all that it vouches for stands still, wherever white space has lost its meaning since."""

from pathlib import Path

import pytest

from tui.briefing import lock
from tui.briefing.canonical import canonical
from tui.briefing.files import LOCK_NAME
from tui.briefing.loader import load_file
from tui.briefing.lock import Lock, QuoteKey
from tui.briefing.model import Briefing
from tui.checks.briefing_file import subject_of
from tui.checks.run import check
from tui.library.compiling import compile_edition
from tui.library.located_quotes import lock_for
from tui.library.source_texts import SourceText, read

TEXT = (
    "The harbour report\n\nThe council said that it had no plans for an\nemergency meeting of the board.\n\n"
    "Prices had risen 5\u00a0% to 1\u202f234 euros a\u00a0ton. It co\u00adoperates well\twith Cafe\u0301 Point.\n\n"
    "No plans  were made. There was no\nplan, and there was no plan.\n"
)
TOML = """\
format = 1
[briefing]
id = "b"
title = "B"
bluf = "x"
lang = "en"
as_of = "2026-11-22"
[[source]]
id = "s"
type = "report"
title = "The harbour report"
held = "t.txt"
sha256 = "32d4f23ff02026f02d8c3fc6a2b842f654961583442732c9761a1d6326ba5f5d"
[[claim]]
id = "a"
text = "It was so."
cite = [
  { source = "s", quote = "no plans for an\\nemergency meeting" },
  { source = "s", quote = "5\u00a0% to 1\u202f234 euros" },
  { source = "s", quote = "No plans  were" },
  { source = "s", quote = "\\n\\nNo plans" },
  { source = "s", quote = " no\\nplan" },
  { source = "s", quote = "no plan" },
  { source = "s", quote = "Point." },
  { source = "s", quote = "a\u00a0ton. It" },
  { source = "s", quote = "Caf\u00e9 Point" },
  { source = "s", quote = "e\u0301 Point" },
  { source = "s", quote = "board.\\n\\nPrices" },
  { source = "s", quote = "s  were" },
  { source = "s", quote = "plan", prefix = "was no", suffix = "." },
]
"""
LOCK = """\
# Written by `briefing hold`; do not edit. It records, for each text that was held, its hash and length, and where
# each quote stood in it, so that a reader without the text still sees what a quote was checked against.
format = 1

[[text]]
source = "s"
sha256 = "32d4f23ff02026f02d8c3fc6a2b842f654961583442732c9761a1d6326ba5f5d"
length = 243
paragraphs = 3

[[quote]]
source = "s"
quote = "no plans for an\\nemergency meeting"
paragraph = 1
start = 49
end = 82

[[quote]]
source = "s"
quote = "board.\\n\\nPrices"
paragraph = 1
start = 90
end = 104

[[quote]]
source = "s"
quote = "5\u00a0% to 1\u202f234 euros"
paragraph = 2
start = 115
end = 133

[[quote]]
source = "s"
quote = "a\u00a0ton. It"
paragraph = 2
start = 134
end = 143

[[quote]]
source = "s"
quote = "e\u0301 Point"
paragraph = 2
start = 169
end = 177

[[quote]]
source = "s"
quote = "Point."
paragraph = 2
start = 172
end = 178

[[quote]]
source = "s"
quote = "\\n\\nNo plans"
paragraph = -1
start = 178
end = 188

[[quote]]
source = "s"
quote = "No plans  were"
paragraph = 3
start = 180
end = 194

[[quote]]
source = "s"
quote = "s  were"
paragraph = 3
start = 187
end = 194

[[quote]]
source = "s"
quote = " no\\nplan"
paragraph = 3
start = 210
end = 218

[[quote]]
source = "s"
quote = "plan"
prefix = "was no"
suffix = "."
paragraph = 3
start = 237
end = 241
"""
LATER = "Café Point"
"""A quote that 0.1 did not find."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lay out the briefing with its text and its lock."""
    (tmp_path / "held").mkdir()
    for name, text in (("held/t.txt", TEXT), ("briefing.toml", TOML), (LOCK_NAME, LOCK)):
        (tmp_path / name).write_text(text, encoding="utf-8", newline="\n")
    return tmp_path


def opened(folder: Path) -> tuple[Briefing, Lock, dict[str, SourceText]]:
    briefing = load_file(folder / "briefing.toml").briefing
    assert briefing is not None
    text = read(folder / "held" / "t.txt", briefing.source[0].title)
    assert text is not None
    return briefing, lock.read(folder / LOCK_NAME), {"s": text}


def test_the_reader_finds_every_quote_where_the_lock_says(folder: Path) -> None:
    briefing, locked, texts = opened(folder)
    notes = compile_edition(briefing, locked, texts).entries[0].notes
    known = {
        key: place
        for note in notes
        if (place := locked.quotes.get(key := QuoteKey("s", note.quote, note.prefix, note.suffix)))
    }

    assert len(known) == len(locked.quotes) == 11
    for note in notes:
        if place := known.get(QuoteKey("s", note.quote, note.prefix, note.suffix)):
            assert (note.state, note.paragraph, note.start, note.end) == ("exact", *place[:3])
            assert canonical(TEXT[note.start : note.end]) == canonical(note.quote)


def test_without_the_text_the_lock_vouches_still(folder: Path) -> None:
    briefing, locked, _ = opened(folder)
    states = {
        note.quote: (note.state, bool(note.checked)) for note in compile_edition(briefing, locked, {}).entries[0].notes
    }

    unknown = {quote for quote, state in states.items() if state != ("not-held", True)}
    assert unknown == {"no plan", LATER}
    assert {states[quote] for quote in unknown} == {("unlisted", False)}


def test_a_lock_that_is_written_anew_keeps_all_of_it(folder: Path) -> None:
    briefing, locked, texts = opened(folder)

    now = lock_for(briefing, locked, texts)

    assert now.texts == locked.texts
    assert now.quotes.items() >= locked.quotes.items()
    assert {key.quote for key in now.quotes.keys() - locked.quotes.keys()} == {LATER}


def test_what_the_lock_tells_apart_is_not_called_ambiguous(folder: Path) -> None:
    reports = check(subject_of(*opened(folder)), TOML, "b.toml")

    assert ["no plan"] == [TOML.split("\n")[one.line - 1].split('"')[3] for one in reports if one.rule == "Q002"]
