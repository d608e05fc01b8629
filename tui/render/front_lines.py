"""The disputes, recommendations, gaps, signs and claims of the front page."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import zip_longest
from typing import Final

from tui.briefing import prose
from tui.library.entry_links import Conflict
from tui.library.judgment_records import Position
from tui.library.records import Entry, Name
from tui.library.voices import short_of
from tui.library.volume import Volume, brief
from tui.render import signs, words
from tui.render.front_sections import (
    CHARTED,
    MOST,
    WHOLE,
    Item,
    Section,
    Size,
    Written,
    head_block,
    line_block,
    written_items,
)
from tui.render.links import brief_span, number_link
from tui.render.page import GAP, INDENT, Block, Columns, Para, Span, line

_LONG: Final = 200
"""Characters of an entry without a short name."""
_NAMED: Final = 3
"""The most names beside a dispute."""
_ROOMY: Final = 30
"""The fewest rows of a window in which names may take a second line."""


def disputed(volume: Volume, size: Size) -> Block | None:
    """Set the disputed questions, or else the conflicts, on a line."""
    target, disputes = "page:evidence:conflicts", _asked(volume, disputed=True)
    items = [_dispute_item(volume, entry) for entry in disputes] or list(map(_pair_item, volume.links.at_odds))
    if not items:
        return None
    lines = 1 + (size.width >= CHARTED and size.rows >= _ROOMY)
    written = _written_disputes(volume, disputes)
    return line_block("disputed", "DISPUTED", items, target, width=size.width, lines=lines, written=written)


def disputes(volume: Volume, size: Size) -> Section | None:
    """Set each dispute with its answers, then each other conflict."""
    asked, pairs = _asked(volume, disputed=True), volume.links.at_odds
    if not (asked or pairs):
        return None
    rows = [_dispute_row(entry, size.width) for entry in asked[:MOST]]
    rows += [_pair_row(pair, size.width) for pair in pairs[: MOST - len(rows)]]
    head = head_block(
        "disputed", "DISPUTED", target := "page:evidence:conflicts", f"Disputed: {_disputes_words(volume)}"
    )
    return Section(head, tuple(rows), target, beyond=len(asked) + len(pairs) - len(rows))


def _disputes_words(volume: Volume) -> str:
    asked, links = _asked(volume, disputed=True), volume.links
    counted = words.count(len(asked), "question") if asked else ""
    return words.dotted(filter(None, (counted, words.conflict_words(len(links.at_odds), len(links.of_no_kind)))))


def _written_disputes(volume: Volume, asked: list[Entry]) -> Written:
    """Return the disputes as sentences, or else the conflicts."""

    def items() -> Iterator[Item]:
        yield from (Item(f"{_whole(entry)} {_answers(volume, entry)}", f"#{entry.id}", entry.number) for entry in asked)
        for one, other, *_ in () if asked else volume.links.at_odds[:MOST]:
            yield Item(f"{_whole(one)} {_against(other)}", f"#{one.id}", one.number)

    return written_items("Disputed", items, _disputes_words(volume))


def _answers(volume: Volume, entry: Entry) -> str:
    *others, last = [_answer(volume, one) for one in (entry.question.positions if entry.question else ())]
    return f"The answers are {', '.join(others)} and {last}." if others else f"The answer is {last}."


def _answer(volume: Volume, position: Position) -> str:
    """Write an answer with those who give it."""
    voices = _voices(volume, position)
    named = [volume.name_of(voice) for voice in voices if voice.entity][:_NAMED]
    more = f" and {left} more" if (left := len(voices) - len(named)) else ""
    return words.quoted(position.text) + (f" ({', '.join(named)}{more})" if named else "")


def _voices(volume: Volume, position: Position) -> tuple[Name, ...]:
    from tui.evidence.origins import voices_for

    return voices_for(volume, position)


def _against(other: Entry) -> str:
    return f"It conflicts with {other.number}: {_whole(other)}"


def _whole(entry: Entry) -> str:
    """Return all words of an entry, as a sentence."""
    said = " ".join((prose.plain(entry.text) or entry.title or brief(entry, _LONG)).split())
    return said if said.endswith((".", "?", "!", "…", "”")) else f"{said}."


def _dispute_item(volume: Volume, entry: Entry) -> Item:
    """Set a dispute with its number of answers, or with their voices.

    The first voice of each answer comes before the second ones.
    """
    positions = entry.question.positions if entry.question else ()
    turns = zip_longest(*(_voices(volume, position) for position in positions))
    voices = dict.fromkeys(voice for turn in turns for voice in turn if voice)
    named = [words.kept_together(short_of(volume, voice)) for voice in voices if voice.entity][:_NAMED]
    fuller = []
    while len(named) > 1:  # one of many voices would pass for all, and one alone for no dispute
        fuller.append(", ".join(named) + (f" +{left}" if (left := len(voices) - len(named)) else ""))
        named.remove(max(named, key=len))
    counted = words.count(len(positions), "answer")
    return Item(brief(entry, _LONG), f"page:evidence:conflicts:{entry.id}", fact=counted, fuller=tuple(fuller))


def _dispute_row(entry: Entry, width: int) -> Block:
    """Set a disputed question with its answers."""
    target = f"page:evidence:conflicts:{entry.id}"
    asked = Para((brief_span(entry, _LONG, "text", target),), Span(entry.number, "number"), INDENT, INDENT)
    answers = (words.quoted(one.text) for one in (entry.question.positions if entry.question else ()))
    is_beside = width >= 2 * WHOLE
    held = line("; ".join(answers), "meta", indent=0 if is_beside else INDENT)
    return Block(
        f"dispute:{entry.id}", (asked, held), target, 0, Columns((0, 1), 2) if is_beside else None, counts=False
    )


def _pair_item(pair: Conflict) -> Item:
    one, other = pair[:2]
    said = f"{brief(one, _LONG)} {signs.CONFLICT.symbol} {other.number} {brief(other, _LONG)}"
    return Item(said, f"#{one.id}", one.number)


def _pair_row(pair: Conflict, width: int) -> Block:
    """Set two entries that conflict."""
    is_beside = width >= 2 * WHOLE
    paras = [
        Para(
            (number_link(entry), Span(" " * max(1, INDENT - len(entry.number))), brief_span(entry, _LONG)),
            Span(sign, "conflict") if sign else None,
            2 if sign else 0,
            further=max(len(entry.number) + 1, INDENT),
        )
        for entry, sign in zip(pair[:2], ("", signs.CONFLICT.symbol), strict=True)
    ]
    one, other = pair[:2]
    columns = Columns((0, 1), 2) if is_beside else None
    return Block(f"conflict:{one.id}/{other.id}", tuple(paras), f"#{one.id}", 0, columns, counts=False)


def to_be_done(volume: Volume, size: Size) -> Block | None:
    """Set the recommendations on a line, and count the disputed ones."""
    found = volume.pane("recommendations")
    if not found:
        return None
    from tui.evidence.opposition import disputed_grounds

    opposed = sum(bool(disputed_grounds(volume, entry)) for entry in found)
    items = [Item(brief(entry, _LONG), f"#{entry.id}", entry.number) for entry in found]
    fact = f"{opposed} of {len(found)} disputed" if opposed else ""
    target, written = "page:recommendations", written_items("To be done", partial(_told, volume, found), fact)
    return line_block("to-be-done", "TO BE DONE", items, target, width=size.width, fact=fact, written=written)


def _told(volume: Volume, entries: Sequence[Entry]) -> Iterator[Item]:
    """Yield entries as sentences, recommendations with those who are to act."""
    for entry in entries:
        actor = volume.name_of(entry.actor) if entry.actor else ""
        said = f"{actor[:1].upper()}{actor[1:]}: {_whole(entry)}" if actor else _whole(entry)
        yield Item(said, f"#{entry.id}", entry.number)


def not_known(volume: Volume, size: Size) -> Block | None:
    """Set the questions without positions on a line."""
    return _plain_line(
        volume, "unknown", "NOT KNOWN", _asked(volume, disputed=False), target="page:questions", width=size.width
    )


def to_watch(volume: Volume, size: Size) -> Block | None:
    """Set the signs to watch for on a line, without past ones."""
    if not any(entry.indicator for entry in volume.pane("questions")):
        return None
    from tui.evidence.watch import watched_in

    past = {one.entry.id for one in volume.derived(watched_in) if one.state == "past"}
    found = [entry for entry in volume.pane("questions") if entry.indicator and entry.id not in past]
    return _plain_line(volume, "watch", "WATCH", found, target="page:evidence:watch", width=size.width)


def _plain_line(
    volume: Volume, name: str, label: str, entries: list[Entry], *, target: str, width: int
) -> Block | None:
    """Set entries on a line, by their short names alone."""
    if not entries:
        return None
    items = [Item(brief(entry, _LONG), f"#{entry.id}") for entry in entries]
    written = written_items(label.capitalize(), partial(_told, volume, entries))
    return line_block(name, label, items, target, width=width, written=written)


def claims(volume: Volume, size: Size) -> Section | None:
    """Set the claims by weight: independent origins first, then rating."""
    found = sorted(volume.pane("claims"), key=lambda entry: _weight(volume, entry))
    if not found:
        return None
    rows = tuple(_claim(volume, entry, size.width) for entry in found[:MOST])
    target = "page:evidence:matrix"
    head = head_block("by-weight", "CLAIMS BY WEIGHT", target, "Claims by weight")
    return Section(head, rows, target, beyond=len(found) - len(rows))


def _weight(volume: Volume, entry: Entry) -> tuple[int, int, str]:
    from tui.evidence.origins import origins_for

    code = volume.rating(entry)
    return (-origins_for(volume, entry), int(code[1:] or 6) if code else 6, code[:1] or "F")


def _claim(volume: Volume, entry: Entry, width: int) -> Block:
    """Set a claim, its independent origins and its rating."""
    from tui.evidence.origins import origins_for

    origins = origins_for(volume, entry)
    told = words.dotted(filter(None, (words.count(origins, "origin") if origins else "", volume.rating(entry))))
    is_beside = width >= WHOLE + 30
    named = Para((brief_span(entry, _LONG, "text", f"#{entry.id}"),), Span(entry.number, "number"), INDENT, INDENT)
    right = len("10 origins · A1")
    columns = Columns((0, 1), 2, lambda whole: (whole - GAP - right, right)) if is_beside else None
    weight = line(told, "meta", indent=0 if is_beside else INDENT)
    return Block(
        f"claim:{entry.id}",
        (named, *([weight] if told else [])),
        f"#{entry.id}",
        0,
        columns if told else None,
        counts=False,
    )


def _asked(volume: Volume, *, disputed: bool) -> list[Entry]:
    """Return the questions with positions, or those without."""
    return [one for one in volume.pane("questions") if one.question and bool(one.question.positions) == disputed]
