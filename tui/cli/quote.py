"""`briefing quote`: write the footnote for words of a held text."""

import argparse
import contextlib
import sys
from itertools import islice
from typing import TYPE_CHECKING

from tui.cli.lookup import called, open_briefing, open_catalogue, own_config, own_state, split_target
from tui.cli.output import FINDINGS, OK, complain, report, report_faults, write
from tui.render.arguments import Parser, UsageError

if TYPE_CHECKING:
    from tui.library.volume import Volume
    from tui.reader.quoting.pick_screen import Passage
    from tui.session.config import Config

_CANCELLED = 130
_SHOWN_PLACES = 20


def describe(parser: Parser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("briefing", metavar="ID", help="a briefing's id or path")
    parser.add_argument("source", help="the source's id")
    parser.add_argument("words", nargs="*", help="the words; left out, they are picked in the terminal")


def run(options: argparse.Namespace) -> int:
    """Write the footnote of words from the arguments or from the terminal."""
    name, _ = split_target(options.briefing)
    config = own_config()
    with contextlib.closing(open_catalogue(options, config)) as catalogue:
        result = open_briefing(catalogue, name)
    if result.volume is None:
        return report(result.problems)
    passage = _passage(result.volume, options.source, called(options, name, result.path))
    if options.words:
        words = " ".join(options.words)
        if not words.strip():
            raise UsageError("there are no words to look for; write: briefing quote ID SOURCE 'the words'")
        return _given(passage, words)
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError("picking words needs a terminal; without one, write: briefing quote ID SOURCE 'the words'")
    return _picked(passage, config)


def _passage(volume: "Volume", name: str, command: str) -> "Passage":
    from tui.reader.quoting.pick_screen import Passage

    source = volume.sources.get(volume.id_now(name))
    if source is None:
        from tui.briefing.nearest import nearest

        near = nearest(name, volume.sources)
        hint = f"did you mean {near!r}?" if near else f"the sources are: {', '.join(volume.sources)}"
        raise UsageError(f"{volume.edition.id!r} has no source {name!r}; {hint}")
    held = volume.text_of(source)
    carrier = volume.carried_by(source)
    if held is None or not held.text.strip():
        raise UsageError(
            f"the text of {carrier.id!r} is not held here; hold it: briefing hold {command} {carrier.id} FILE"
        )
    lang = carrier.lang or volume.edition.lang
    return Passage(held.text, carrier.title, carrier.label, source.id, lang)


def _given(passage: "Passage", words: str) -> int:
    """Write the footnote of words, or report a missing or repeated quote.

    Words that stand several times are listed with their footnotes. For words that are not found, a similar passage is
    suggested.
    """
    from tui.authoring.quotations import places_of, quotation
    from tui.briefing.anchors import alike, find, paragraphs
    from tui.briefing.canonical import Canonical
    from tui.briefing.characters import visible
    from tui.checks.differences import differing_signs
    from tui.language.resemblance import resembling

    parts = paragraphs(passage.text, passage.title)
    read = Canonical(passage.text)
    places = find(read, words)
    if len(places) == 1:
        found = quotation(read, parts, passage.source, places[0], passage.lang)
        for remark in found.remarks:
            complain(remark)
        write([found.line] if found.line else [])
        return OK if found.line else FINDINGS
    if places:
        complain(
            f"these words stand {len(places):,} times; give more of them, or take the footnote of the passage that you mean:"
        )
        for place in islice(places_of(read, parts, passage.source, places), _SHOWN_PLACES):
            complain(f"¶{place.paragraph}: {place.line or 'no words near it distinguish it from the others'}")
        return FINDINGS
    complain(f"the text of {passage.label} does not have exactly these words")
    if other := alike(read, words):
        found = quotation(read, parts, passage.source, other[0].span, passage.lang)
        complain(f"it has them with other characters: {differing_signs(words, other[0].quote)}; if these are meant:")
        complain(visible(found.line))
    elif near := resembling(read.text, words):
        complain(f"the nearest, only a suggestion: “{visible(near)}”")
    return FINDINGS


def _picked(passage: "Passage", config: "Config") -> int:
    """Run the app that picks words, and write their footnote."""
    import asyncio

    from tui.reader.terminal.own import OwnTerminal

    terminal = OwnTerminal()
    terminal.take()
    try:
        from tui.reader.launch import choose_theme, drive
        from tui.reader.quoting.quote_app import QuoteApp

        with contextlib.closing(own_state()) as state:
            theme = choose_theme(config, state, terminal.look())
        app = QuoteApp(passage, theme)
        picking = drive(app, terminal)
        line = asyncio.run(picking)
    finally:
        terminal.release()
    if not app.fault:
        write([line] if line else [])
    return report_faults(app, OK if line else _CANCELLED)
