"""The rules on who speaks: in their own words, by name, and under one name."""

from collections.abc import Iterator, Sequence
from typing import Final

from tui.briefing.model import Entry, View
from tui.briefing.source import Entity, Source
from tui.briefing.traversal import Place
from tui.checks.families.wording.fields import prose, texts, worded
from tui.checks.rule import Finding, Rule, Subject
from tui.language.anonymity import anonymous_label, collectives, said_openly, unnamed
from tui.language.lexicon import Lexicon
from tui.language.names import shifting, uses
from tui.language.persons import persons
from tui.language.quotations import quotations
from tui.language.spans import Span

_OWN_WORDS: Final = frozenset(
    {"hearing", "interview", "speech", "post", "personal_communication", "treaty", "legislation", "bill"}
)
"""Types of CSL whose text is the speaker's own, so that it needs no quotation marks to be direct."""
_MARKS: Final = ' ,;:“”„«»"\n'


def not_direct(subject: Subject) -> Iterator[Finding]:
    """Find words given as direct that the held text does not set in quotation marks."""
    sources = {source.id: source for source in subject.briefing.source}
    marked = {name: quotations(text.text) for name, text in subject.texts.items()}
    for quote in subject.quotes:
        entry = subject.briefing.at(quote.path[:2])
        direct = subject.briefing.at(quote.path[:-1]).direct
        given = direct or quote.quote.startswith(("“", '"', "„", "«"))
        if not given or len(quote.spans) != 1 or _own(sources[quote.carrier], entry):
            continue
        said = quote.text[slice(*quote.spans[0])]
        words = said.strip('“”„«»" ')
        start = quote.spans[0][0] + said.find(words)
        outside = _outside(marked[quote.carrier], quote.text, start, start + len(words))
        if outside:
            part = "these words" if outside == words else f"“{outside}” of these words"
            yield Finding(quote.path, f"the text of {quote.carrier!r} has {part} outside quotation marks")


def _outside(quoted: Sequence[Span], text: str, start: int, end: int) -> str:
    """Return the first words of a stretch that stand in no quotation; empty where each word stands in one."""
    within = [span for span in quoted if span.start < end and start < span.end]
    edges = (start, *(edge for span in within for edge in span), end)
    gaps = (text[first:last].strip(_MARKS) for first, last in zip(edges[::2], edges[1::2], strict=True) if first < last)
    return next((words for words in gaps if any(map(str.isalnum, words))), "")


def _own(source: Source, entry: Entry | Entity) -> bool:
    """Tell whether a source is its speaker's own text, so that all its words are direct."""
    if source.type in _OWN_WORDS:
        return True
    speaker = entry.speaker if isinstance(entry, Entry) else None
    return bool(speaker) and speaker in {source.id, *source.author, source.publisher}


def nameless(subject: Subject, lists: Lexicon) -> Iterator[Finding]:
    """Find speakers and sources that are not named, where the reader is not told so."""
    entities = {entity.id for entity in subject.briefing.entity}
    for place, stretches in texts(subject):
        spoken = (("by", place.entry.by), ("who", place.entry.who if isinstance(place.entry, View) else None))
        labels = [(key, label) for key, label in spoken if label]
        for key, label in labels:
            if label not in entities and anonymous_label(label, lists):
                yield Finding((*place.path, key), f"“{label}” names nobody")
        if place.table == "question" or any(said_openly(label, lists) for _, label in labels):
            continue  # a question asks what nobody is said to know
        for path, text, _ in stretches:
            for found in unnamed(text, lists):
                word = text[found.start : found.end]
                yield Finding(path, f"“{word}” names nobody", offset=found.start, length=len(word))


def one_of_many(subject: Subject, lists: Lexicon) -> Iterator[Finding]:
    """Find “experts” in the plural in entries that name one person."""
    people = {entity.id: entity.name for entity in subject.briefing.entity if entity.type == "person"}
    others = {
        name for entity in subject.briefing.entity if entity.type != "person" for name in (entity.name, *entity.aka)
    }
    for place, stretches in texts(subject):
        for path, text, _ in stretches if place.table != "question" else ():
            found = collectives(text, lists)
            if found and len(named := _named(place, text, people, others, lists)) == 1:
                word = found[0].of(text)
                message = f"“{word}”, and one person is named: {named.pop()}"
                yield Finding(path, message, offset=found[0].start, length=len(word))


def _named(place: Place, text: str, people: dict[str, str], others: set[str], lists: Lexicon) -> set[str]:
    speaker = place.entry.speaker
    named = {people[name] for name in (*place.entry.about, speaker) if name in people}
    return named | {name for span in persons(text, lists) if (name := span.of(text)) not in others}


def shifting_names(subject: Subject) -> Iterator[Finding]:
    """Find entities that the briefing calls by more than one name."""
    stretches = list(prose(subject))
    found = uses(
        (name for entity in subject.briefing.entity if entity.aka for name in (entity.name, *entity.aka)),
        [stretch.text for stretch in stretches],
    )
    for entity in subject.briefing.entity:
        use = shifting((entity.name, *entity.aka), found) if entity.aka else None
        if use is not None:
            message = f"“{use.name}” here, another name of {entity.id!r} elsewhere"
            yield Finding(stretches[use.text].path, message, offset=use.start, length=use.end - use.start)


_HELD: Final = "The keeper said that the pier is a growing danger. “Nobody should walk on it,” she added.\n"
_DIRECT: Final = """\
[[source]]
id = "note"
type = "article-newspaper"
author = ["Ann Other"]
publisher = "The Shore"
issued = "2024"
url = "https://example.org/pier"

[[view]]
id = "keeper"
who = "the keeper"
role = "keeper of the pier"
text = "The keeper calls the pier a growing danger."
cite = [{ source = "note", quote = "QUOTE", direct = true }]
"""
_TOLD: Final = """\
[[claim]]
id = "pier"
text = "TEXT"
cite = [{ source = "note" }]
"""
_NAMES: Final = """\
[[entity]]
id = "kharkiv"
name = "Kharkiv"
aka = ["Kharkov"]
type = "place"

[[claim]]
id = "first"
text = "A missile fell on Kharkiv."
by = "the mayor"

[[claim]]
id = "second"
text = "TEXT"
by = "the mayor"
"""

RULES: Final = (
    Rule(
        "Q005",
        "warning",
        "words are given as a direct quotation that the source only paraphrases",
        "Quotation marks and `direct` promise the speaker’s own words; a reporter’s paraphrase may have changed them (W3C"
        " PROV: a quotation repeats, whatever else is derived).",
        "take `direct` and the quotation marks away, and say whose paraphrase it is",
        not_direct,
        _DIRECT.replace("QUOTE", "a growing danger"),
        _DIRECT.replace("QUOTE", "Nobody should walk on it"),
        text=_HELD,
    ),
    Rule(
        "S004",
        "warning",
        "the source or speaker is unnamed",
        "Who cannot be named cannot be judged: the SPJ code of ethics asks that sources be identified clearly, the IFCN"
        " code that readers can check them, ICD 206 for descriptors of what a source is.",
        "name them; where the source does not, say so: “unnamed officials”",
        worded(nameless),
        _TOLD.replace("TEXT", "Officials said that the pier is safe."),
        _TOLD.replace("TEXT", "Unnamed officials said that the pier is safe."),
    ),
    Rule(
        "V003",
        "warning",
        "experts or analysts in the plural, and one is named",
        "A plural suggests agreement among many; one name shows one voice (ICD 206: the reader is to be able to weigh the"
        " base of sources; IFCN: sources are named and can be checked).",
        "name the others, or write of the one",
        worded(one_of_many),
        _TOLD.replace("TEXT", "Engineers are alarmed, and Ann Holt speaks of cracks."),
        _TOLD.replace("TEXT", "The engineer Ann Holt is alarmed and speaks of cracks."),
    ),
    Rule(
        "T001",
        "info",
        "one thing goes under shifting names",
        "A reader takes two names for two things; terminology work keeps one name for one concept (ISO 704).",
        "keep to the entity’s `name`; other names stand in `aka`, for the search",
        shifting_names,
        _NAMES.replace("TEXT", "Kharkov was hit again."),
        _NAMES.replace("TEXT", "Kharkiv was hit again."),
    ),
)
