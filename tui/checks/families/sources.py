"""Rules on sources: particulars, addresses, texts and origins."""

from collections.abc import Iterator
from typing import Final

from tui.briefing.provenance import chain
from tui.briefing.source import Source
from tui.checks.particulars import needs
from tui.checks.rule import Edit, Finding, Subject, rule

_KNOWN: Final = """\
[[source]]
id = "note"
type = "article-newspaper"
title = "The bridge is closed"
publisher = "The Weir Post"
url = "https://example.org/bridge"
unknown = ["author", "issued"]
"""


_CLAIM: Final = """\
[[claim]]
id = "closed"
text = "The note says that the bridge is closed."
cite = [{ source = "note", quote = "closed until spring" }]
"""


_TEXT: Final = "The bridge is closed until spring.\n"


_HASH: Final = "42e436a8dcf3316c7803d0aa03ac0802937105652ac9613c4e702f7f35335b04"


_TWO: Final = """\
[[source]]
id = "post"
type = "article-newspaper"
url = "https://example.org/post"
origin = ["town-hall"]

[[source]]
id = "gazette"
type = "article-newspaper"
url = "https://example.org/gazette"
origin = ["ORIGIN"]

[[claim]]
id = "closed"
text = "Two papers say that the bridge is closed."
cite = [{ source = "post" }, { source = "gazette" }]
"""


_THROUGH: Final = """\
[[source]]
id = "letter"
type = "personal_communication"
cited_in = "note"

[[claim]]
id = "closed"
text = "A letter says that the bridge is closed."
cite = [{ source = "letter" }CITED]

[[background]]
id = "town"
text = "The town has a bridge."
cite = [{ source = "note" }]
"""


@rule(
    "S001",
    "warning",
    title="author, publisher, date or address of a source is absent and not in `unknown`",
    why=(
        "A reader must be able to tell what was not known from what was not looked for (ICD 206, source reference"
        " citations; CSL)."
    ),
    remedy="write it, or name it in `unknown`",
    example=_KNOWN.replace('unknown = ["author", "issued"]', 'unknown = ["author"]'),
    near_miss=_KNOWN,
)
def particulars(subject: Subject) -> Iterator[Finding]:
    """Find sources with a particular that is neither given nor `unknown`."""
    for index, source in enumerate(subject.briefing.source):
        absent = [name for name in _wanted(source) if not getattr(source, name) and name not in source.unknown]
        if absent:
            quoted = ", ".join(f'"{name}"' for name in absent)
            yield Finding(
                ("source", index, "id"),
                f"{source.id!r} has no {_listed(absent)}",
                f"write what is known; what was looked for in vain: unknown = [{quoted}]",
            )


def _wanted(source: Source) -> Iterator[str]:
    # A text that the briefing publishes itself can be read there.
    return (name for name in needs(source.type).published if name != "url" or not source.held)


def _listed(names: list[str]) -> str:
    words = {"issued": "date", "url": "address"}
    said = [words.get(name, name) for name in names]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} or {said[-1]}"


@rule(
    "S002",
    "error",
    title="the source is neither held, linked nor known through another (`cited_in`)",
    why="What nobody can look up cannot be checked; a statement is worth as much as the way to its source (ICD 206).",
    remedy='add url or sha256 (and hold its text), or cited_in = "…"',
    example='[[source]]\nid = "note"\ntype = "report"\n',
    near_miss='[[source]]\nid = "note"\ntype = "report"\nurl = "https://example.org/report"\n',
)
def nowhere(subject: Subject) -> Iterator[Finding]:
    """Find sources that nobody could look up."""
    for index, source in enumerate(subject.briefing.source):
        if not (source.held or source.sha256 or source.url or source.cited_in):
            yield Finding(("source", index, "id"), f"{source.id!r} is neither held, linked nor known through another")


@rule(
    "S003",
    "warning",
    title="the claim rests only on a second-hand source",
    why=(
        "Whoever relates a text chooses from it; until it is read, what it says is what its reporter says (ICD 203,"
        " standard 1: quality and credibility of sources)."
    ),
    remedy="cite the source that was read too, or read the one that it relates",
    example=_THROUGH.replace("CITED", ""),
    near_miss=_THROUGH.replace("CITED", ', { source = "note" }'),
)
def second_hand(subject: Subject) -> Iterator[Finding]:
    """Find claims whose every source is known only through another one."""
    through = {source.id: source.cited_in for source in subject.briefing.source}
    for index, claim in enumerate(subject.briefing.claim):
        if claim.cite and all(through[citation.source] for citation in claim.cite):
            name = claim.cite[0].source
            message = f"{claim.id!r} rests only on what {through[name]!r} says of {name!r}"
            yield Finding(("claim", index, "cite"), message, f"cite {through[name]!r} too, or read {name!r} itself")


@rule(
    "S005",
    "error",
    title="the held text does not match its sha256, or the lock is stale",
    why=(
        "A quote is checked against one text, known by its hash; against another one, the check says nothing (FIPS"
        " 180-4)."
    ),
    remedy="put the right text back, or read the new one and write its hash; briefing hold writes the lock anew",
    example=f'[[source]]\nid = "note"\ntype = "report"\nsha256 = "{"0" * 64}"\n',
    near_miss=f'[[source]]\nid = "note"\ntype = "report"\nsha256 = "{_HASH}"\n',
    text=_TEXT,
    fixable=True,
)
def texts_and_lock(subject: Subject) -> Iterator[Finding]:
    """Find texts with another hash, and stale records of the lock."""
    for index, source in enumerate(subject.briefing.source):
        held = subject.texts.get(source.id)
        found = held.sha256 if held else ""
        if found and source.sha256 and found != source.sha256:
            message = f"the text held of {source.id!r} has the sha256 {found[:12]}…, not the one written here"
            remedy = f"put the text back, or read it again, check its quotes, and write its sha256: {found}"
            yield Finding(("source", index, "sha256"), message, remedy)
    if subject.lock == subject.lock_now:
        return
    stale = {key.source for key, _ in subject.lock.quotes.items() ^ subject.lock_now.quotes.items()}
    stale |= {name for name, _ in subject.lock.texts.items() ^ subject.lock_now.texts.items()}
    places = {source.id: index for index, source in enumerate(subject.briefing.source)}
    for name in sorted(stale, key=lambda name: (places.get(name, -1), name)):
        path = ("source", places[name], "id") if name in places else ("briefing", "id")
        message = f"sources.lock does not record the text of {name!r} and its quotes as they are"
        remedy = f"write it anew: briefing hold {subject.command_name}"
        yield Finding(path, message, remedy, edit=Edit("lock"))


@rule(
    "S006",
    "warning",
    title="all evidence for the claim has one origin",
    why=(
        "Two outlets that repeat one statement are one witness; taken for two, they make a rumour look confirmed"
        " (STANAG 2511: confirmed by *independent* sources)."
    ),
    remedy="find a source that knows it otherwise, or say so in the text and ignore S006 with that reason",
    example=_TWO.replace("ORIGIN", "town-hall"),
    near_miss=_TWO.replace("ORIGIN", "ferryman"),
)
def one_origin(subject: Subject) -> Iterator[Finding]:
    """Find claims with several sources and a single origin.

    A source that is cited with the one through which it is known counts once.
    """
    evidence = subject.evidence
    through = {source.id: source.cited_in or "" for source in subject.briefing.source}
    for index, claim in enumerate(subject.briefing.claim):
        if len(claim.cite) < 2:
            continue
        cited = {citation.source for citation in claim.cite}
        if len(cited) < 2 or len(origins := evidence.origins(claim)) != 1:
            continue
        sources = cited.difference(*(chain(name, through)[1:] for name in cited))
        if len(sources) > 1:
            message = f"the {len(sources)} sources of {claim.id!r} all go back to {next(iter(origins))!r}"
            yield Finding(("claim", index, "id"), message)


@rule(
    "S008",
    "info",
    title="the source is never cited",
    why="A list of sources that carry nothing makes a briefing look better founded than it is.",
    remedy="cite it where it says something, or leave it out",
    example=_KNOWN,
    near_miss=_KNOWN + "\n" + _CLAIM,
)
def never_cited(subject: Subject) -> Iterator[Finding]:
    """Find sources that nothing cites."""
    briefing = subject.briefing
    used = {found.citation.source for found in subject.citations}
    used |= {origin for found in subject.citations for origin in found.citation.origin}
    used |= {view.via for view in briefing.view if view.via}
    for source in briefing.source:
        used |= {*source.origin, source.cited_in or ""}
    for index, source in enumerate(briefing.source):
        if source.id not in used:
            yield Finding(("source", index, "id"), f"nothing cites {source.id!r}")


@rule(
    "S009",
    "info",
    title="whether a machine wrote the source is not stated",
    why="A text that a machine wrote knows nothing by itself; its reader should be told (EU AI Act, article 50).",
    remedy="write machine = true or machine = false where it is known",
    example=_KNOWN,
    near_miss=_KNOWN + "machine = false\n",
)
def machine_not_stated(subject: Subject) -> Iterator[Finding]:
    """Find sources without a value for `machine`."""
    for index, source in enumerate(subject.briefing.source):
        if source.machine is None:
            yield Finding(("source", index, "id"), f"whether a machine wrote {source.id!r} is not stated")


_CHAPTER: Final = """\
format = 2
[[source]]
id = "note"
type = "chapter"
title = "The bridge"
author = ["Keeper, Ann"]
publisher = "Weir Press"
issued = "2019"
url = "https://example.org/bridge"
"""


@rule(
    "S010",
    "info",
    title="the source lacks what its type needs to be found in print",
    why=(
        "A chapter without its book, or a bill without its number, cannot be looked up nor cited (Chicago Manual of"
        " Style, 18th edition, chapter 14; mandatory fields of BibLaTeX’s data model)."
    ),
    remedy="write the key that is named, or the type that the source is of",
    example=_CHAPTER,
    near_miss=f'{_CHAPTER}container = "The Weir and Its Town"\n',
)
def lacks_of_type(subject: Subject) -> Iterator[Finding]:
    """Find sources without a particular of their type. Held and relayed ones are excepted."""
    for index, source in enumerate(subject.briefing.source):
        if source.held or source.cited_in:
            continue
        for group in needs(source.type).placed:
            if not any(getattr(source, name) or name in source.unknown for name in group):
                wanted = " or ".join(group)
                yield Finding(
                    ("source", index, "id"),
                    f"{source.id!r} is of type {source.type} and has no {wanted.replace('_', ' ')}",
                    f'write {group[0]} = "…"' + (f", or {' or '.join(group[1:])}" if group[1:] else ""),
                )
