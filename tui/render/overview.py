"""The front page of a briefing."""

from collections.abc import Iterator
from typing import Final

from tui.briefing import edtf
from tui.briefing.kinds import PANES
from tui.library.entry_links import Conflict
from tui.library.records import Entry
from tui.library.volume import Volume
from tui.render import signs, words
from tui.render.judgments import judgment_line
from tui.render.links import brief_span, number_link
from tui.render.page import Block, Page, Para, Span, apart, heading_block, line
from tui.render.prose_paras import prose_paras

_SHOWN_CONFLICTS: Final = 6
"""The most conflicts that the front page shows, so that a glance takes them in."""


def overview_page(volume: Volume, changes: tuple[Block, ...] = ()) -> Page:
    """Set the front page."""
    edition = volume.edition
    blocks = [_bottom_line(volume), *_judged(volume), *changes, *_disputed(volume), *_not_known(volume)]
    measured = len(blocks)
    blocks.append(_ways_on(volume))
    if edition.note:
        heading = line("How this was made", "heading", indent=2)
        blocks.append(Block("note", (heading, *prose_paras(volume, edition.note, 2)), counts=False))
    if edition.revisions:
        blocks.append(_revisions(volume))
    names = [block.id for block in blocks]

    # Coverage is computed when its block comes into view, so that no start waits for it.
    def build(index: int) -> Block:
        return coverage_line(volume) if index == measured else blocks[index - (index > measured)]

    besides = {"coverage", *(block.id for block in blocks if not block.counts)}
    return Page(edition.title, [*names[:measured], "coverage", *names[measured:]], build, besides=besides)


def _bottom_line(volume: Volume) -> Block:
    edition = volume.edition
    paras = prose_paras(volume, edition.bluf, 2)
    credit = f"As of {edtf.in_words(edition.as_of)}"
    if edition.information_cutoff:
        credit += f" · information to {edtf.in_words(edition.information_cutoff)}"
    if edition.authors:
        credit += f" · {', '.join(edition.authors)}"
    paras.append(line(credit, "meta", indent=2, space=1))
    if drafts := volume.drafts:
        paras.append(line(words.drafts_words(len(drafts)), "warning", indent=2, target=f"#{drafts[0].id}"))
    return Block("bluf", tuple(paras), counts=False)


def _judged(volume: Volume) -> Iterator[Block]:
    """Set the judgments that stand, without drafts."""
    judgments = [entry for entry in volume.pane("questions") if entry.judgment and not entry.draft]
    if judgments:
        yield heading_block("judged", "We judge", 2)
    for index, entry in enumerate(judgments):
        para = Para(judgment_line(volume, entry), Span(entry.number, "number", f"#{entry.id}"), 9, 5)
        yield Block(f"judged:{entry.id}", (para,), f"#{entry.id}", space=int(index == 0))


def _disputed(volume: Volume) -> Iterator[Block]:
    links = volume.links
    disputes = [entry for entry in volume.pane("questions") if entry.question and entry.question.positions]
    if not (links.conflicts or disputes):
        return
    counted = words.count(len(disputes), "question") if disputes else ""
    told = words.dotted(filter(None, (counted, words.conflict_words(len(links.at_odds), len(links.of_no_kind)))))
    yield heading_block("disputed", f"Disputed: {told}", 2)
    for index, entry in enumerate(disputes):
        yield _dispute_block(entry, apart=index > 0)
    # Claims against claims come first: a briefing is read for them.
    pairs = sorted(links.at_odds, key=lambda pair: (pair[0].table, pair[1].table) != ("claim", "claim"))
    for index, pair in enumerate(pairs[:_SHOWN_CONFLICTS]):
        yield conflict_block(volume, pair, apart=index > 0 or bool(disputes))
    if len(links.conflicts) > min(len(pairs), _SHOWN_CONFLICTS):
        target, said = "page:evidence:conflicts", "conflicts" if links.at_odds == links.conflicts else "pairs"
        said = f"All {len(links.conflicts)} {said}"
        yield Block("all", (line(said, "link", indent=4, target=target),), target, counts=False)


def _dispute_block(entry: Entry, *, apart: bool) -> Block:
    """Set a disputed question with its positions."""
    asked = Para((brief_span(entry, 200, "link", f"#{entry.id}"),), Span(entry.number, "number"), 9, 5)
    held = "; ".join(words.quoted(one.text) for one in (entry.question.positions if entry.question else ()))
    return Block(f"dispute:{entry.id}", (asked, line(held, "meta", indent=9)), f"#{entry.id}", space=int(apart))


def _not_known(volume: Volume) -> Iterator[Block]:
    questions = [entry for entry in volume.pane("questions") if entry.question and not entry.question.positions]
    if not questions:
        return
    paras = [line("Not known", "heading", indent=2)]
    for entry in questions:
        number = Span(entry.number, "number", f"#{entry.id}")
        paras.append(Para((brief_span(entry, 200, "link", f"#{entry.id}"),), number, 9, 5))
    yield Block("unknown", tuple(paras), f"#{questions[0].id}", counts=False)


def _revisions(volume: Volume) -> Block:
    paras = [line("Changes", "heading", indent=2)]
    for revision in volume.edition.revisions:
        day = Span(f"{edtf.in_words(revision.on)}: ", "meta")
        first, *others = prose_paras(volume, revision.text, 2)
        paras += [first._replace(spans=(day, *first.spans)), *others]
    return Block("revisions", tuple(paras), counts=False)


def coverage_line(volume: Volume) -> Block:
    """Set the coverage of the entries on a line."""
    from tui.render.evidence.coverage import small_shares

    target = "page:evidence"
    heading = line("Evidence", "heading", indent=2, target=target)
    return Block("coverage", (heading, Para(small_shares(volume), indent=5)), target)


def conflict_block(volume: Volume, pair: Conflict, *, apart: bool) -> Block:
    """Set a pair of entries that conflict, with the reason."""
    one, other, why, _ = pair
    paras = [_pair_para(one, Span(" ", "conflict")), _pair_para(other, Span(signs.CONFLICT.symbol, "conflict"))]
    if why:
        paras += prose_paras(volume, why, 9, "meta")
    return Block(f"conflict:{one.id}/{other.id}", tuple(paras), f"#{one.id}", space=int(apart))


def _pair_para(entry: Entry, glyph: Span) -> Para:
    number = number_link(entry)
    gap = " " * max(1, 5 - len(entry.number))
    return Para((number, brief_span(entry, 200, before=gap)), glyph, 4, keep=True, further=len(entry.number + gap))


def _ways_on(volume: Volume) -> Block:
    paras = [line("Read on", "heading", indent=2)]
    for key, pane in enumerate(PANES.values()):
        if pane.name != "overview":
            number = pane_count(volume, pane.name)
            counted = () if pane.name == "evidence" else (apart(f"{number}"),)
            spans = (Span(pane.title, "link", f"page:{pane.name}"), *counted)
            paras.append(Para(spans, Span(str(key), "note"), 5))
    if volume.edition.entities:
        spans = (Span("Entities", "link", "page:entities"), apart(f"{len(volume.edition.entities)}"))
        paras.append(Para(spans, Span("e", "note"), 5))
    return Block("on", tuple(paras), "page:background", counts=False)


def pane_count(volume: Volume, pane: str) -> int:
    """Count the entries or sources of a pane."""
    if pane == "sources":
        return len(volume.edition.sources)
    return len(volume.pane(pane)) if pane in PANES else 0
