"""Entries as links: their numbers and their short names."""

from collections.abc import Iterable, Iterator

from tui.briefing import prose
from tui.library.records import Entry
from tui.library.volume import Volume, brief
from tui.render.page import Role, Span


def brief_span(entry: Entry, width: int, role: Role = "text", target: str = "", *, before: str = "") -> Span:
    """Return the short name of an entry; in written pages, the whole."""
    cut = brief(entry, width)
    whole = before + " ".join((entry.title or prose.plain(entry.text)).split())
    return Span(before + cut, role, target, whole if cut.endswith("…") else None)


def link_span(volume: Volume, target: str, role: Role) -> Span:
    """Return the text of a link that has none of its own."""
    words = volume.shown(target)
    entry = volume.entries.get(target)
    return Span(words, role, f"#{target}", entry.number if entry and words.endswith("…") else None)


def number_link(entry: Entry) -> Span:
    """Return the number of an entry as a link."""
    return Span(entry.number, "link", f"#{entry.id}")


def numbers(entries: Iterable[Entry]) -> Iterator[Span]:
    """Return the numbers of entries as links, with commas between them."""
    return separated(map(number_link, entries))


def number_ranges(entries: Iterable[Entry]) -> Iterator[Span]:
    """Yield the numbers of entries as links. Runs are shortened: C1–C3."""
    runs: list[list[Entry]] = []
    for entry in entries:
        if not runs or _next_number(runs[-1][-1].number) != entry.number:
            runs.append([])
        runs[-1].append(entry)
    for index, run in enumerate(runs):
        if index:
            yield Span(", ", "meta")
        dash = Span("–" if len(run) > 2 else ", ", "meta")
        for end in (run[0], run[-1])[: len(run)]:
            if end is not run[0]:
                yield dash
            yield number_link(end)


def _next_number(number: str) -> str:
    """Return the number after one such as C7."""
    letters = number.rstrip("0123456789")
    return f"{letters}{int(number[len(letters) :] or 0) + 1}"


def separated(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans with commas between them."""
    for index, span in enumerate(spans):
        if index:
            yield Span(", ", "meta")
        yield span
