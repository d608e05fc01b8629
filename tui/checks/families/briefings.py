"""Rules on the whole briefing: date, language, assumptions, faults of the file."""

import itertools
from collections.abc import Iterator
from typing import Final

from tui.briefing import edtf
from tui.briefing.long_words import WIDEST, long_word
from tui.briefing.long_words import told as told_long
from tui.briefing.problems import KeyPath
from tui.checks.author_prose import prose as prose_of
from tui.checks.rule import Finding, Subject, reported_elsewhere, rule
from tui.language.lexicon import lexicon

_CLAIM: Final = """\
[[claim]]
id = "closed"
text = "The note says that the bridge is closed."
cite = [{ source = "note" }]
"""


_DATED: Final = """\
[briefing]
id = "example"
title = "An example"
bluf = "It shows one rule."
lang = "en"
as_of = "2026-11"

[[source]]
id = "note"
type = "report"
url = "https://example.org/note"
issued = "DAY"
"""


_LONG: Final = 6
"""Months between the last look and the day of editing."""
_CUT_OFF: Final = """\
format = 2

[briefing]
id = "example"
title = "An example"
bluf = "It shows one rule."
lang = "en"
as_of = "2026-11-22"
information_cutoff = "CUTOFF"
"""


_HEADER: Final = """\
[briefing]
id = "example"
title = "An example"
bluf = "It shows one rule."
lang = "LANG"
as_of = "2026-11-22"
"""


@rule(
    "A001",
    "info",
    title="no assumption is recorded",
    why="Every assessment takes something for granted; what is not written down cannot be tested (ICD 203, standard 3).",
    remedy="add [[assumption]] with what the briefing or its sources take for granted",
    example=_CLAIM,
    near_miss=_CLAIM + '\n[[assumption]]\nid = "honest"\ntext = "The note means what it says."\n',
)
def no_assumption(subject: Subject) -> Iterator[Finding]:
    """Find briefings that record no assumption."""
    if subject.briefing.entries() and not subject.briefing.assumption:
        yield Finding(("briefing", "id"), "no assumption is recorded")


@rule(
    "B001",
    "warning",
    title="`as_of` is missing or older than the newest source",
    why="A briefing holds up to a day; a source from after it shows that the day was not brought up to date.",
    remedy="write the day up to which the briefing holds",
    example=_DATED.replace("DAY", "2026-12-01"),
    near_miss=_DATED.replace("DAY", "2026-11-30"),
)
def out_of_date(subject: Subject) -> Iterator[Finding]:
    """Find briefings that are older than a source of theirs."""
    header = subject.briefing.briefing
    last = edtf.parse(header.as_of).last
    if last is None:  # an open interval ends after everything
        return
    newer = [
        source
        for source in subject.briefing.source
        if source.issued and edtf.sort_key(source.issued) > edtf.latest(last)
    ]
    if newer:
        newest = max(newer, key=lambda source: edtf.sort_key(source.issued or ""))
        message = f"as_of is {header.as_of}, and {newest.id!r} is of {edtf.in_words(newest.issued or '')}"
        yield Finding(("briefing", "as_of"), message)


@rule(
    "B002",
    "info",
    title="the language has no word lists",
    why=(
        "The rules on hedges, speakers and tone read word lists; where there are none they find nothing, and that nothing"
        " was found must not be taken for praise."
    ),
    remedy="read for these yourself, or add the lists of the language",
    example=_HEADER.replace("LANG", "mi"),
    near_miss=_HEADER.replace("LANG", "en-GB"),
)
def no_lists(subject: Subject) -> Iterator[Finding]:
    """Find a briefing in a language without word lists."""
    lang = subject.briefing.briefing.lang
    if lexicon(lang) is None:
        yield Finding(
            ("briefing", "lang"), f"there are no word lists for {lang!r}, so the rules on wording were left out"
        )


@rule(
    "B003",
    "info",
    title="`as_of` lies more than six months past `information_cutoff`",
    why=(
        "The day of editing makes a briefing look fresh; what happened since the author last looked is not in it (ICD 203,"
        " D.6.d: all available sources)."
    ),
    remedy="look for newer sources and move `information_cutoff`, or leave both and let the reader see them",
    example=_CUT_OFF.replace("CUTOFF", "2026-04"),
    near_miss=_CUT_OFF.replace("CUTOFF", "2026-05"),
)
def out_of_touch(subject: Subject) -> Iterator[Finding]:
    """Find briefings that were edited long after their information ends."""
    header = subject.briefing.briefing
    last = edtf.parse(header.information_cutoff).last if header.information_cutoff else None
    year, month, day = edtf.sort_key(header.as_of)
    if last is None or not year.isdigit():
        return
    last_year, last_month, last_day = edtf.latest(last)
    # A missing month or day of the cutoff counts as the latest, one of `as_of` as the earliest.
    months = 12 * (int(year) - int(last_year)) + max(month, 1) - min(last_month, 12)
    if (months, day) > (_LONG, last_day):
        message = f"as_of is {header.as_of}, and information was gathered until {header.information_cutoff}"
        yield Finding(("briefing", "information_cutoff"), message)


@rule(
    "B004",
    "info",
    title="an `assess` of format 1 does not say what is assessed",
    why=(
        "“Likely” beside a report may mean that it was made or that it is true; a judgment has a proposition, a time and"
        " grounds of its own (ICD 203, D.6.e.(2): likelihood of an event or development)."
    ),
    remedy="run briefing check --fix --to-format 2, which makes each a draft [[judgment]]",
    example=_CLAIM + 'assess = { likelihood = "likely", why = "The note is signed." }\n',
    near_miss=_CLAIM,
)
def without_object(subject: Subject) -> Iterator[Finding]:
    """Find the first assessment of a file."""
    found = [place for place in subject.entries if getattr(place.entry, "assess", None)]
    if found:
        path, entry = found[0]
        more = f" and {len(found) - 1:,} more" if found[1:] else ""
        yield Finding((*path, "assess"), f"what is assessed of {entry.id!r}{more} is not said")


@rule(
    "F002",
    "info",
    title="a word is longer than the widest page",
    why="A line is broken within it, and who copies it from the screen copies the breaks.",
    remedy="part it, if it is no address; a missing space is the usual reason",
    example=_CLAIM.replace("bridge", "b" * 100),
    near_miss=_CLAIM.replace("bridge", "bridge-" * 20),
)
def long_words(subject: Subject) -> Iterator[Finding]:
    """Find words wider than any page, in prose, quotes and texts."""
    texts: Iterator[tuple[KeyPath, KeyPath, str]] = itertools.chain(
        ((path, (), text) for path, text, _ in prose_of(subject)),
        ((path, ("quote",), citation.quote) for path, citation, _ in subject.citations if citation.quote),
    )
    for path, key, text in texts:
        if len(text) > WIDEST and (found := long_word(text)):
            yield Finding((*path, *key), told_long(found[0]), offset=found.start(), length=len(found[0]))
    for index, source in enumerate(subject.briefing.source):
        held = subject.texts.get(source.id)
        if held and (found := long_word(held.text)):
            yield Finding(("source", index, "id"), told_long(found[0], " in the held text"))


F001: Final = rule(
    "F001",
    "error",
    title="the file does not follow the format",
    why="A file that does not load shows its reader nothing; no other rule can be applied to it.",
    remedy="mend what the message names; briefing schema describes the format",
    example=_CLAIM.replace("text =", "txet ="),
    near_miss=_CLAIM,
)(reported_elsewhere)


I001: Final = rule(
    "I001",
    "info",
    title="an `ignore` silences nothing",
    why="An exception that has outlived its reason hides the next fault of its kind.",
    remedy="take the rule out of `ignore`; --fix does",
    example=_CLAIM + 'ignore = ["D001"]\nignore_why = "It was a draft once."\n',
    near_miss=_CLAIM + 'draft = true\nignore = ["D001"]\nignore_why = "Its source is on the way."\n',
    fixable=True,
)(reported_elsewhere)
