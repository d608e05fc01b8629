"""The view of signs to watch for, with the judgments at stake."""

from collections.abc import Iterator
from typing import Final

from tui.briefing import edtf, prose
from tui.evidence.watch import State, Watched, watched_in
from tui.library.judgment_records import Move
from tui.library.volume import Volume
from tui.render import signs, words
from tui.render.dates import short
from tui.render.links import brief_span, number_link
from tui.render.page import INDENT, Block, Columns, Page, Para, Span, empty, half_or, line, linear
from tui.render.views import Choice

_MEASURE: Final = 120
_ARROWS: Final = {"up": signs.SUPPORTS.symbol, "down": signs.CONTRADICTS.symbol}
_SHORT: Final = 44
"""The fewest cells of a sign's name at a glance."""
_GLANCE: Final = Columns((0, 1), 2, half_or(_SHORT))


def page(volume: Volume, choice: Choice) -> Page:
    """Set the page: all signs in brief, then each with its forms."""
    watched = volume.derived(watched_in)
    if not watched:
        return empty("Watch", "This briefing names no sign to watch for.")
    first = "the observed first, then the next to end" if watched[0].state == "observed" else "the next to end first"
    counted = f"What would change our minds: {_count(watched)}"
    asked = Para((Span(f"{counted}.", "meta", whole=f"{counted}; {first}."),))
    signed = f"{_ARROWS['up']} likelier, {_ARROWS['down']} less likely"
    legend = Span(signed, "meta", whole="With each, what it would move.")
    top = Block("all", (asked, Para((legend,))), counts=False, columns=_GLANCE)
    glanced = [] if choice.listed else [f"glance:{one.entry.id}" for one in watched]
    names = [f"watch:{one.entry.id}" for one in watched]

    def build(index: int) -> Block:
        if index == 0:
            return linear(top) if choice.listed else top
        if index <= len(glanced):
            return _glance(volume, watched[index - 1], glanced[index - 1])
        place = index - 1 - len(glanced)
        block = _block(volume, watched[place], names[place])
        return linear(block) if choice.listed else block

    return Page("Watch", ["all", *glanced, *names], build, measure=_MEASURE, besides=("all", *glanced))


def data(volume: Volume) -> object:
    """Return the indicators with their states."""
    return [
        {
            "entry": one.entry.id,
            "state": one.state,
            "where": one.indicator.where,
            "until": one.indicator.until,
            "observed": one.indicator.observed,
            "outcomes": [
                {"text": sign.text, "moves": [move._asdict() for move in sign.moves]} for sign in one.indicator.outcomes
            ],
        }
        for one in volume.derived(watched_in)
    ]


def fact(volume: Volume) -> str:
    """Count the signs, and apart from them the observed ones."""
    return _count(volume.derived(watched_in))


def _count(watched: tuple[Watched, ...]) -> str:
    states = [one.state for one in watched]
    told = [words.count(len(watched), "sign")]
    of: tuple[tuple[State, str], ...] = (("observed", "observed"), ("past", "past"))
    told += [f"{states.count(state)} {said}" for state, said in of if state in states]
    return ", ".join(told)


def _glance(volume: Volume, one: Watched, name: str) -> Block:
    """Set a sign in brief, beside the judgments that would move."""
    moved: dict[str, list[str]] = {}
    for move in (move for sign in one.indicator.outcomes for move in sign.moves):
        moved.setdefault(move.to, []).append(move.way)
    first = Para((brief_span(one.entry, 96, "text", f"#{one.entry.id}"),), _number(one), INDENT, INDENT)
    spans: list[Span] = []
    for to, ways in moved.items():
        arrows = "".join(arrow for way, arrow in _ARROWS.items() if way in ways)
        told = " or ".join(said for way, said in words.MOVE_WORDS.items() if way in ways)
        spans += [Span(", " if spans else "", "meta"), Span(arrows, "meta", whole="")]
        spans += [number_link(volume.entries[to]), Span("", whole=f" ({told})")]
    when = _when(one)
    spans += [Span(f"\u00a0· {when}" if moved else when, "meta", whole=f"{', ' if moved else ''}{when}")] * bool(when)
    onward = [Span(f"{signs.ONWARD.symbol} ", "meta", whole="It would move ")] * bool(moved)
    below = Para((*onward, *spans))
    return Block(name, (first, below), f"#{one.entry.id}", space=0, columns=_GLANCE)


def _when(one: Watched) -> str:
    """Write the day of an observation, or the end of the watch."""
    if one.indicator.observed:
        return words.kept_together(f"observed {short(one.indicator.observed)}")
    if not one.indicator.until:
        return ""
    return words.kept_together(f"{'past: ' if one.state == 'past' else ''}until {short(one.indicator.until)}")


def _number(one: Watched) -> Span:
    return Span(one.entry.number, "number", f"#{one.entry.id}")


def _block(volume: Volume, one: Watched, name: str) -> Block:
    left = list(_sign(one))
    right = [para for sign in one.indicator.outcomes for para in _outcome(volume, sign.text, sign.moves)]
    columns = Columns((0, len(left)), len(left) + len(right)) if right else None
    return Block(name, (*left, *right), f"#{one.entry.id}", space=2, columns=columns)


def _sign(one: Watched) -> Iterator[Para]:
    """Set a sign, with where and until when to watch for it."""
    entry, indicator = one.entry, one.indicator
    named = brief_span(entry, 96, "strong")._replace(whole=prose.plain(entry.text))
    yield Para((named,), _number(one), INDENT, INDENT)
    if indicator.observed:
        yield line(f"Observed {edtf.in_words(indicator.observed)}.", "new", indent=INDENT)
    if indicator.where:
        yield Para((Span("Where: ", "muted"), Span(indicator.where, "meta")), indent=INDENT)
    if indicator.until and one.state == "past":
        until = edtf.in_words(indicator.until)
        yield line(f"Past: it was worth watching until {until}.", "warning", indent=INDENT)
    elif indicator.until:
        yield Para((Span("Until: ", "muted"), Span(edtf.in_words(indicator.until), "meta")), indent=INDENT)


def _outcome(volume: Volume, text: str, moves: tuple[Move, ...]) -> Iterator[Para]:
    """Set a form of a sign, above the judgments that would move."""
    yield Para((Span(text),), Span(signs.BULLET.symbol, "muted"), INDENT)
    for move in moves:
        to = volume.entries[move.to]
        now = f" (now {to.assess.likelihood})" if to.assess and to.assess.likelihood else ""
        name = (to.short or prose.plain(to.text)).removesuffix(".")
        said = (
            number_link(to),
            Span(f" {words.MOVE_WORDS[move.way]}", "strong", whole=f" becomes {words.MOVE_WORDS[move.way]}"),
            Span(f"{now}: {name}", "meta", whole=f"{now}: {name}."),
        )
        yield Para(said, Span(signs.ONWARD.symbol, "meta"), INDENT + 2)
