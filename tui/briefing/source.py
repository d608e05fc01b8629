"""The models of sources and entities: authorship, place and reliability."""

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, StringConstraints

from tui.briefing.fields import Citation, Date, Id, Identified, Language, Line, Many, Names, Short, Text, on_one_line
from tui.briefing.problems import KeyPath
from tui.briefing.scales import Reliability

# The item types of CSL 1.0.2, appendix III.
SourceType = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event",
    "figure", "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical", "personal_communication",
    "post", "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech", "standard",
    "thesis", "treaty", "webpage",
]  # fmt: skip
Seen = Literal["full", "excerpt", "reported", "not-found"]
Unknown = Literal["title", "author", "publisher", "issued", "url"]
EntityType = Literal["person", "organisation", "place", "weapon", "event"]


class Source(Identified):
    """A text, a broadcast or a testimony that entries cite."""

    id: Id
    """The id that footnotes name; stable across revisions."""
    type: SourceType
    """The CSL item type."""
    title: Line | None = None
    """The title as it stands there; left out, and named in `unknown`, where it was not seen."""
    short: Annotated[str, StringConstraints(min_length=1, max_length=40), AfterValidator(on_one_line)] | None = None
    """A label of at most 40 characters for footnotes."""
    author: Names = ()
    """The authors, given name first, in the order of the source."""
    publisher: Line | None = None
    """The publisher."""
    container: Line | None = None
    """The newspaper, journal, site or collection that it stands in, where that is not the publisher."""
    issued: Date | None = None
    """When it was published (EDTF)."""
    accessed: Date | None = None
    """When the briefing's author read it (EDTF)."""
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s\"<>\\^`{|}]+$")] | None = None
    """Its address, http or https."""
    lang: Language | None = None
    """Its language as a BCP 47 tag, where it differs from the briefing's."""
    unknown: Many[Unknown] = ()
    """The particulars that were looked for and are not known."""
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None
    """The SHA-256 of the source's plain text in UTF-8; by it the text is found where it is held."""
    held: Line | None = None
    """The file in the briefing's folder `held/` that holds the text, where it may be published."""
    cited_in: Id | None = None
    """The source through which alone this one is known."""
    origin: Names = ()
    """The origins of the source itself: ids of sources or free keys. One key is one origin."""
    seen: Seen | None = None
    """The extent that the briefing's author has seen."""
    reliability: Reliability = "F"
    """The Admiralty letter; F means that it cannot be judged, not that it is bad."""
    machine: bool | None = None
    """Whether a machine wrote the text, wholly or in part; left out where that is not known to the author."""
    descriptor: Text | None = None
    """A description: its nature, its basis and its weaknesses."""
    note: Text | None = None
    """A remark of the author's, and the parts of a bibliography that fit no other key."""
    republish: bool = False
    """Whether the held text may be shown whole to the public."""
    editor: Names = ()
    """The editors (CSL `editor`)."""
    translator: Names = ()
    """The translators (CSL `translator`)."""
    edition: Line | None = None
    """The edition (CSL `edition`)."""
    volume: Line | None = None
    """The volume (CSL `volume`)."""
    issue: Line | None = None
    """The issue (CSL `issue`)."""
    number: Line | None = None
    """The number of a report, bill or patent (CSL `number`)."""
    page: Line | None = None
    """The source's own range of pages (CSL `page`); the page cited stands on the footnote."""
    chapter_number: Line | None = None
    """The number of the chapter (CSL `chapter-number`)."""
    publisher_place: Line | None = None
    """The publisher's place (CSL `publisher-place`)."""
    event_title: Line | None = None
    """The conference, hearing or other event (CSL `event-title`)."""
    archive: Line | None = None
    """The archive that keeps it (CSL `archive`)."""
    archive_location: Line | None = None
    """Its place in the archive (CSL `archive_location`)."""
    DOI: Line | None = None
    """The Digital Object Identifier (CSL `DOI`)."""
    ISBN: Line | None = None
    """The International Standard Book Number (CSL `ISBN`)."""
    ISSN: Line | None = None
    """The International Standard Serial Number (CSL `ISSN`)."""
    genre: Line | None = None
    """The kind of document, such as “PhD diss.” (CSL `genre`)."""
    medium: Line | None = None
    """The medium, such as “CD” (CSL `medium`)."""

    @property
    def extent_seen(self) -> Seen:
        """The extent that was seen. Unless stated, a source with `cited_in` is only reported."""
        return self.seen or ("reported" if self.cited_in else "excerpt")


CSL: Final = (
    "editor", "translator", "edition", "volume", "issue", "number", "page", "chapter_number", "publisher_place",
    "event_title", "archive", "archive_location", "DOI", "ISBN", "ISSN", "genre", "medium",
)  # fmt: skip
"""The keys of a source named as CSL variables, with `_` for `-`. CSL 1.0.2, appendix IV."""


class Origin(Identified):
    """A statement on which sources rest in the end."""

    id: Id
    """The key that `origin` names on sources and footnotes."""
    name: Line
    """Its name, such as “Ukrainian military intelligence, June 2025”."""
    by: Line | None = None
    """The speaker: the id of an entity, or a name."""
    note: Text | None = None
    """A remark of the author's."""


class Entity(Identified):
    """A person, organisation, place, weapon or event that entries speak of."""

    id: Id
    """The id that `by`, `who` and `about` name."""
    name: Line
    """Its name as the briefing writes it."""
    short: Short | None = None
    """Its name in lists, such as a family name, at most 46 characters."""
    type: EntityType
    """The type of entity."""
    role: Line | None = None
    """The office or function, for a person at the time of the statements."""
    affiliation: Line | None = None
    """The body that the person belongs to."""
    aka: Many[Line] = ()
    """Other names and transliterations under which it is looked for."""
    text: Text | None = None
    """The facts that a reader needs."""
    party: Line | None = None
    """Its part in the matter: `belligerent`, `interested`, `neutral`, `unknown`, or other words."""
    reliability: Reliability | None = None
    """The Admiralty letter of the voice; that of a source is for the relay."""
    cite: Many[Citation] = Field(default=())
    """Footnotes for the text."""

    @property
    def names(self) -> tuple[str, ...]:
        """All its names, the whole one first."""
        return (self.name, *filter(None, (self.short,)), *self.aka)

    def cited(self) -> tuple[tuple[KeyPath, Citation], ...]:
        """Return the footnotes, each with its key path below the entity."""
        return tuple((("cite", place), citation) for place, citation in enumerate(self.cite))
