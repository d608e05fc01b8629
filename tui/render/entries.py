"""Entries as blocks: in brief for a pane, and in full."""

from collections.abc import Iterator
from typing import Final

from tui.briefing import edtf, prose
from tui.library.entry_links import Relation
from tui.library.records import Entry, Footnote, Name
from tui.library.voices import is_relayed, voice_of
from tui.library.volume import Volume
from tui.render import signs, words
from tui.render.judgments import judged, moved_paras, number_paras, own_paras, qualified, where_words
from tui.render.links import brief_span, number_link, numbers, separated
from tui.render.page import INDENT, Block, Para, Role, Span, line
from tui.render.prose_paras import prose_paras, remark_paras

_SHOWN_CONFLICTS: Final = 3
_FIRST: Final = ("conflicts", "for", "against")
"""The relations that stand before the others."""
_SET_APART: Final = frozenset({("positions", True), ("evidence", True), ("moves", True)})
"""The relations that questions and indicators show in a form of their own."""
_DOT: Final = Span("\u00a0· ", "muted")


def entry_block(volume: Volume, entry: Entry, *, full: bool = False) -> Block:
    """Set an entry, in full with all relations and reasons."""
    stated, related = entry_parts(volume, entry, full=full)
    return Block(entry.id, (*stated, *related), f"#{entry.id}")


def entry_parts(volume: Volume, entry: Entry, *, full: bool = False) -> tuple[tuple[Para, ...], tuple[Para, ...]]:
    """Set an entry in two parts: its statement, and its relations."""
    paras = [*_statement(volume, entry)]
    if meta := _joined(_meta(volume, entry)):
        paras.append(Para(meta, indent=INDENT))
    if full and (code := volume.rating(entry)):
        paras.append(line(words.rating_words(code), "meta", indent=INDENT))
    if entry.quantity:
        paras.append(line(words.quantity_words(entry.quantity), "meta", indent=INDENT))
    own = own_paras if entry.judgment or entry.question or entry.indicator else _assessed
    paras.extend(own(volume, entry, full=full))
    if entry.note:
        paras.extend(remark_paras(volume, entry.note, INDENT))
    return tuple(paras), tuple(_relations(volume, entry, full=full))


def _assessed(volume: Volume, entry: Entry, *, full: bool) -> Iterator[Para]:
    """Set the assessment of a statement."""
    if entry.assess:
        said = " ".join(words.assessment_sentences(entry.assess, volume.edition.scale))
        if said:
            yield Para((Span(said, "emphasis"),), Span(signs.ASSESSED.symbol, "meta"), INDENT + 2)
        if entry.assess.why and (full or not said):
            yield from prose_paras(volume, entry.assess.why, INDENT + 2, "meta")


def note_marks(notes: tuple[Footnote, ...]) -> tuple[Span, ...]:
    """Set the footnote numbers behind a statement, each source once."""
    spans: list[Span] = []
    seen: set[int] = set()
    for index, note in enumerate(notes, 1):
        if note.number not in seen:
            seen.add(note.number)
            # No-break spaces: a number never starts a line.
            spans += [Span("\u00a0"), Span(words.superscript(note.number), "note", f"note:{index}")]
    return tuple(spans)


def relation_paras(volume: Volume, entry: Entry, relation: Relation, *, full: bool) -> Iterator[Para]:
    """Set a relation of an entry; in full with the reason below."""
    role: Role = "conflict" if relation.name in words.OPPOSED else "meta"
    glyph = Span(words.relation_glyph(relation.name, outgoing=relation.outgoing), role)
    where = where_words(entry, relation)
    spans = [
        Span(f"{qualified(relation, kinds=volume.edition.format > 1)} ", role),
        number_link(relation.other),
        brief_span(relation.other, 160, "meta", before=" "),
        *([Span(f"\u00a0· {where}", "meta")] if where else []),
    ]
    yield Para(tuple(spans), glyph, INDENT + 2, keep=not (full or relation.other.short))
    if full and relation.why:
        yield line(prose.plain(relation.why), "text", indent=INDENT + 4)
    if full and relation.name == "moves":
        yield from moved_paras(entry, relation)


def _statement(volume: Volume, entry: Entry) -> list[Para]:
    """Set number, heading and text."""
    number = Span(entry.number, "number")
    marks = note_marks(entry.notes)
    heading = _heading(volume, entry)
    text = prose_paras(volume, entry.text or (entry.short if entry.judgment else ""), INDENT)
    if entry.judgment and entry.assess:
        before, *behind = judged(volume, entry.assess.likelihood, [Span("")])
        text[0] = text[0]._replace(spans=(before, *text[0].spans))
        text[-1] = text[-1]._replace(spans=(*text[-1].spans, *behind))
    text[-1] = text[-1]._replace(spans=(*text[-1].spans, *marks))
    if heading:
        paras = [Para(heading, number, INDENT, INDENT), *text]
    else:
        paras = [text[0]._replace(marker=number, hang=text[0].indent), *text[1:]]
    if entry.reasons:
        paras.extend(prose_paras(volume, entry.reasons, INDENT))
    return paras


def _heading(volume: Volume, entry: Entry) -> tuple[Span, ...]:
    if entry.title:
        return (Span(entry.title, "heading"),)
    if entry.table != "view" or entry.by is None:
        return ()
    rest = ", ".join(part for part in (entry.role, entry.affiliation) if part)
    return (_name(volume, entry.by, "heading"), *((Span(f", {rest}", "meta"),) if rest else ()))


def _meta(volume: Volume, entry: Entry) -> Iterator[tuple[Span, ...]]:
    """Yield the facts of the line below the statement."""
    if entry.draft:
        yield (Span(words.DRAFT, "warning"),)
    if shaken := disputed_grounds(volume, entry):
        yield (Span("disputed: rests on ", "conflict"), *numbers(shaken))
    if entry.kind:
        yield (Span(entry.kind, "meta"),)
    yield from _people(volume, entry)
    if entry.stance:
        yield (Span(entry.stance, "meta"),)
    if entry.hedge:
        said = "modal " if entry.table == "recommendation" else "hedge "
        yield (Span(said, "meta"), Span(words.quoted(entry.hedge), "quote"))
    if entry.table == "assumption" and not entry.by and volume.edition.format > 1:
        yield (Span("our own", "meta"),)
    if entry.date:
        yield (Span(f"{'speaks of ' if entry.judgment else ''}{edtf.in_words(entry.date)}", "meta"),)
    yield from _basis(volume, entry)


def disputed_grounds(volume: Volume, entry: Entry) -> tuple[Entry, ...]:
    """Return the opposed entries of a recommendation. The front page counts the same."""
    if entry.table != "recommendation":
        return ()
    from tui.evidence.opposition import disputed_grounds as grounds

    return grounds(volume, entry)


def _people(volume: Volume, entry: Entry) -> Iterator[tuple[Span, ...]]:
    if entry.actor:
        implied = " (implied)" if entry.actor_implied else ""
        yield (Span("for ", "meta"), _name(volume, entry.actor, "meta"), Span(implied, "meta"))
    if entry.by and entry.table != "view":
        yield (_name(volume, entry.by, "meta"),)


def _basis(volume: Volume, entry: Entry) -> Iterator[tuple[Span, ...]]:
    code, voice = volume.rating(entry), voice_of(volume, entry)
    if voice:
        relayed = ", relayed" if code and is_relayed(volume, entry, voice) else ""
        lead = f"{relayed}; the voice: " if code else "the voice: "
        named = () if entry.by and entry.by.entity == voice.id else (_name(volume, Name(voice.name, voice.id), "meta"),)
        letter = (Span(voice.reliability, "rating"),) if voice.reliability else ()
        party = (Span(words.PARTY_WORDS.get(voice.party, voice.party), "meta"),) if voice.party else ()
        rating = (Span(code, "rating"),) if code else ()
        yield (*rating, Span(lead, "meta"), *separated((*named, *letter, *party)))
    elif code:
        yield (Span(code, "rating"),)
    if sources := len({note.source for note in entry.notes}):
        said = words.count(sources, "source")
        if sources > 1:
            said += f", {words.count(entry.origins, 'origin')}"
        yield (Span(said, "meta"),)
    if entry.via:
        yield (Span("via ", "meta"), Span(volume.sources[entry.via].label, "link", f"#{entry.via}"))


def _relations(volume: Volume, entry: Entry, *, full: bool) -> Iterator[Para]:
    relations = volume.links.relations(entry)
    if full:
        told = [one for one in relations if (one.name, one.outgoing) not in _SET_APART]
        ranks = {name: place for place, name in enumerate(_FIRST)}
        told.sort(key=lambda relation: ranks.get(relation.name, len(ranks)))
        for index, relation in enumerate(told):
            first, *rest = relation_paras(volume, entry, relation, full=True)
            yield from (first._replace(space=int(index == 0)), *rest)
    else:
        yield from _conflicts(volume, entry, [relation for relation in relations if relation.name == "conflicts"])
        if relations:
            yield from number_paras(volume, entry, relations)
    about = [target for target in entry.about if full or entry.table == "question"]
    if about:
        links = separated(Span(_about_words(volume, target), "link", f"#{target}") for target in about)
        yield Para((Span("about ", "meta"), *links), indent=INDENT)
    asked = volume.links.about(entry) if full else ()
    if asked:
        yield Para((Span("spoken of in ", "meta"), *numbers(asked)), indent=INDENT)


def _conflicts(volume: Volume, entry: Entry, relations: list[Relation]) -> Iterator[Para]:
    """Set the first conflicts in words, and the others by number."""
    shown = relations if len(relations) <= _SHOWN_CONFLICTS + 1 else relations[:_SHOWN_CONFLICTS]
    for relation in shown:
        yield from relation_paras(volume, entry, relation, full=False)
    if rest := [relation.other for relation in relations[len(shown) :]]:
        yield Para((Span("and with ", "conflict"), *numbers(rest)), Span(signs.CONFLICT.symbol, "conflict"), INDENT + 2)


def _about_words(volume: Volume, target: str) -> str:
    return volume.entries[target].number if target in volume.entries else volume.shown(target)


def _name(volume: Volume, name: Name, role: Role) -> Span:
    words_for = volume.name_of(name)
    return Span(words_for, role, f"#{name.entity}" if name.entity else "")


def _joined(parts: Iterator[tuple[Span, ...]]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for part in parts:
        if spans:
            spans.append(_DOT)
        for span in part:
            kept = words.kept_together(span.text)
            spans.append(span if kept == span.text else span._replace(text=kept))
    return tuple(spans)
