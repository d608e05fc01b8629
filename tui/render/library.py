"""The blocks of the library, and the page of a broken briefing."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tui.briefing import edtf, prose
from tui.briefing.kinds import KINDS
from tui.briefing.problems import Problem
from tui.briefing.publication import Publication
from tui.library.summaries import Summary
from tui.render.dates import moment_words
from tui.render.page import Block, Page, Para, Span, fixed, line
from tui.render.words import count, dotted, kept_together

UNREAD = "A part of this library cannot be read at present."
_COUNTED = (
    *((kind.name, kind.title.lower(), kind.plural.lower()) for kind in KINDS.values() if kind.is_counted),
    ("source", "source", "sources"),
    ("conflict", "conflict", "conflicts"),
    ("conflict of no kind", "conflict of a kind not given", "conflicts of a kind not given"),
)


class Progress(NamedTuple):
    """The progress of a reader in a briefing."""

    unread: int
    """Entries."""
    changed: int
    """Entries that are others since they were read."""
    at: str
    """The number of the entry, or the pane, at which it was left; empty for its front page."""


def freshness(row: Summary, visits: Mapping[str, str]) -> str:
    """Return `new` or `changed` for a briefing; nothing once it is read."""
    if row.problems or visits.get(row.id) == row.digest:
        return ""
    return "changed" if row.id in visits else "new"


def publication_words(publication: Publication) -> tuple[str, ...]:
    """Describe the publication for the author. Empty for a briefing that is always public."""
    status, begins, ends = publication
    times = (f"{word} {moment_words(moment)}" for word, moment in (("from", begins), ("until", ends)) if moment)
    return (*([status] if status != "public" else ()), *times)


def counts_words(row: Summary) -> str:
    """Count the entries, sources and conflicts of a briefing."""
    return dotted(count(row.counts[key], one, many) for key, one, many in _COUNTED if row.counts.get(key))


def _progress_line(progress: Progress) -> Para:
    counted = [
        f"{number:,} {word}" for number, word in ((progress.unread, "unread"), (progress.changed, "changed")) if number
    ]
    spans = [Span(dotted(counted), "new") if counted else Span("all read", "meta")]
    if progress.at:
        spans.append(Span(f"\u00a0· {kept_together(f'continue at {progress.at}')}", "meta"))
    return Para(tuple(spans), indent=1)


def library_block(row: Summary, visits: Mapping[str, str], progress: Progress | None = None) -> Block:
    """Set a briefing of the library, with the reader's progress."""
    if row.problems:
        first = row.problems[0]
        paras = [
            line(row.id, "heading", indent=1),
            line(f"cannot be opened: {count(len(row.problems), 'problem')}", "warning", indent=1),
            line(str(first), "meta", indent=1),
        ]
        return Block(row.id, tuple(paras), f"briefing:{row.id}")
    # The number of changed entries says more than the word.
    fresh = "" if progress and progress.changed else freshness(row, visits)
    meta = [Span(kept_together(f"as of {edtf.in_words(row.as_of)}"), "meta")]
    if counts := counts_words(row):
        meta.append(Span(f"\u00a0· {counts}", "meta"))
    if fresh:
        meta = [Span(fresh, "new"), Span("\u00a0· ", "meta"), *meta]
    if words := dotted(publication_words(row.publication)):
        meta = [Span(words, "warning"), Span("\u00a0· ", "meta"), *meta]
    paras = [
        line(row.title, "heading", indent=1),
        Para(tuple(meta), indent=1),
        *([_progress_line(progress)] if progress else []),
        line(prose.plain(row.bluf), indent=1),
    ]
    return Block(row.id, tuple(paras), f"briefing:{row.id}")


def unread_blocks(unread: Sequence[Problem], *, named: bool) -> tuple[Block, ...]:
    """Set the unreadable parts of the library, with names if `named`."""
    if not named:
        unread = unread[:1]
    return tuple(
        Block(f"unread:{index}", (line(str(problem) if named else UNREAD, "warning", indent=1),))
        for index, problem in enumerate(unread)
    )


def reading_blocks(pending: int | None) -> tuple[Block, ...]:
    """Set a line on the briefings that are still to be read.

    Args:
        pending: the number of briefings that were seen and not read yet; None before the first look.
    """
    if pending == 0:
        return ()
    said = f"{count(pending, 'briefing')} still to be read" if pending else "The content folders are being read"
    return (Block("reading", (line(f"{said} …", "meta", indent=1),)),)


def absent_words(pending: int | None) -> str:
    """Return the words for an unknown briefing. It may be still to be read."""
    return "not in this library" if pending == 0 else "not known before the library is read"


def withdrawn_page(name: str) -> Page:
    """Set the notice at the address of a withdrawn briefing."""
    said = f"“{name}” was withdrawn. It cannot be read here any more."
    return fixed("Withdrawn", [Block("withdrawn", (line(said, "warning", indent=1),))])


def problems_page(name: str, problems: tuple[Problem, ...], pending: int | None = 0) -> Page:
    """Set the problems of a briefing. Without any it is gone, or still to be read."""
    if not problems:
        said = f"There is no briefing “{name}” here." if pending == 0 else f"No briefing “{name}” is known yet."
        return fixed("Gone", [Block("gone", (line(said, "warning", indent=1),)), *reading_blocks(pending)])
    blocks = [Block("top", (line(f"{name} cannot be opened: {count(len(problems), 'problem')}", "warning", indent=1),))]
    for number, problem in enumerate(problems):
        where = f"{problem.path}:{problem.line}:{problem.column}" if problem.line else problem.path
        key = f"  {problem.key}" if problem.key else ""
        paras = [
            Para((Span(where, "strong"), Span(key, "code")), indent=1),
            line(problem.message, indent=3),
        ]
        if problem.remedy:
            paras.append(line(problem.remedy, "meta", indent=3))
        blocks.append(Block(f"problem:{number}", tuple(paras)))
    return fixed(name, blocks)
