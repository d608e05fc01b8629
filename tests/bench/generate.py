"""Briefings made up from a seed: sentences, sources, citations with quotes, and conflicts, all of them well formed.

Entry n of a name is the same whatever the number of entries, so that a long briefing begins like a short one.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_SEED: Final = 20261122
_SOURCES_AT_ONCE: Final = 6
"""Entries cite among so many sources that lie near them in the list."""
_ENTRIES_A_SOURCE: Final = 40
_VIEW_EVERY: Final = 4
"""In a small briefing one entry in so many is a view, and the last one a question."""

_WHO = ("The harbour office", "A retired pilot", "The miller’s union", "Two carters", "The river commission", "A clerk")
_SAYS = ("reported", "estimated", "told a hearing", "wrote in a letter", "maintained", "conceded")
_WHAT = ("barrels of herring", "loads of timber", "sacks of barley", "wool bales", "casks of tar", "crates of slate")
_DID = ("were landed", "were sent upriver", "had been held back", "changed hands", "were counted twice", "went missing")
_WHERE = ("at the old quay", "below the weir", "in the northern warehouses", "across the ferry", "near the toll house")
_WHEN = ("before the thaw", "in the week of the fair", "by the end of March", "during the strike", "that autumn")
_DOUBT = (
    "No ledger was shown for the figure.", "The account rests on one witness, who was not present all day.",
    "Others who were there remember fewer.", "It was repeated afterwards by two papers without further enquiry.",
    "The office later corrected the month, but not the number.", "A copy of the bill of lading was seen.",
)  # fmt: skip
_HEDGES = ("reportedly", "perhaps", "at least", "it is believed")
_KINDS = ("report", "statement", "inference", "prediction", "judgment")
_PAPERS = ("Harbour Gazette", "The Weir Post", "Carters’ Weekly", "River Commission", "Northern Ledger")
_STANCES = ("concerned", "doubtful", "confident")
_WORDS = ("almost no chance", "unlikely", "likely", "very likely", "almost certain")


def briefing(
    name: str, title: str, entries: int, *, as_of: str = "2026-11-22", mixed: bool = False, among: int = 0
) -> str:
    """Write a briefing as TOML.

    Args:
        name: its id, from which, with the number of an entry, everything else follows.
        title: its title.
        entries: how many entries it has.
        as_of: its date.
        mixed: whether some of the entries are views and questions; else all are claims.
        among: how many sources it has; 0 for as many as befit its length.
    """
    sources = among or _SOURCES_AT_ONCE + entries // _ENTRIES_A_SOURCE
    tables = [_kind_of(place, entries, mixed=mixed) for place in range(entries)]
    parts = [_header(name, title, as_of)]
    parts += [_source(_random(name, "source", place), place) for place in range(sources)]
    parts += [
        _entry(
            _random(name, "entry", place),
            table,
            place,
            place * (among - _SOURCES_AT_ONCE) // entries if among else place // _ENTRIES_A_SOURCE,
        )
        for wanted in ("claim", "view", "question")
        for place, table in enumerate(tables)
        if table == wanted
    ]
    return "".join(parts)


def library(folder: Path, number: int) -> Iterator[int]:
    """Write a library of small briefings into a folder; the first one is the newest. Tells how many are written."""
    for place in range(number):
        name = f"trade-{place:05d}"
        as_of = "2026-11-22" if place == 0 else f"20{place % 26:02d}-{place % 12 + 1:02d}-{place % 28 + 1:02d}"
        draw = _random(name, "title", place)
        title = f"{draw.choice(_WHAT).capitalize()} {draw.choice(_WHERE)}, account {place + 1}"
        file = folder / name / "briefing.toml"
        file.parent.mkdir(parents=True)
        file.write_text(briefing(name, title, 8, as_of=as_of, mixed=True), encoding="utf-8")
        yield place + 1


def _random(*what: str | int) -> random.Random:
    return random.Random(f"{_SEED}/{'/'.join(map(str, what))}")  # noqa: S311 -- nothing is kept secret by it


def _kind_of(place: int, entries: int, *, mixed: bool) -> str:
    if not mixed:
        return "claim"
    return "question" if place == entries - 1 else "view" if place % _VIEW_EVERY == _VIEW_EVERY - 1 else "claim"


def _header(name: str, title: str, as_of: str) -> str:
    bluf = f"{_sentence(_random(name, 'bluf'))} How much of it can be relied on is disputed; see [[entry-0]]."
    return (
        f'format = 1\n\n[briefing]\nid = "{name}"\ntitle = "{title}"\nbluf = "{bluf}"\nlang = "en"\n'
        f'as_of = "{as_of}"\nauthors = ["Nobody in particular"]\nnote = "Made up from a seed."\n'
    )


def _source(draw: random.Random, place: int) -> str:
    paper = draw.choice(_PAPERS)
    return (
        f'\n[[source]]\nid = "source-{place}"\ntitle = "{draw.choice(_WHAT).capitalize()} {draw.choice(_WHEN)}"\n'
        f'short = "{paper}, no. {place + 1}"\ntype = "article-newspaper"\npublisher = "{paper}"\n'
        f'issued = "20{draw.randrange(10, 26)}-{draw.randrange(1, 13):02d}"\nunknown = ["author", "url"]\n'
        f'origin = ["origin-{place // 2}"]\nseen = "excerpt"\nreliability = "{draw.choice("ABCDF")}"\n'
        f'descriptor = "{draw.choice(_DOUBT)}"\n'
    )


def _entry(draw: random.Random, table: str, place: int, first: int) -> str:
    lines = [f'\n[[{table}]]\nid = "entry-{place}"\ntext = "{_sentence(draw)} {draw.choice(_DOUBT)}"']
    cited = sorted(draw.sample(range(_SOURCES_AT_ONCE), draw.randint(1, 3)))
    notes = ", ".join(f'{{ source = "source-{first + number}", quote = "{_quote(draw)}" }}' for number in cited)
    if table == "view":
        lines.append(f'who = "{draw.choice(_WHO)}"\nrole = "witness"\nstance = "{draw.choice(_STANCES)}"')
    if table == "question":
        lines.append(f'about = ["entry-{draw.randrange(place)}"]')
        return "\n".join([*lines, ""])
    lines.append(f'kind = "{draw.choice(_KINDS)}"\ncite = [{notes}]\ncredibility = {draw.randint(1, 6)}')
    if table == "claim":
        lines.append(f'by = "{draw.choice(_WHO)}"\nhedge = "{draw.choice(_HEDGES)}"')
        number = notes.partition("some ")[2].split()[0]  # as its first quote has it
        lines.append(f'quantity = {{ of = "{draw.choice(_WHAT)}", min = {number} }}')
    if place and draw.random() < 0.3:
        other = draw.randrange(max(0, place - 5), place)
        lines.append(f'conflicts = [{{ to = "entry-{other}", why = "The figures cannot both hold." }}]')
    if draw.random() < 0.25:
        lines.append(f'assess = {{ likelihood = "{draw.choice(_WORDS)}", confidence = "low", why = "One witness." }}')
    return "\n".join([*lines, ""])


def _sentence(draw: random.Random) -> str:
    number = f"{draw.randrange(2, 9000):,}"
    said = f"{draw.choice(_WHO)} {draw.choice(_SAYS)} that {number} {draw.choice(_WHAT)} {draw.choice(_DID)}"
    return f"{said} {draw.choice(_WHERE)} {draw.choice(_WHEN)}."


def _quote(draw: random.Random) -> str:
    return f"some {draw.randrange(2, 9000)} {draw.choice(_WHAT)} {draw.choice(_WHERE)}"
