"""Opening the Evidence pane's views, and the keys of single views."""

import re
from typing import TYPE_CHECKING

from tui.evidence.timeline import Timeline
from tui.library.records import Entry
from tui.reader.commands.advising import advise, ask_for_briefing
from tui.reader.screen import ReaderScreen
from tui.render.views import BY_NAME, Choice, view_of, views_with
from tui.state.records import Location

if TYPE_CHECKING:
    from tui.evidence.matrix import Order

_FIRST = "Nothing of this was known before."
_MANY = 3
"""From so many views on, a message has no room for their titles."""
_NEAR = 4
"""The blocks below the first from which the top of a page is still shown."""
_LAST = "This is all that is known; {left} goes back to what was known on a day."


def view(screen: ReaderScreen, name: str) -> None:
    """Open an evidence view, at the current entry where it stands there.

    In the open view, turn to its second page, or back to the first.
    """
    briefing, item = screen.location.briefing, screen.item
    if not screen.session.volume(briefing):
        ask_for_briefing(screen)
        return
    location = screen.session.left_in(briefing, BY_NAME[name].target)
    open_now = view_of(screen.location.page)
    if open_now and open_now.name == name:
        if (page := _turned(screen.location.page)) is None:
            screen.say(f"This is the view “{open_now.title}”.")
            return
        location = Location(briefing, page)
    elif isinstance(item, Entry) and (further := _further_page(screen, name, item)):
        screen.go(further)
        return
    shown = item.id if isinstance(item, Entry) else screen.location.page.rpartition(":")[2]
    if block := _showing(screen, location, shown):
        ids = screen.session.page(location).ids
        # What stands at the top of a page, such as the heads of its columns, stays on the screen where it can.
        location = Location(briefing, location.page, block, ids[0] if ids.index(block) <= _NEAR else "")
    screen.go(location)


def _further_page(screen: ReaderScreen, name: str, entry: Entry) -> Location | None:
    """Return an entry's place on a further page, such as its dispute."""
    view, volume = BY_NAME[name], screen.session.volume(screen.location.briefing)
    if not view.has_parts or volume is None:
        return None
    part, block = view.load().part_of(volume, entry)
    if not part:
        return None
    location = Location(screen.location.briefing, Choice(name, part).page, block)
    page = screen.session.page(location)
    above = range(page.ids.index(block) - 1, -1, -1)
    # The heads of its table, or its heading, stay on the screen where they can.
    return location._replace(top=next((page.ids[at] for at in above if not page.block(at).counts), ""))


def _turned(page: str) -> str | None:
    """Return the other page of the open view, if there is one."""
    from tui.render.views import SECOND, choice_of

    choice = choice_of(page)
    if choice is None or not (choice.part or choice.view in SECOND):
        return None
    return choice._replace(part="" if choice.part else SECOND[choice.view].part, listed=False).page


def sideways(screen: ReaderScreen, direction: int) -> None:
    """Go to the next or previous column, or day with new knowledge."""
    here = screen.here
    if screen.view.sideways(direction):
        screen.tell()
        if screen.here == here:
            screen.say("The table has no further column." if direction > 0 else "The table begins here.")
    elif (volume := screen.session.volume(screen.location.briefing)) is None:
        ask_for_briefing(screen)
    elif choice := _choice(screen, "left"):
        if choice.view != "timeline":  # the grid as a list has no columns
            _name_views(screen, "left")
            return
        from datetime import date

        from tui.render.evidence.timeline import day_of

        before = day_of(choice.as_of)
        day = volume.derived(Timeline).step(before, direction)
        if day == before:
            advise(screen, _LAST if direction > 0 else _FIRST)
            return
        as_of = "" if day is None else date.fromordinal(day).isoformat()
        screen.show(screen.here._replace(page=choice._replace(as_of=as_of).page), tells=False)


def sort(screen: ReaderScreen, axis: int) -> None:
    """Sort the claims (0) or sources (1) by the next order. Without columns, filter the claims (1)."""
    if choice := _choice(screen, "sort-columns" if axis else "sort-rows"):
        if not axis:
            _show_matrix(screen, choice._replace(rows=_next(choice.rows)), axis)
        elif choice.part:
            _show_matrix(screen, choice._replace(columns=_next(choice.columns)), axis)
        else:
            _filter(screen, choice)


def _filter(screen: ReaderScreen, choice: Choice) -> None:
    """Show the claims that the next filter lets through."""
    from tui.evidence.standing import FILTERS
    from tui.render.evidence.standing import FILTER_WORDS

    names = ("", *FILTERS)
    only = names[(names.index(choice.only) + 1) % len(names)] if choice.only in names else ""
    _show_matrix(screen, choice._replace(only=only), -1)
    screen.say(f"Shown: {FILTER_WORDS[only]}.")


def group(screen: ReaderScreen) -> None:
    """Group the sources of the grid by origin, or ungroup them."""
    if choice := _choice(screen, "group"):
        grouped = not (choice.part and choice.grouped)
        _show_matrix(screen, choice._replace(part="grid", grouped=grouped), -1)


def as_list(screen: ReaderScreen) -> None:
    """Show a view as a list, or as it was.

    A screen reader can read the list aloud.
    """
    if choice := _choice(screen, "as-list"):
        location = screen.location._replace(page=choice._replace(listed=not choice.listed).page, top="")
        screen.show(location._replace(block=_counterpart(screen, location, screen.here.block)), tells=False)
        screen.say("As a list." if not choice.listed else "As a page again.")


def _showing(screen: ReaderScreen, location: Location, entry: str) -> str:
    """Find the first block of a page that shows an entry.

    A block may show a pair of entries.
    """
    for name in screen.session.page(location).ids:
        if entry == name or entry in name.rpartition(":")[2].split("/"):
            return name
    return ""


def _counterpart(screen: ReaderScreen, location: Location, block: str) -> str:
    """Find the block that shows most of the same entries."""
    ids, volume = screen.session.page(location).ids, screen.session.volume(location.briefing)
    if block in ids or volume is None:
        return block
    names = {name for name in re.split("[:/]", block) if volume.has(name)}
    shared = {one: len(names.intersection(re.split("[:/]", one))) for one in ids}
    return max(ids, key=lambda one: shared[one]) if any(shared.values()) else block


def _choice(screen: ReaderScreen, command: str) -> Choice | None:
    """Return the options of the open view, if it has a command.

    Otherwise, show the names of the views that have the command.
    """
    from tui.render.views import choice_of

    if view_of(screen.location.page) in views_with(command) and screen.session.volume(screen.location.briefing):
        return choice_of(screen.location.page)
    _name_views(screen, command)
    return None


def _name_views(screen: ReaderScreen, command: str) -> None:
    views = [BY_NAME[name] for name in dict.fromkeys(view.name for view in views_with(command))]
    named = " and ".join(f"“{view.title}”" for view in views) if len(views) < _MANY else "some views"
    keys = [f"{{view-{view.name}}}" for view in views]
    opens = "opens it" if len(views) == 1 else "open them"
    said = f"{', '.join(keys[:-1])} and {keys[-1]}" if keys[:-1] else keys[0]
    advise(screen, f"This key belongs to {named} of the Evidence pane; {said} {opens}.")


def _next(order: "Order") -> "Order":
    from tui.evidence.matrix import ORDERS

    return ORDERS[(ORDERS.index(order) + 1) % len(ORDERS)]


def _show_matrix(screen: ReaderScreen, choice: Choice, told: int) -> None:
    """Show the matrix with other options, at the same claim and source.

    Args:
        screen: the screen.
        choice: the options.
        told: what to report: 0 the order of the claims, 1 that of the sources, -1 the grouping.
    """
    from tui.reader.widgets.grid_view import GridView
    from tui.render.evidence.matrix import ORDER_WORDS, Grid

    view, here = screen.view, screen.here
    column = view.column_id if isinstance(view, GridView) else ""
    location = Location(screen.location.briefing, choice.page, here.block)
    # The claim stays in its row of the screen; only the rows around it change. The top of a page stays in sight.
    ids, above = screen.session.page(location).ids, view.spot.current - view.spot.top
    if view.spot.top == 0 and len(ids):
        in_sight = ids[: len({index for index, _ in view.window.visible()})]
        location = location._replace(block=here.block if here.block in in_sight else "", top=ids[0])
    elif here.block in ids:
        location = location._replace(top=ids[max(0, ids.index(here.block) - above)])
    screen.show(location, tells=False)
    if isinstance(screen.view, GridView):
        screen.view.reach(column)
        screen.tell()
    page = screen.view.page
    if told >= 0:
        order = (choice.rows, choice.columns)[told]
        screen.say(f"{('Claims', 'Sources')[told]} {ORDER_WORDS[order][told]}.")
    elif isinstance(page, Grid):
        outlets, origins = page.matrix.breadth
        screen.say(f"{outlets} outlets, {origins} origins." if choice.grouped else "Each source by itself.")
