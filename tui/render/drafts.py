"""A draft as a page: the proposal, and the quotes in context."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from tui.briefing import anchors
from tui.briefing.characters import cleaned
from tui.briefing.kinds import KINDS
from tui.briefing.prose import plain
from tui.library.records import Source
from tui.library.source_texts import SourceText
from tui.library.volume import Volume
from tui.render import signs, words
from tui.render.notes import passage_spans
from tui.render.page import Block, Page, Para, Span, fixed, line

if TYPE_CHECKING:
    from tui.authoring.settlements import Draft

_INDENT: Final = 6
_KEYS: Final = 12
"""Cells for the names of keys."""
_GROUNDS: Final = ("about", "for", "against", "rests_on")
"""The keys by which a judgment names entries."""
_TOLD: Final = frozenset({"id", "text", "action", "title", "cite", "draft"})
"""The keys that are told otherwise than by their names."""


def draft_page(volume: Volume | None, draft: "Draft", proposed: str) -> Page:
    """Set a draft.

    Args:
        volume: the briefing as it was last read; None where it cannot be opened.
        draft: the draft.
        proposed: its statement, or the words that it proposes for one.
    """
    values, state = draft.values, draft.state
    heading = (Span(KINDS[draft.table].title, "heading"), Span(f"  {cleaned(draft.id)}", "meta"))
    settled = (Span(f"  {state}", "warning" if state == "dropped" else "new"),) if state != "draft" else ()
    paras = [Para((*heading, *settled), indent=_INDENT)]
    if title := values.get("title"):
        paras.append(line(_plain(title), "strong", indent=_INDENT))
    paras.append(line(_plain(proposed) or "It says nothing yet.", "text", indent=_INDENT, space=1))
    blank = 1
    grounds = list(_grounds(volume, values)) if KINDS[draft.table].is_judged and volume else []
    told = _TOLD | {"about"} if grounds else _TOLD
    for key, value in values.items():
        if key not in told:
            paras.append(Para((Span(f"{key:<{_KEYS}}", "meta"), Span(_plain(value))), indent=_INDENT, space=blank))
            blank = 0
    cited = values.get("cite")
    blocks = [Block("entry", tuple(paras), space=0)]
    for number, citation in enumerate(cited if isinstance(cited, list) else ()):
        if isinstance(citation, Mapping):
            blocks.append(Block(f"words:{number}", tuple(_words(volume, citation)), space=2))
    blocks += grounds
    if len(blocks) == 1:
        without = "It names no entry yet." if KINDS[draft.table].is_judged else "It cites no source."
        blocks.append(Block("words", (line(without, "meta", indent=_INDENT),), space=2))
    return fixed("Draft", blocks, cursor=False)


def _grounds(volume: Volume, values: Mapping[str, Any]) -> Iterator[Block]:
    """Set the entries that a judgment names, which its author must weigh."""
    for key in _GROUNDS:
        named = values.get(key)
        for number, one in enumerate(named if isinstance(named, list) else ()):
            entry = volume.entries.get(str(one.get("to", "") if isinstance(one, Mapping) else one))
            if entry is not None:
                label = (Span(f"{key:<{_KEYS}}", "meta"), Span(f"{entry.number} ", "muted"), Span(entry.id, "strong"))
                text = line(_plain(plain(entry.text)), "quote", indent=_INDENT)
                yield Block(f"{key}:{number}", (Para(label, indent=_INDENT), text), space=2)


def _words(volume: Volume | None, citation: Mapping[str, Any]) -> Iterator[Para]:
    """Set the words of a citation in their paragraph, or alone."""
    name, quote = str(citation.get("source", "")), str(citation.get("quote", ""))
    source = volume.sources.get(name) if volume else None
    held = volume.text_of(source) if volume and source else None
    if volume is None or source is None or held is None:
        yield _label(source.label if source else name, str(citation.get("page", "")))
        if quote:
            yield line(words.quoted(_plain(quote)), "quote", indent=_INDENT, space=1)
        yield line(_why_not(volume, source, name), "meta", indent=_INDENT, space=1)
        return
    spans = anchors.find(held.canonical, quote, _text(citation, "prefix"), _text(citation, "suffix"))
    once = spans if len(spans) == 1 else ()
    part = anchors.around(held.paragraphs, *once[0]) if once else _paragraph(held, str(citation.get("page", "")))
    yield _label(source.label, f"{signs.PARAGRAPH.symbol}{part.number}" if part and part.number else "")
    if quote and not once:
        yield line(words.quoted(_plain(quote)), "quote", indent=_INDENT, space=1)
        stands = f"stand {len(spans):,} times in its text" if spans else "do not stand in its text"
        yield line(f"These words {stands}.", "warning", indent=_INDENT)
    if part is not None:
        number = Span(f"{signs.PARAGRAPH.symbol}{part.number}", "muted") if part.number else None
        yield Para(passage_spans(held.text, part, list(once)), number, _INDENT, _INDENT, space=1)


def _paragraph(held: SourceText, page: str) -> anchors.Paragraph | None:
    """Return the paragraph that a citation names; None where none is named."""
    number = page.removeprefix(signs.PARAGRAPH.symbol)
    return next((part for part in held.paragraphs if number != page and str(part.number) == number), None)


def _label(label: str, index: str) -> Para:
    spans = [Span(_plain(label), "strong")]
    if index:
        spans.append(Span(f", {_plain(index)}", "meta"))
    return Para(tuple(spans), indent=_INDENT)


def _why_not(volume: Volume | None, source: Source | None, name: str) -> str:
    if volume is None:
        return "The briefing cannot be opened in its present state, so its text is not available."
    if source is None:
        return f"The source {_plain(name)!r} is not in the briefing as it was last read."
    carrier = volume.carried_by(source).id
    return f"Its text is not held here: briefing hold {volume.edition.id} {carrier} FILE"


def _text(citation: Mapping[str, Any], key: str) -> str:
    value = citation.get(key, "")
    return value if isinstance(value, str) else ""


def _plain(value: object) -> str:
    """Write a value of the TOML on one safe line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    if isinstance(value, Mapping):
        return " · ".join(f"{key} {_plain(one)}" for key, one in value.items())
    return " ".join(cleaned(str(value)).split())
