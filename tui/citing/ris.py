"""RIS, which EndNote, Zotero and databases exchange. The fields are those that Zotero reads and writes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from tui.citing import dates
from tui.citing.draft import Draft, Found, shown
from tui.citing.lines import lines_of
from tui.citing.names import Name, parsed
from tui.citing.record import DATES, NAMES, Bibliography, Record
from tui.citing.variables import note_of

_LINE: Final = re.compile(r"([A-Z][A-Z0-9]) {1,2}- ?(.*)")
_VALUE: Final = 7
"""The column of a value."""
_PAGES: Final = re.compile(r"(\w+)[-–](\w+)")
_TAGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "author": "AU", "editor": "ED", "translator": "A4", "title": "TI", "container": "T2", "publisher": "PB",
        "publisher_place": "CY", "edition": "ET", "volume": "VL", "issue": "IS", "page": "SP", "issued": "DA",
        "accessed": "Y2", "DOI": "DO", "url": "UR", "lang": "LA", "archive": "DB", "archive_location": "AN",
        "number": "M1", "genre": "M3",
    }
)  # fmt: skip
"""The tag of each variable that RIS has a field for; SN depends on the type."""
_OTHERS: Final[Mapping[str, str]] = MappingProxyType(
    {"A1": "AU", "T1": "TI", "CT": "TI", "BT": "T2", "JF": "T2", "JO": "T2", "Y1": "PY", "A2": "ED", "A3": "ED"}
)
"""Tags that other programs write, and ours for them."""
_NOTES: Final = ("M2", "AB", "N2", "N1")
_SINGLE: Final = ("ID", "SP", "EP", "SN")
"""The tags that count once, and are read together with others."""
_KEPT: Final = r"A[DV]|C[1-8]|C[ANPR]|DP|J[12A]|KW|L[1-4BK]|NV|OP|R[INP]|S[ET]|T[AT]|U[1-5]|VO"
"""Further tags, whose values go into the note."""
_OTHERWISE: Final = frozenset({"ER", "TY", "DA", "PY", *_SINGLE, *_NOTES})
_TAGGED: Final = re.compile(
    rf"(?:{'|'.join(sorted({*_TAGS.values(), *_OTHERS, *_OTHERWISE, _KEPT}))})\b|[A-Z][A-Z0-9] *[-–]"
)
"""A line that was meant to have a tag. Another one goes on with the line before: «US forces …»."""
_LIKE_A_TAG: Final = re.compile(r"^(?=[A-Z][A-Z0-9]\b)", re.MULTILINE)
_BY_TAG: Final = MappingProxyType({tag: variable for variable, tag in _TAGS.items()})
_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS", "bill": "BILL",
        "book": "BOOK", "chapter": "CHAP", "classic": "CLSWK", "dataset": "DATA", "document": "GEN",
        "entry-dictionary": "DICT", "entry-encyclopedia": "ENCYC", "figure": "FIGURE", "graphic": "ART",
        "hearing": "HEAR", "legal_case": "CASE", "legislation": "STAT", "manuscript": "MANSCPT", "map": "MAP",
        "motion_picture": "MPCT", "musical_score": "MUSIC", "pamphlet": "PAMP", "paper-conference": "CPAPER",
        "patent": "PAT", "personal_communication": "PCOMM", "post-weblog": "BLOG", "report": "RPRT",
        "software": "COMP", "song": "SOUND", "speech": "SLIDE", "standard": "STAND", "thesis": "THES",
        "webpage": "ELEC", "broadcast": "VIDEO", "interview": "PCOMM", "treaty": "GOVDOC", "regulation": "GOVDOC",
        "post": "ICOMM", "periodical": "JFULL", "article": "INPR",
    }
)  # fmt: skip
"""The type of reference for a type of CSL; GEN for all others."""
_BY_TYPE: Final[Mapping[str, str]] = MappingProxyType(
    {ris: csl for csl, ris in reversed(list(_TYPES.items()))}
    | {"CONF": "paper-conference", "EJOUR": "article-journal", "EBOOK": "book", "EDBOOK": "book", "ECHAP": "chapter",
       "UNPD": "manuscript", "UNPB": "manuscript", "SER": "book", "CTLG": "book", "PCOMM": "personal_communication",
       "GOVDOC": "report", "GRANT": "report", "VIDEO": "motion_picture", "ADVS": "motion_picture", "MULTI": "software",
       "LEGAL": "legal_case", "ABST": "article-journal", "AGGR": "dataset", "DBASE": "dataset", "ANCIENT": "classic",
       "CHART": "figure", "EQUA": "figure", "UNBILL": "bill", "WEB": "webpage"}
)  # fmt: skip


class _Line(NamedTuple):
    """A line with its tag."""

    number: int
    tag: str
    value: str


def write(records: Iterable[Record]) -> Iterator[str]:
    """Write records line by line, an empty line behind each."""
    for record in records:
        yield from (f"{tag}  - {value}".rstrip(" ") if tag != "ER" else "ER  - " for tag, value in _fields(record))
        yield ""


def read(text: str) -> Bibliography:
    """Read records. Other lines and empty records are reported."""
    found = Found()
    for lines in _records(lines_of(text, found).text, found):
        if lines[-1].tag != "ER":  # the file, or a part of it, may be lost
            found.tell(lines[-1].number, 1, "here a record ends without its ER; it was taken as it stands")
        elif behind := lines[-1].value:
            found.tell(
                lines[-1].number, _VALUE, f"this stands behind the ER of a record; it was left out: {shown(behind)}"
            )
        found.add(_draft(lines), lines[0].number)
    return found.bibliography()


def _serial(kind: str) -> str:
    """Return the variable that SN holds for a type."""
    if kind in {"report", "patent"}:
        return "number"
    return "ISSN" if kind.startswith("article") or kind == "periodical" else "ISBN"


def _tag(record: Record, variable: str) -> str:
    """Return a variable's tag for a record's type; empty without one."""
    if variable == _serial(record.type):
        return "SN"
    if variable == "type":
        return "TY" if _BY_TYPE.get(_TYPES.get(record.type, "GEN")) == record.type else ""
    if variable in record.dates and dates.from_ris(dates.to_ris(record.dates[variable])) != record.dates[variable]:
        return ""
    if any(_name(_written(name)) != name for name in record.names.get(variable, ())):
        return ""
    return _TAGS.get(variable, "")


def _fields(record: Record) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES.get(record.type, "GEN")
    yield "ID", record.id
    for variable, names in record.names.items():
        yield from ((_TAGS[variable], _written(name)) for name in names)
    for variable, date in record.dates.items():
        if written := dates.to_ris(date):
            yield from [("PY", written[:4])] if variable == "issued" else []
            yield _TAGS[variable], written
    for variable, text in record.texts.items():
        tag = _tag(record, variable)
        pages = _PAGES.fullmatch(text) if variable == "page" else None
        if pages:
            yield from (("SP", pages[1]), ("EP", pages[2]))
        elif tag:
            yield tag, text
    variables = note_of(record, lambda variable: bool(_tag(record, variable)), with_notes=False)
    # Strict readers take no line without a tag.
    yield from (("M2", line) for line in variables.split("\n") if line)
    yield from (("N1", _LIKE_A_TAG.sub(" ", note)) for note in record.notes)
    yield "ER", ""


def _written(name: Name) -> str:
    """Return a name as RIS has it, the suffix last."""
    if name.literal:
        return name.literal
    family = " ".join(filter(None, (name.particle, name.family)))
    return ", ".join(filter(None, (family, name.given, name.suffix))) if name.given else f"{family},"


def _name(text: str) -> Name:
    """Read a name as RIS has it."""
    parts = [part.strip() for part in text.split(",")]
    return parsed(", ".join([parts[0], parts[2], parts[1]]) if len(parts) == 3 else text)


def _records(text: str, found: Found) -> Iterator[list[_Line]]:
    """Yield the lines of each record. The last is the ER, or the TY of the next one."""
    lines: list[_Line] = []
    for number, line in enumerate(text.split("\n"), 1):
        match = _LINE.fullmatch(line.rstrip())
        if match and match[1] in {"TY", "ER"}:
            if lines:
                yield [*lines, _Line(number, match[1], match[2].strip() if match[1] == "ER" else "")]
            elif match[1] == "ER":
                found.tell(number, 1, "this ends no record; it was left out")
            lines = [_Line(number, "TY", match[2].strip())] if match[1] == "TY" else []
        elif match and lines:
            lines.append(_Line(number, match[1], match[2].strip()))
        elif len(lines) > 1 and not _TAGGED.match(line):
            lines[-1] = lines[-1]._replace(value=f"{lines[-1].value}\n{line.strip()}")
        elif line.strip():
            found.tell(number, 1, f"this is no line of RIS in a record; it was left out: {shown(line)}")
    yield from [lines] if lines else []


def _draft(lines: list[_Line]) -> Draft:
    values: dict[str, list[_Line]] = {}
    for line in sorted(lines, key=lambda line: line.tag == "JO"):  # an abbreviation; the whole name counts
        values.setdefault(_OTHERS.get(line.tag, line.tag), []).extend([line] if line.value else [])
    first = {tag: found[0].value for tag, found in values.items() if found}
    kind = _BY_TYPE.get(first.get("TY", ""), "")
    draft = Draft(first.get("ID", ""), (lines[0].number, 1))
    draft.set_type(kind, first.get("TY", ""))
    if kind and _TYPES.get(_type_in(values) or kind, "GEN") != first["TY"]:
        draft.keep("TY", first["TY"])
    for tag in ("DA", "PY", *(tag for tag in values if tag not in _OTHERWISE)):
        for line in values.get(tag, []):
            _take(draft, "issued" if tag == "PY" else _BY_TAG.get(tag, ""), line)
    draft.set_text("page", "-".join(first[tag] for tag in ("SP", "EP") if tag in first), "SP")
    draft.set_text(_serial(_type_in(values) or kind), first.get("SN", ""), "SN")
    for tag in _SINGLE:
        for line in values.get(tag, [])[1:]:
            draft.keep(tag, line.value)
    for line in (line for tag in _NOTES for line in values.get(tag, [])):
        (draft.add_note if line.tag == "M2" else draft.add_prose)(line.value)
    return draft


def _take(draft: Draft, variable: str, line: _Line) -> None:
    """Take a line of a record."""
    if variable in NAMES:
        draft.add_name(variable, _name(line.value), line.value, (line.number, _VALUE))
    elif variable in DATES:
        date = dates.from_ris(line.value)
        draft.set_date(variable, date, line.tag, line.value, (line.number, _VALUE))
        if date and not dates.is_whole(line.value):
            draft.keep(line.tag, line.value)
    elif variable:
        draft.set_text(variable, line.value, line.tag)
    else:
        draft.keep(line.tag, line.value)


def _type_in(values: Mapping[str, list[_Line]]) -> str:
    """Return the type of CSL in a note. TY has fewer types."""
    notes = "\n".join(line.value for line in values.get("M2", []))
    match = re.search(r"^Type: (\S+)$", notes, re.MULTILINE)
    return match[1] if match else ""
