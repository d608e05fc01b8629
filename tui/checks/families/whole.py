"""The rules on the briefing as a whole: its date, its assumptions, its drafts, and the faults of its file."""

import itertools
from collections.abc import Iterator
from typing import Final

from tui.briefing import edtf
from tui.briefing.long_words import long_word
from tui.briefing.long_words import told as told_long
from tui.briefing.problems import KeyPath
from tui.checks.families.claims import refused_by_the_loader
from tui.checks.families.unset import unset
from tui.checks.families.wording.fields import prose as prose_of
from tui.checks.rule import Finding, Rule, Subject


def no_assumption(subject: Subject) -> Iterator[Finding]:
    """Find briefings that record no assumption."""
    if subject.briefing.entries() and not subject.briefing.assumption:
        yield Finding(("briefing", "id"), "no assumption is recorded")


def out_of_date(subject: Subject) -> Iterator[Finding]:
    """Find briefings that are older than a source of theirs."""
    header = subject.briefing.briefing
    day = edtf.parse(header.as_of)
    last = day.end if day.interval else day.start
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


def drafts(subject: Subject) -> Iterator[Finding]:
    """Find entries that a program proposed and no person has settled."""
    for path, entry in subject.entries:
        if entry.draft:
            yield Finding((*path, "draft"), f"{entry.id!r} was proposed by a program and is not settled yet")


def long_words(subject: Subject) -> Iterator[Finding]:
    """Find words that no page is wide enough for: those of the author's prose, of quotes and of held texts."""
    texts: Iterator[tuple[KeyPath, str]] = itertools.chain(
        ((path, text) for path, text, _ in prose_of(subject)),
        (((*path, "quote"), citation.quote) for path, citation, _ in subject.citations if citation.quote),
    )
    for path, text in texts:
        if found := long_word(text):
            yield Finding(path, told_long(found[0]), offset=found.start(), length=len(found[0]))
    for index, source in enumerate(subject.briefing.source):
        held = subject.texts.get(source.id)
        if held and (found := long_word(held.text)):
            yield Finding(("source", index, "id"), told_long(found[0], " in the held text"))


def found_by_the_runner(_subject: Subject) -> Iterator[Finding]:
    """Find nothing: only who has applied all rules knows which of them an `ignore` silences."""
    yield from ()


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

RULES: Final = (
    Rule(
        "A001",
        "info",
        "no assumption is recorded",
        "Every assessment takes something for granted; what is not written down cannot be tested (ICD 203, standard 3).",
        "add [[assumption]] with what the briefing or its sources take for granted",
        no_assumption,
        _CLAIM,
        _CLAIM + '\n[[assumption]]\nid = "honest"\ntext = "The note means what it says."\n',
    ),
    Rule(
        "B001",
        "warning",
        "`as_of` is missing or older than the newest source",
        "A briefing holds up to a day; a source from after it shows that the day was not brought up to date.",
        "write the day up to which the briefing holds",
        out_of_date,
        _DATED.replace("DAY", "2026-12-01"),
        _DATED.replace("DAY", "2026-11-30"),
    ),
    Rule(
        "D001",
        "warning",
        "the entry is a draft",
        "What a program proposes is a candidate; only a person can tell whether the source says it.",
        "check it against its source, and delete the line draft = true, or the entry",
        drafts,
        _CLAIM + "draft = true\n",
        _CLAIM + "draft = false\n",
    ),
    Rule(
        "F001",
        "error",
        "the file does not follow the format",
        "A file that does not load shows its reader nothing; no other rule can be applied to it.",
        "mend what the message names; briefing schema describes the format",
        refused_by_the_loader,
        _CLAIM.replace("text =", "txet ="),
        _CLAIM,
    ),
    Rule(
        "F002",
        "info",
        "a word is longer than the widest page",
        "A line is broken within it, and who copies it from the screen copies the breaks.",
        "part it, if it is no address; a missing space is the usual reason",
        long_words,
        _CLAIM.replace("bridge", "b" * 100),
        _CLAIM.replace("bridge", "bridge-" * 20),
    ),
    Rule(
        "F003",
        "warning",
        "Markdown in prose that is not set",
        "Prose knows emphasis, code, links between entries and lists of one level; all else is read as it is written.",
        "write it with what prose knows",
        unset,
        _CLAIM.replace("the bridge", "[the bridge](https://example.org)"),
        _CLAIM.replace("the bridge", "*the bridge*"),
    ),
    Rule(
        "I001",
        "info",
        "an `ignore` silences nothing",
        "An exception that has outlived its reason hides the next fault of its kind.",
        "take the rule out of `ignore`; --fix does",
        found_by_the_runner,
        _CLAIM + 'ignore = ["D001"]\nignore_why = "It was a draft once."\n',
        _CLAIM + 'draft = true\nignore = ["D001"]\nignore_why = "Its source is on the way."\n',
        fixable=True,
    ),
)
