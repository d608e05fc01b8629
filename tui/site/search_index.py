"""The index of the page's search: words, values of fields, and hits.

It stands in files that call a function, since a page in a folder may load scripts and nothing else. Words are analysed as
`briefing search` does.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Final, NamedTuple

from tui.briefing.kinds import KINDS
from tui.language.stems import Stemmer
from tui.language.tokens import spaced
from tui.library.records import Entry
from tui.library.volume import Volume, brief
from tui.search.fields import FIELDS
from tui.search.index.documents import passages, unpacked
from tui.site.addresses import ENTITIES, INDEX, SOURCES, TEXTS

FOLDER: Final = "search"
_LARGE: Final = 24_000
"""Characters of the words of one first letter that are divided by their second letter."""
_CHUNK: Final = 64
"""Documents in a file of texts."""
_SHOWN: Final = 280
"""Characters of a text that a hit shows."""
_BUCKET: Final = 2_000
"""Documents of a bucket, the part of the index that one changed briefing writes anew."""
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


class Document(NamedTuple):
    """A passage as the page finds and shows it."""

    address: str
    """The path of its page in the site, with its anchor."""
    name: str
    """The address for `briefing open`."""
    number: str
    kind: str
    heading: str
    text: str
    words: Mapping[str, Sequence[int]]
    """The positions of each word. Those of two texts never follow one another."""
    quotes: tuple[tuple[int, int], ...]
    """The first and the last position of each quote."""
    tags: tuple[str, ...]
    names: tuple[str, ...]
    dates: tuple[int, int] | None


def documents(volume: Volume) -> Iterator[Document]:
    """Yield the documents of a briefing. Held texts that may not be shown are left out."""
    for passage in passages(volume):
        kind, index, paragraph = unpacked(passage.item)
        if kind == "text" and not volume.edition.sources[index].republish:
            continue
        words, spans = _positions(passage.texts)
        quotes = {tuple(spaced(quote).split()) for quote in passage.quotes}
        shown, name = _shown(volume, kind, index, paragraph), volume.edition.id
        yield Document(
            f"{name}/{shown.page}#{shown.anchor}".rstrip("#"),
            f"{name}#{shown.item}".rstrip("#"),
            shown.number,
            KINDS[kind].title if kind in KINDS else kind.capitalize(),
            shown.heading,
            _cut(next(iter(passage.texts), "")),
            words,
            tuple((start, end) for start, end, said in spans if said in quotes),
            tuple(passage.tags.split()),
            tuple(name for name in passage.names.split() if name.partition("=")[0] in FIELDS),
            passage.dates,
        )


def _positions(texts: Iterable[str]) -> tuple[dict[str, list[int]], list[tuple[int, int, tuple[str, ...]]]]:
    """Return the positions of words, and the span of each text."""
    words: defaultdict[str, list[int]] = defaultdict(list)
    spans = []
    at = 0
    for text in texts:
        said = spaced(text).split()
        for offset, word in enumerate(said, at):
            words[word].append(offset)
        if said:
            spans.append((at, at + len(said) - 1, tuple(said)))
            at += len(said) + 1
    return words, spans


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else f"{flat[: flat.rfind(' ', 0, _SHOWN)]} …"


class _Shown(NamedTuple):
    """The words by which a hit is shown, and its address."""

    page: str
    anchor: str
    number: str
    heading: str
    item: str
    """The id of the entry, source or entity; empty for a front page."""


def _shown(volume: Volume, kind: str, index: int, paragraph: int) -> _Shown:
    edition = volume.edition
    if kind in KINDS:
        entry = edition.entries[index]
        return _Shown(INDEX, entry.id, entry.number, _heading(volume, entry), entry.id)
    if kind == "entity":
        entity = edition.entities[index]
        return _Shown(ENTITIES, entity.id, "", entity.name, entity.id)
    if kind == "briefing":
        return _Shown(INDEX, "", "", edition.title, "")
    source = edition.sources[index]
    if kind == "text":
        return _Shown(f"{TEXTS}/{source.id}.html", f"p{paragraph}", f"¶{paragraph}", source.label, source.id)
    return _Shown(SOURCES, source.id, str(source.number), source.label, source.id)


def _heading(volume: Volume, entry: Entry) -> str:
    """Return the name of an entry, behind the speaker of a view."""
    speaker = volume.name_of(entry.by) if entry.table == "view" and entry.by and not entry.title else ""
    name = brief(entry) if entry.short or entry.title or entry.judgment else ""
    return ": ".join(filter(None, (speaker, name)))


def bucket_count(number: int) -> int:
    """Return the number of buckets for some documents, a power of two."""
    return 1 << max(0, (-(-number // _BUCKET) - 1).bit_length())


def bucket_of(name: str, buckets: int) -> int:
    """Return the bucket of a briefing, by its id alone."""
    return int.from_bytes(blake2b(name.encode(), digest_size=4).digest()) % buckets


class Part(NamedTuple):
    """A file of the index."""

    name: str
    data: object


def bucket_files(bucket: int, found: Sequence[Document], languages: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a bucket. The first one names the others."""
    parts = [*_word_parts(found, Stemmer(languages)), *_field_parts(found)]
    parts.append(Part("quotes", _packed_lists([[end for span in one.quotes for end in span] for one in found])))
    parts.append(Part("names", "\n".join(one.name for one in found)))
    for start in range(0, len(found), _CHUNK):
        rows = [[one.address, one.number, one.kind, one.heading, one.text] for one in found[start : start + _CHUNK]]
        parts.append(Part(f"d{start // _CHUNK}", rows))
    listed = {"documents": len(found), "words": [part.name[2:] for part in parts if part.name.startswith("w-")]}
    for name, data in (Part("parts", listed), *parts):
        yield f"{FOLDER}/{bucket}/{name}.js", call("briefingPart", f"{bucket}/{name}", data)


def call(function: str, *arguments: object) -> bytes:
    """Write a call with values. A page that loads the file gets them."""
    said = ",".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in arguments)
    # These two end a line in old scripts, and a tag ends nothing in a file.
    said = said.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("</", "<\\/")
    return f"{function}({said});\n".encode()


def _word_parts(found: Sequence[Document], stemmer: Stemmer) -> Iterator[Part]:
    """Yield the words by their first letters, with stems and positions."""
    index: defaultdict[str, list[tuple[int, Sequence[int]]]] = defaultdict(list)
    for number, one in enumerate(found):
        for word, positions in one.words.items():
            index[word].append((number, positions))
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(index):
        groups[word[0]].append(word)
    lines = {word: _postings(index[word]) for word in index}
    for first, words in groups.items():
        if sum(len(lines[word]) for word in words) <= _LARGE:
            yield _word_part(first, words, lines, stemmer)
            continue
        smaller: defaultdict[str, list[str]] = defaultdict(list)
        for word in words:
            smaller[word[:2]].append(word)
        for beginning, some in smaller.items():
            # A word of one letter would share its name with the part of all.
            yield _word_part(beginning if len(beginning) > 1 else f"{beginning}_", some, lines, stemmer)


def _word_part(beginning: str, words: Sequence[str], lines: Mapping[str, str], stemmer: Stemmer) -> Part:
    name = "".join(character if character.isascii() else f"~{ord(character):x}" for character in beginning)
    stems = [" ".join(_shortened(word, stem) for stem in stemmer.stems(word)) for word in words]
    return Part(f"w-{name}", [" ".join(words), "|".join(stems), "\n".join(lines[word] for word in words)])


def _shortened(word: str, stem: str) -> str:
    """Write a stem as the letters that a word loses and gains."""
    kept = next((at for at, (one, other) in enumerate(zip(word, stem, strict=False)) if one != other), None)
    kept = min(len(word), len(stem)) if kept is None else kept
    gone, come = len(word) - kept, stem[kept:]
    return f"{_base36(gone)}{come}" if gone or come else ""


def _postings(found: Sequence[tuple[int, Sequence[int]]]) -> str:
    """Write documents with positions, each as the distance from the one before."""
    documents = _distances([number for number, _ in found])
    return ";".join(
        [
            f"{document}.{','.join(_distances(positions)) if len(positions) > 1 else _base36(positions[0])}"
            for document, (_, positions) in zip(documents, found, strict=True)
        ]
    )


def _distances(numbers: Sequence[int]) -> list[str]:
    found = []
    before = 0
    for number in numbers:
        gap = number - before
        found.append(_SMALL[gap] if gap < len(_SMALL) else _base36(gap))
        before = number
    return found


def _packed_lists(lists: Iterable[Sequence[int]]) -> str:
    return ";".join(",".join(_distances(numbers)) for numbers in lists)


def _base36(number: int) -> str:
    if number < len(_DIGITS):
        return _DIGITS[number]
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
    return text


_SMALL: Final = tuple(map(_base36, range(1296)))
"""The numbers of one or two digits, of which nearly all lists consist."""


def _field_parts(found: Sequence[Document]) -> Iterator[Part]:
    """Yield the values of each field, and the words of their names."""
    tags: dict[str, defaultdict[str, list[int]]] = {name: defaultdict(list) for name in FIELDS}
    names: dict[str, defaultdict[str, list[int]]] = {name: defaultdict(list) for name in FIELDS}
    for number, one in enumerate(found):
        for kept, terms in ((tags, one.tags), (names, one.names)):
            for term in terms:
                name, _, value = term.partition("=")
                if name in kept:
                    kept[name][value].append(number)
    for name, spec in FIELDS.items():
        if spec.match == "tag":
            yield Part(f"f-{name}", [_field(tags[name]), ""])
        elif spec.match == "name":
            yield Part(f"f-{name}", ["", _field(names[name])])
    days = [one.dates or () for one in found]
    yield Part("f-date", [[list(pair) for pair in days]])


def _field(values: Mapping[str, list[int]]) -> str:
    return "\n".join(f"{value} {','.join(_distances(numbers))}" for value, numbers in sorted(values.items()))


def about_index(buckets: int, counts: Mapping[str, int], languages: Sequence[str]) -> tuple[str, bytes]:
    """Return the file about the whole index: fields, counts and languages."""
    fields = {
        name: {
            "match": field.match,
            "values": list(field.values),
            "ranked": list(field.ranks),
            "ranged": field.ranged,
            "example": field.example,
        }
        for name, field in FIELDS.items()
        if field.match != "reading"
    }
    said = {"buckets": buckets, "counts": dict(counts), "stemmers": Stemmer(languages).names, "fields": fields}
    return f"{FOLDER}/about.js", call("briefingAbout", said)
