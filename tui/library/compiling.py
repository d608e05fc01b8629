"""The compiler, from a briefing with lock and texts to an edition."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tui.briefing import anchors, long_words
from tui.briefing import lock as lock_file
from tui.briefing.entry import Entry
from tui.briefing.fields import Citation
from tui.briefing.files import HELD_FOLDER, LOCK_NAME
from tui.briefing.header_reading import header_line
from tui.briefing.kinds import KINDS, EntryKind
from tui.briefing.loader import load_file
from tui.briefing.lock import Lock, UnreadableLockError
from tui.briefing.memory import Memory
from tui.briefing.model import Briefing
from tui.briefing.problems import KeyPath
from tui.briefing.provenance import SourceOrigins
from tui.briefing.source import CSL, Entity, Source
from tui.briefing.verification import Vouching
from tui.language.assertions import assertion
from tui.library import own_voice, records
from tui.library.located_quotes import LocatedQuote, locate
from tui.library.records_json import CompiledFile
from tui.library.source_labels import labels_of
from tui.library.source_texts import SourceText
from tui.library.stamps import stamp
from tui.library.text_folders import NO_FOLDERS, TextFolders, find_text

_RULE: Final = "F002"
"""The rule that finds words which are broken over lines."""


def compile_edition(briefing: Briefing, lock: Lock, texts: Mapping[str, SourceText]) -> records.Edition:
    """Compile a briefing to an edition, with all references between tables resolved.

    Args:
        briefing: the briefing.
        lock: what its ``sources.lock`` records.
        texts: the texts that are held, by source id.
    """
    return _Compiler(briefing, lock, texts).edition()


def compile_file(
    path: Path, held_by_user: Path, name: str = "", elsewhere: TextFolders = NO_FOLDERS, memory: Memory | None = None
) -> CompiledFile:
    """Load and compile a briefing's file with its source texts. Problems call the file `name`."""
    inputs = {str(path): stamp(path)}
    loaded = load_file(path, name or None, memory)
    if loaded.briefing is None:
        held_folder = path.parent / HELD_FOLDER
        inputs |= {str(held_folder): stamp(held_folder)}
        return CompiledFile(None, loaded.problems, inputs, header_line(path))
    lock_path = path.parent / LOCK_NAME
    inputs[str(lock_path)] = stamp(lock_path)
    texts = {}
    for source in loaded.briefing.source:
        text, depends = find_text(path.parent, held_by_user, source, elsewhere)
        inputs |= depends
        if text:
            texts[source.id] = text
    try:
        locked = lock_file.read(lock_path)
    except UnreadableLockError as error:
        problem = error.problem(str(Path(name or path).with_name(LOCK_NAME)))
        return CompiledFile(None, (problem,), inputs, header_line(path))
    edition = compile_edition(loaded.briefing, locked, texts)
    return CompiledFile(edition, (), inputs, edition.publication.as_text())


class _Compiler:
    def __init__(self, briefing: Briefing, lock: Lock, texts: Mapping[str, SourceText]) -> None:
        self._briefing = briefing
        self._lock = lock
        self._sources = {source.id: source for source in briefing.source}
        self._through = {source.id: source.cited_in or "" for source in briefing.source}
        self._origins = SourceOrigins(briefing.source, briefing.entity, briefing.origin)
        self._labels = labels_of(briefing.source)
        self._numbers = {source.id: number for number, source in enumerate(briefing.source, 1)}
        self._texts = texts
        self._quotes = {quote.path[:-1]: quote for quote in locate(briefing, texts)}
        named = {source.id: source.sha256 for source in briefing.source if source.sha256}
        self._vouching = Vouching(self._through, named, lock, self._texts)
        self._entities = {entity.id: entity for entity in briefing.entity}
        self._names = {name: entity.id for entity in briefing.entity for name in reversed(entity.names)}

    def edition(self) -> records.Edition:
        header = self._briefing.briefing
        edition = records.Edition(
            id=header.id,
            title=header.title,
            bluf=header.bluf,
            lang=header.lang,
            as_of=header.as_of,
            scale=header.scale,
            authors=header.authors,
            note=header.note or "",
            digest=_digest_of(self._briefing),
            entries=tuple(
                self._entry(item, kind, place)
                for kind in KINDS.values()
                for place, item in enumerate(self._briefing.of_kind(kind.name))
            ),
            sources=tuple(map(self._source, self._briefing.source)),
            entities=tuple(self._entity(entity, place) for place, entity in enumerate(self._briefing.entity)),
            was=header.was,
            format=self._briefing.format,
            information_cutoff=header.information_cutoff or "",
            status=header.status or "",
            from_=header.from_.isoformat() if header.from_ else "",
            until=header.until.isoformat() if header.until else "",
            origins=tuple(
                records.Origin(origin.id, origin.name, self._name(origin.by), origin.note or "")
                for origin in self._briefing.origin
            ),
            revisions=tuple(records.Revision(revision.on, revision.text) for revision in self._briefing.revision),
        )
        return edition._replace(remark=long_words.told_of(self._prose_of(edition)))

    def _prose_of(self, edition: records.Edition) -> Iterator[tuple[str, str]]:
        """Yield the prose of an edition, each text with its name.

        Tables that ignore the rule are left out.
        """
        ignored = {item.id for item in self._briefing.entries() if _RULE in item.ignore}
        ignored |= {source.id for source in self._briefing.source if _RULE in source.ignore}
        yield from (("the header", text) for text in (edition.title, edition.bluf, edition.note))
        holders: tuple[records.Entry | records.Entity, ...] = (*edition.entries, *edition.entities)
        for holder in holders:
            if holder.id in ignored:
                continue
            name = holder.number if isinstance(holder, records.Entry) else holder.id
            own = (holder.title, holder.text, holder.reasons) if isinstance(holder, records.Entry) else (holder.text,)
            quoted = (text for note in holder.notes for text in (note.quote, note.note))
            yield from ((name, text) for text in (*own, *quoted))
        yield from (
            (f"the held text of {name}", text.text) for name, text in self._texts.items() if name not in ignored
        )

    def _entry(self, item: Entry, kind: EntryKind, place: int) -> records.Entry:
        # The kinds share most fields. A model takes long to say that it has none of a name, and its values do not.
        values = vars(item)

        def field(name: str) -> str:
            return values.get(kind.key(name)) or ""

        by = item.speaker
        entity = self._entities.get(by or "") if kind.may_say("role") else None
        return records.Entry(
            id=item.id,
            table=kind.name,
            number=f"{kind.letter}{place + 1}",
            text=field("text"),
            digest=_digest_of(item),
            title=field("title"),
            reasons=field("reasons"),
            kind=field("kind"),
            by=self._name(by),
            role=field("role") or (entity.role if entity else None) or "",
            affiliation=field("affiliation") or (entity.affiliation if entity else None) or "",
            actor=self._name(field("actor")),
            actor_implied=bool(values.get("actor_implied")),
            hedge=field("hedge"),
            date=field("date"),
            stance=field("stance"),
            via=field("via"),
            credibility=values.get("credibility") or 0,
            origins=len(self._origins.of_entry(item)),
            quantity=own_voice.quantity(values.get("quantity")),
            assess=own_voice.assessment(item),
            about=item.about,
            links=tuple(own_voice.links(item)),
            notes=self._footnotes(item.cited(), (kind.name, place), by or ""),
            draft=item.draft,
            short=item.short or "",
            listed="" if item.short or self._briefing.format == 1 else assertion(field("text")),
            note=item.note or "",
            judgment=own_voice.judgment(item),
            question=own_voice.question(item),
            indicator=own_voice.indicator(item),
            was=item.was,
        )

    def _source(self, source: Source) -> records.Source:
        text = self._texts.get(source.id)
        locked = self._lock.texts.get(source.id)
        counted = text.paragraphs[-1].number if text and text.paragraphs else locked.paragraphs if locked else 0
        return records.Source(
            id=source.id,
            number=self._numbers[source.id],
            label=self._labels[source.id],
            digest=_digest_of(source),
            type=source.type,
            title=source.title or "",
            author=source.author,
            publisher=source.publisher or "",
            container=source.container or "",
            issued=source.issued or "",
            accessed=source.accessed or "",
            url=source.url or "",
            lang=source.lang or "",
            unknown=source.unknown,
            sha256=source.sha256 or "",
            cited_in=source.cited_in or "",
            origin=source.origin,
            seen=source.extent_seen,
            reliability=source.reliability,
            descriptor=source.descriptor or "",
            held=str(text.path) if text else "",
            held_sha256=text.sha256 if text else "",
            paragraphs=counted,
            republish=source.republish,
            csl=tuple(_csl(source)),
            note=source.note or "",
            was=source.was,
        )

    def _entity(self, entity: Entity, place: int) -> records.Entity:
        return records.Entity(
            id=entity.id,
            name=entity.name,
            digest=_digest_of(entity),
            type=entity.type,
            role=entity.role or "",
            affiliation=entity.affiliation or "",
            aka=entity.aka,
            text=entity.text or "",
            notes=self._footnotes(entity.cited(), ("entity", place)),
            short=entity.short or "",
            party=entity.party or "",
            reliability=entity.reliability or "",
            was=entity.was,
        )

    def _footnotes(
        self, cited: tuple[tuple[KeyPath, Citation], ...], holder: KeyPath, by: str = ""
    ) -> tuple[records.Footnote, ...]:
        return tuple(self._footnote(citation, (*holder, *below), by) for below, citation in cited)

    def _footnote(self, citation: Citation, path: KeyPath, by: str) -> records.Footnote:
        anchor, checked, page = self._anchor(citation, self._quotes.get(path))
        origins = self._origins.behind(citation.source, citation.origin, by)
        return records.Footnote(
            number=self._numbers[citation.source],
            source=citation.source,
            quote=citation.quote or "",
            prefix=citation.prefix or "",
            suffix=citation.suffix or "",
            direct=citation.direct,
            page=citation.page or (str(page) if page else ""),
            note=citation.note or "",
            state=anchor.state,
            paragraph=anchor.paragraph,
            checked=checked,
            occurrences=anchor.occurrences,
            origin=() if origins == self._origins.of(citation.source) else tuple(sorted(origins)),
            start=anchor.start,
            end=anchor.end,
        )

    def _anchor(self, citation: Citation, located: LocatedQuote | None) -> tuple[anchors.Anchor, str, int]:
        """Return the anchor of a quote.

        Returns:
            The anchor, the hash of the text that it was checked against, and the page on which it stands or stood.
        """
        if not citation.quote:
            return anchors.Anchor("not-held"), "", 0
        voucher = self._vouching.of(citation)
        place = voucher.place
        if voucher.by == "lock" and place:
            sha256 = self._sources[voucher.source].sha256 or ""
            return anchors.Anchor("not-held", paragraph=place.paragraph), sha256, place.page
        if located is None:
            return anchors.Anchor("unlisted" if voucher.by == "nothing" else "not-held"), "", 0
        found = located.anchor(place)
        return found, located.held.sha256, located.held.page_breaks.page_of(found.start)

    def _name(self, words: str | None) -> records.Name | None:
        if not words:
            return None
        if words in self._entities:
            return records.Name(self._entities[words].name, words)
        return records.Name(words, self._names.get(words, ""))


def _csl(source: Source) -> Iterator[records.Variable]:
    """Return the further CSL variables of a source that are set."""
    for key in CSL:
        if value := getattr(source, key):
            yield records.Variable(key, (value,) if isinstance(value, str) else value)


def _digest_of(item: Entry | Source | Entity | Briefing) -> str:
    """Return 16 characters that identify a revision, without security. A rename of an item keeps them."""
    if not isinstance(item, Briefing) and item.was:
        item = item.model_copy(update={"id": item.was[0], "was": ()})
    return item.digest
