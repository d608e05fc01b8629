"""Drafts a briefing's TOML from a text. Every entry is a draft and asserts nothing."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from tui.authoring.extraction.description import About
from tui.authoring.proposals import Proposal, proposals, quotable
from tui.briefing import anchors
from tui.briefing.canonical import Canonical, canonical
from tui.briefing.characters import FORBIDDEN
from tui.briefing.kinds import KINDS
from tui.briefing.page_breaks import PageBreaks
from tui.briefing.prose import plain
from tui.briefing.toml_text import basic_string, citation_line
from tui.language.identification import UNDETERMINED
from tui.language.lexicon import lexicon

SOURCE: Final = "text"
"""The id of the one source of a draft, unless another is given."""
MOST_PARAGRAPHS: Final = 20_000
"""More paragraphs than any book has, but fewer than the largest held text could have."""
_LONGEST_TITLE: Final = 200
_PROPOSED: Final = re.compile(r"(?:Proposed as an? [a-z]+ from [^:“”]+: |¶[0-9]+ begins: )“(.+)”", re.DOTALL)
"""The text of a draft, with the proposed words as its group."""
_MARKUP: Final = re.compile(r"[\[\]*`\s]+")
_BLUF: Final = (
    "Write here the bottom line. The drafts below were proposed by a program, and assert nothing until you settle them."
)
"""The bottom line of a draft. The checker knows it by its beginning, as the words of a skeleton."""
_HEAD: Final = """\
#:schema ../briefing.schema.json
#
# Proposed by `briefing import` from one text. Nothing here is asserted: each entry is a candidate that words of the text
# suggest, and stays `draft = true` until a person has read it, put it into words of their own, or deleted it.
# The quotes stand in the text character by character. Likelihoods, ratings and relations were left to you.

format = 2

[briefing]
id    = {id}
title = {title}
bluf  = {bluf}
lang  = {lang}
as_of = "{as_of}"
note  = {note}

[[source]]
id        = "{source}"
type      = "{type}"
{particulars}sha256    = "{sha256}"
seen      = "{seen}"
"""


_NOTHING_TOLD: Final = About()


class Draft(NamedTuple):
    """A drafted briefing."""

    toml: str
    counts: Counter[str]
    """The number of candidates of each kind."""
    left_out: Counter[str]
    """The number of paragraphs of each form that are no prose."""
    read: int
    """The number of paragraphs that were read."""
    paragraphs: int
    """The number of paragraphs in the text."""
    source_id: str
    """The id of the one source."""

    @property
    def limited(self) -> str:
        """A notice where only a part of the text was read."""
        return limited(self.read, self.paragraphs)


def limited(read: int, paragraphs: int) -> str:
    """Return a notice where only a part of a text was read."""
    return f"{read:,} of {paragraphs:,} paragraphs read" if read < paragraphs else ""


def title_of(text: str) -> str:
    """Return the first paragraph of a text where it is a title.

    A title is one short line that does not end like a sentence. The result is empty where there is none.
    """
    first = next(iter(anchors.paragraphs(text)), None)
    words = text[first.start : first.end] if first else ""
    is_title = 0 < len(words) <= _LONGEST_TITLE and "\n" not in words and not words.endswith((".", "!", ":", ";", "”"))
    return words if is_title and not FORBIDDEN.search(words) else ""


def draft(
    text: str,
    sha256: str,
    name: str,
    lang: str,
    today: date,
    *,
    title: str = "",
    about: About = _NOTHING_TOLD,
    whole: bool = True,
    wanted: Callable[[Proposal], bool] = lambda _: True,
    source_id: str = SOURCE,
) -> Draft:
    """Draft a briefing from a text.

    Args:
        text: the text.
        sha256: the text's hash.
        name: the id of the briefing.
        lang: the language of the text, as a BCP 47 tag.
        today: the day of the draft, written as `as_of`.
        title: the briefing's title; by default the source's title, or else the id.
        about: the particulars of the source, from the page itself.
        whole: whether the text seems to be all of the source.
        wanted: whether a candidate is proposed.
        source_id: the wanted id of the source; it gives way to an entry's id.
    """
    own_title = title_of(text)
    parts = anchors.paragraphs(text, own_title)
    title_first = sum(part.number == 0 for part in parts)
    taken = parts[: MOST_PARAGRAPHS + title_first]
    read, there = len(taken) - title_first, len(parts) - title_first
    all_wanted = [proposal for proposal in proposals(text, taken, lexicon(lang)) if wanted(proposal)]
    found = [proposal for proposal in all_wanted if not proposal.form]
    left_out = Counter[str](proposal.form for proposal in all_wanted if proposal.form)
    source, breaks = Canonical(text), PageBreaks(text)
    counts = Counter(str(proposal.table) for proposal in found)
    if source_id in {f"{table}-{number}" for table, most in counts.items() for number in range(1, most + 1)}:
        source_id += f"-{SOURCE}"
    told = about._replace(title=about.title or own_title, looked_for=about.looked_for or ("title",))
    tables = [
        _HEAD.format(
            id=basic_string(name),
            title=basic_string(title or told.title or name),
            bluf=basic_string(_BLUF),
            lang=basic_string(lang),
            as_of=today.isoformat(),
            note=basic_string(_note(lang, limited(read, there), told_forms(left_out))),
            source=source_id,
            seen="full" if whole else "excerpt",
            type="webpage" if "url" in about.looked_for else "document",
            particulars=_particulars(told._replace(lang=lang), today),
            sha256=sha256,
        )
    ]
    for kind in KINDS.values():
        entries = [proposal for proposal in found if proposal.table == kind.name]
        if entries:
            tables.append(f"\n# ── {kind.plural}: {kind.proposed} ──\n")
        tables += [_entry(source, number, proposal, breaks, source_id) for number, proposal in enumerate(entries, 1)]
    return Draft("\n".join(tables), counts, left_out, read, there, source_id)


def told_forms(left_out: Mapping[str, int]) -> str:
    """Return a notice of the paragraphs that are no prose, if any."""
    told = ", ".join(f"{form}s {number:,}" for form, number in sorted(left_out.items()))
    return f"Not proposed, being no prose: paragraphs of {told.replace(', ', ', of ')}." if told else ""


def _particulars(about: About, today: date) -> str:
    """Return the TOML of a source's known and unknown particulars."""
    rows = {
        "title": basic_string(about.title) if about.title else "",
        "author": _strings(about.author),
        "publisher": basic_string(about.publisher) if about.publisher else "",
        "issued": basic_string(about.issued) if about.issued else "",
        "accessed": basic_string(today.isoformat()),
        "url": basic_string(about.url) if about.url else "",
        "lang": basic_string(about.lang) if about.lang != UNDETERMINED else "",
        "unknown": _strings(about.unknown),
    }
    return "".join(f"{key:<9} = {value}\n" for key, value in rows.items() if value)


def _strings(values: Iterable[str]) -> str:
    listed = ", ".join(map(basic_string, values))
    return f"[{listed}]" if listed else ""


def own_words(text: str) -> str:
    """Return the words that a drafted entry proposes.

    The result is empty where the author has changed the text.
    """
    match = _PROPOSED.fullmatch(text)
    return match[1] if match else ""


def _note(lang: str, limit: str, left_out: str) -> str:
    said = f"{limit}. " if limit else ""
    said += "Proposed by `briefing import` from the words of a text, by word lists and not by understanding."
    said += f" {left_out}" if left_out else ""
    if lexicon(lang) is None:
        said += f" There are no word lists for “{lang}”, so that only the paragraphs are listed."
    return said


def _entry(read: Canonical, number: int, proposal: Proposal, breaks: PageBreaks, source_id: str) -> str:
    words = " … ".join(prose_words(part.of(read.original)) for part in proposal.parts)
    place = f"¶{proposal.paragraph}"
    rows = {"id": basic_string(f"{proposal.table}-{number}")}
    # Each hedge in the text's own words, since a rule checks that the hedge of a quote is among them.
    hedge = ", ".join(proposal.hedges)
    if proposal.table == "background":
        rows["text"] = basic_string(f"{place} begins: “{words}”")
    elif proposal.table == "claim":
        rows["text"] = basic_string(f"Proposed as a claim from {place}: “{words}”")
        rows |= _named(by=proposal.speaker, hedge=hedge)
    elif proposal.table == "view":
        rows["who"] = basic_string(_line(proposal.speaker) or "not told by the program")
        rows["text"] = basic_string(f"Proposed as a view from {place}: “{words}”")
        rows |= _named(hedge=hedge)
    else:
        rows["action"] = basic_string(f"Proposed as a recommendation from {place}: “{words}”")
        rows |= _named(by=proposal.speaker, modal=proposal.modal, hedge=hedge)
    rows["cite"] = f"[{_citation(read, proposal, breaks, source_id)}]"
    rows["draft"] = "true"
    width = max(map(len, rows))
    return (
        "\n".join([f"[[{proposal.table}]]", *(f"{key.ljust(width)} = {value}" for key, value in rows.items())]) + "\n"
    )


def _named(**words: str) -> dict[str, str]:
    return {key: basic_string(line) for key, value in words.items() if (line := _line(value))}


def _citation(read: Canonical, proposal: Proposal, breaks: PageBreaks, source_id: str) -> str:
    """Cite a quote with its context, or else the paragraph alone.

    The paragraph is cited where no context makes the quote unique, or where the words cannot be quoted.
    """
    on_page = breaks.page_of(proposal.quote.start)
    page = f"page = {basic_string(str(on_page) if on_page else f'¶{proposal.paragraph}')}"
    text = read.original
    context = anchors.context(read, *proposal.quote) if quotable(text, proposal.quote) else None
    if context is None or any(FORBIDDEN.search(words) for words in context):
        return f'{{ source = "{source_id}", {page} }}'
    line = citation_line(source_id, canonical(proposal.quote.of(text)), *context).removesuffix(" }")
    return f"{line}, {'direct = true, ' if proposal.direct else ''}{page} }}"


def prose_words(words: str) -> str:
    """Return words for prose, without characters that prose would read as markup.

    What prose reads as it stands is kept: without its brackets, “148[4]” would be another figure.
    """
    line = " ".join(FORBIDDEN.sub("", canonical(words)).split())
    as_it_stands = "](" not in line and plain(f"“{line}”") == f"“{line}”"
    return line if as_it_stands else _MARKUP.sub(" ", line).strip()


def _line(words: str) -> str:
    return " ".join(FORBIDDEN.sub(" ", words).split())
