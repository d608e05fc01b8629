"""The types of entry of BibLaTeX and BibTeX, with their fields."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from tui.citing.record import Record

_FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {"issued": "date", "accessed": "urldate", "DOI": "doi", "lang": "language", "page": "pages", "genre": "type",
     "chapter_number": "chapter", "publisher_place": "location", "event_title": "eventtitle", "ISBN": "isbn",
     "ISSN": "issn"}
)  # fmt: skip
"""The fields that BibLaTeX calls otherwise than CSL does a variable."""
_OF_ALL: Final = ("author", "title", "issued", "accessed", "url", "DOI", "lang")
"""The variables that every type has a field for."""
_OF_BIBTEX: Final[Mapping[str, str]] = MappingProxyType({"journaltitle": "journal", "location": "address"})
_NOT_OF_BIBTEX: Final = frozenset(
    {"urldate", "date", "eventtitle", "titleaddon", "language", "isbn", "issn", "translator", "doi"}
)


class Kind(NamedTuple):
    """A type of entry."""

    name: str
    bibtex: str
    """Its name in BibTeX."""
    needs: tuple[str, ...] = ()
    """The variables without which an entry of it is not valid."""
    fields: Mapping[str, str] = MappingProxyType({})
    """The field of each variable in BibLaTeX."""
    bibtex_fields: Mapping[str, str] = MappingProxyType({})
    """The field of each variable in BibTeX; year and month stand for the date."""
    otherwise: Mapping[str, str] = MappingProxyType({})
    """The values of variables that an entry needs and a record lacks. They say nothing."""


def _kind(name: str, bibtex: str, needs: str, variables: str, **others: str) -> Kind:
    """Return a type of entry. `others` has the fields that this type alone calls so."""
    listed = (*_OF_ALL, *variables.split(), *others)
    fields = {variable: others.get(variable) or _FIELDS.get(variable, variable) for variable in listed}
    of_bibtex = {key: _OF_BIBTEX.get(field, field) for key, field in fields.items() if field not in _NOT_OF_BIBTEX}
    return Kind(name, bibtex, ("title", *needs.split()), MappingProxyType(fields), MappingProxyType(of_bibtex))


_BOOK: Final = "editor translator edition volume number page publisher publisher_place ISBN chapter_number"
_PAPER: Final = "editor volume number page publisher publisher_place ISBN chapter_number event_title"
_PLAIN_REPORT: Final[Mapping[str, str]] = MappingProxyType({"genre": "report", "publisher": "{}"})
_PLAIN_THESIS: Final[Mapping[str, str]] = MappingProxyType({"genre": "thesis", "publisher": "{}"})
_ARTICLE: Final = _kind("article", "article", "author container", "editor translator volume page ISSN",
                        issue="number", container="journaltitle")  # fmt: skip
_ONLINE: Final = _kind("online", "misc", "url", "editor", publisher="organization", container="titleaddon")
MISC: Final = _kind("misc", "misc", "", "editor publisher_place genre", publisher="organization",
                    container="titleaddon")  # fmt: skip
_UNPUBLISHED: Final = _kind("unpublished", "unpublished", "author", "publisher_place genre event_title")
KINDS: Final[Mapping[str, tuple[Kind, ...]]] = MappingProxyType(
    {
        **dict.fromkeys(("article-journal", "article-magazine", "article-newspaper", "article"), (_ARTICLE, _ONLINE)),
        **dict.fromkeys(("webpage", "post-weblog", "post"), (_ONLINE,)),
        "book": (_kind("book", "book", "author", _BOOK), _kind("collection", "book", "editor", _BOOK)),
        "chapter": (_kind("inbook", "incollection", "author container", _BOOK, container="booktitle"),),
        "paper-conference": (
            _kind("inproceedings", "inproceedings", "author container", _PAPER, container="booktitle"),
        ),
        "report": (
            _kind("report", "techreport", "author", "publisher_place number page genre chapter_number",
                  publisher="institution")._replace(otherwise=_PLAIN_REPORT),
            # The data model wants the author of a report, and of a manual only its title.
            _kind("manual", "techreport", "", "editor edition publisher_place number page genre chapter_number ISBN",
                  publisher="organization")._replace(otherwise=MappingProxyType({"genre": "report"})),
        ),
        "thesis": (
            _kind("thesis", "phdthesis", "author", "publisher_place page genre chapter_number",
                  publisher="institution")._replace(otherwise=_PLAIN_THESIS),
        ),
        "dataset": (_kind("dataset", "misc", "", "editor publisher publisher_place edition number genre"),),
        "pamphlet": (_kind("booklet", "booklet", "author", "editor publisher_place page genre chapter_number"),),
        "periodical": (_kind("periodical", "misc", "editor", "volume number issue ISSN"),),
        "entry-encyclopedia": (
            _kind("inreference", "misc", "author editor container", _BOOK, container="booktitle"),
        ),
        "software": (_kind("software", "misc", "", "editor publisher_place genre", publisher="organization"),),
        "manuscript": (_UNPUBLISHED,),
        "speech": (_UNPUBLISHED,),
        "patent": (_kind("patent", "misc", "author number", "publisher_place number genre"),),
    }
)  # fmt: skip
"""The types of entry for a type of CSL, the best first. Those that BibLaTeX's data model 3.17 allows."""
TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {"article": "article-journal", "online": "webpage", "electronic": "webpage", "www": "webpage", "book": "book",
     "mvbook": "book", "inbook": "chapter", "incollection": "chapter", "suppbook": "chapter", "bookinbook": "chapter",
     "inproceedings": "paper-conference", "conference": "paper-conference", "proceedings": "book", "report": "report",
     "techreport": "report", "thesis": "thesis", "phdthesis": "thesis", "mastersthesis": "thesis", "dataset": "dataset",
     "software": "software", "unpublished": "manuscript", "patent": "patent", "misc": "document", "booklet": "pamphlet",
     "collection": "book", "reference": "book", "inreference": "entry-encyclopedia", "manual": "report",
     "periodical": "periodical", "artwork": "graphic", "image": "graphic", "audio": "song", "music": "song",
     "video": "motion_picture", "movie": "motion_picture", "legislation": "legislation", "jurisdiction": "legal_case",
     "standard": "standard", "letter": "personal_communication", "performance": "performance", "review": "review-book", "legal": "legislation",
     "mvcollection": "book", "suppcollection": "chapter", "mvproceedings": "book", "mvreference": "book",
     "suppperiodical": "article-journal", "bibnote": "document", "set": "document"}
)  # fmt: skip
"""The type of CSL for a type of entry."""
_ALIASES: Final[Mapping[str, str]] = MappingProxyType(
    {"journal": "container", "journaltitle": "container", "booktitle": "container", "institution": "publisher",
     "school": "publisher", "organization": "publisher", "address": "publisher_place", "langid": "lang"}
)  # fmt: skip
_ALL: Final = (MISC, *(one for kinds in KINDS.values() for one in kinds))
_BY_NAME: Final[Mapping[str, Kind]] = MappingProxyType(
    {kind.bibtex: kind for kind in reversed(_ALL)} | {kind.name: kind for kind in reversed(_ALL)}
)


ALIASES: Final = frozenset({"electronic", "www", "conference", "incollection"})
"""The types of entry that say nothing more than ours."""
GENRES: Final[Mapping[str, str]] = MappingProxyType(
    {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis", "mathesis": "Master’s thesis"}
)
"""The genre that a type of entry says, or a key of BibLaTeX for one."""


def best_of_bibtex(record: Record) -> Kind:
    """Return the type of entry for a record. BibTeX takes one that is not complete too."""
    return next(iter(KINDS.get(record.type, ())), MISC)


def kind_of(record: Record) -> Kind:
    """Return the best type of entry that a record is complete for."""
    has = {*record.names, *record.texts, *record.dates}
    return next((kind for kind in KINDS.get(record.type, ()) if has.issuperset(kind.needs)), MISC)


def is_plain(entry: str) -> bool:
    """Whether the type of CSL says all of a type of entry."""
    return entry in ALIASES or entry in GENRES or any(entry in {kind.name, kind.bibtex} for kind in _ALL)


def says_nothing(entry: str) -> frozenset[str]:
    """Return the genres that a type of entry says itself."""
    return frozenset({_BY_NAME.get(entry, MISC).otherwise.get("genre", "")})


def variable_of(entry: str, field: str) -> str:
    """Return the variable of a field; empty for an unknown field."""
    kind = _BY_NAME.get(entry, MISC)
    for known in (kind.fields, kind.bibtex_fields):
        for variable, name in known.items():
            if name == field:
                return variable
    return _ALIASES.get(field) or _BY_FIELD.get(field, "")


def _inverse(fields: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    return MappingProxyType({field: variable for variable, field in fields})


_BY_FIELD: Final = _inverse(
    [*_FIELDS.items(), *((key, key) for key in (*_OF_ALL, *_BOOK.split(), "issue") if key not in _FIELDS)]
)
