"""The particulars that a source of each type needs, for the rules.

The table follows the Chicago Manual, 18th edition, chapter 14, and the mandatory fields of BibLaTeX's data model.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple


class Needs(NamedTuple):
    """The particulars of a type."""

    published: tuple[str, ...]
    """The keys that are given or named in `unknown`."""
    placed: tuple[tuple[str, ...], ...] = ()
    """The further keys; of each group one is enough."""


_PUBLISHED: Final = ("author", "publisher", "issued", "url")
_UNPUBLISHED: Final = ("author", "issued")
_LAW: Final = ("issued", "url")
_PERIODICAL: Final = (("container", "publisher"),)
_ENTRY: Final = Needs(_PUBLISHED, (("container",),))
_OTHER: Final = Needs(_PUBLISHED)
_NEEDS: Final[Mapping[str, Needs]] = MappingProxyType(
    {
        **dict.fromkeys(
            ("article-magazine", "article-newspaper", "broadcast", "post", "post-weblog", "review", "review-book"),
            Needs(_PUBLISHED, _PERIODICAL),
        ),
        "article-journal": Needs(_PUBLISHED, (*_PERIODICAL, ("volume", "issue", "DOI"))),
        "bill": Needs(_LAW, (("number",),)),
        **dict.fromkeys(("chapter", "entry", "entry-dictionary", "entry-encyclopedia"), _ENTRY),
        "interview": Needs(_UNPUBLISHED),
        **dict.fromkeys(("legal_case", "legislation", "regulation"), Needs(_LAW, (("container", "number"),))),
        "manuscript": Needs(_UNPUBLISHED, (("archive", "archive_location", "container", "url"),)),
        "paper-conference": Needs(_PUBLISHED, (("container", "event_title"),)),
        "patent": Needs(_PUBLISHED, (("number",),)),
        "personal_communication": Needs(_UNPUBLISHED),
        "speech": Needs(_PUBLISHED, (("event_title", "container", "url"),)),
        "standard": Needs(_PUBLISHED, (("number",),)),
        "thesis": Needs(_PUBLISHED, (("genre",),)),
        "treaty": Needs(_LAW, (("container", "url"),)),
    }
)


def needs(kind: str) -> Needs:
    """Return the particulars that a type of source needs."""
    return _NEEDS.get(kind, _OTHER)
