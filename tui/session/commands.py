"""The one table of commands. Bindings, footer, goals, help and README come from it."""

from typing import Final, NamedTuple

from tui.briefing.kinds import PANES, Pane
from tui.render.views import VIEWS, View, views_with


class Command(NamedTuple):
    """A command of the reader."""

    name: str
    """The name in the configuration."""
    keys: tuple[str, ...]
    """The default keys: a character, or a name as Textual spells it."""
    words: str
    """The description in the help and the list of all goals."""
    group: str
    """The heading in the help, one of `GROUPS`."""
    run: str
    """The function to call, as `module.function` of `tui.reader.commands`."""
    hint: str = ""
    """A word for the footer; empty for a command that the footer does not list."""
    here: str = ""
    """The function that returns the footer's word here and now, as `run`. It is empty where the key has nothing to do."""
    joint: str = ""
    """The description that this command shares with the following ones in the help; empty for lines of their own."""
    joins: int = 1
    """The number of following commands that share the line."""
    argument: int | str | None = None
    """The function's argument after the screen, where several commands share one function."""
    beneath: bool = False
    """Whether the command acts on a briefing. Pages that lie over one, such as the help, are closed for it."""
    needs: str = ""
    """The permission that the command needs, a field of `Allowances`; empty for none."""

    def hint_in(self, view: View | None) -> str:
        """Return the footer's word in a view of the evidence, or elsewhere."""
        if views_with(self.name):
            return view.commands.get(self.name, "") if view else ""
        return self.hint


def _pane(number: int, pane: Pane) -> Command:
    words = f"pane {pane.title}"
    return Command(f"pane-{number}", (str(number),), words, "Panes", "going.pane", argument=number, beneath=True)


def _view(view: View) -> Command:
    words = f"evidence: {view.title[:1].lower()}{view.title[1:]}"
    return Command(f"view-{view.name}", (view.key,), words, "Panes", "weighing.view", argument=view.name, beneath=True)


COMMANDS: Final[tuple[Command, ...]] = (
    Command(
        "next",
        ("j", "down"),
        "next entry",
        "Move",
        "moving.step",
        "move",
        "moving.steps",
        joint="next, previous entry",
        argument=1,
    ),
    Command("previous", ("k", "up"), "previous entry", "Move", "moving.step", argument=-1),
    Command("half-down", ("ctrl+d",), "half a page down", "Move", "moving.turn_half", joint="half a page", argument=1),
    Command("half-up", ("ctrl+u",), "half a page up", "Move", "moving.turn_half", argument=-1),
    Command("page-down", ("space", "pagedown"), "page down", "Move", "moving.turn", joint="page", argument=1),
    Command("page-up", ("b", "pageup"), "page up", "Move", "moving.turn", argument=-1),
    Command("top", ("g", "home"), "first entry", "Move", "moving.top", joint="first, last entry"),
    Command("end", ("G", "end"), "last entry", "Move", "moving.end"),
    Command(
        "next-fresh",
        (")",),
        "next unread or changed",
        "Move",
        "reading.fresh",
        joint="unread or changed",
        argument=1,
        beneath=True,
    ),
    Command("previous-fresh", ("(",), "previous unread or changed", "Move", "reading.fresh", argument=-1, beneath=True),
    Command("open", ("enter",), "open entry or link", "Go", "going.open_current", "open", "going.opens"),
    Command(
        "next-link",
        ("tab",),
        "next link or footnote",
        "Go",
        "moving.link",
        "links",
        "moving.links",
        joint="links and footnotes",
        argument=1,
    ),
    Command(
        "previous-link",
        ("shift+tab",),
        "previous link or footnote",
        "Go",
        "moving.link",
        "links",
        "moving.links",
        argument=-1,
    ),
    Command(
        "back",
        ("ctrl+o", "backspace", "alt+left"),
        "back",
        "Go",
        "going.back",
        "back",
        "going.goes_back",
        joint="back, forward",
    ),
    Command("forward", ("alt+right", ">"), "forward", "Go", "going.forward", "forward", "going.goes_forward"),
    Command("close", ("escape",), "close what is on top", "Go", "going.close"),
    Command("library", ("L",), "library", "Go", "going.library", joint="library, entities, all", joins=2),
    Command("entities", ("e",), "entities", "Go", "going.entities", beneath=True),
    Command("go-to", ("ctrl+p",), "go to anything", "Go", "going.go_to"),
    Command(
        "peek",
        ("f",),
        "open a footnote, or why",
        "Footnotes",
        "noting.peek",
        "footnote",
        "noting.peeks",
        joint="open one, scroll",
        joins=2,
    ),
    Command("notes-down", ("J",), "scroll the footnotes down", "Footnotes", "noting.scroll_notes", argument=1),
    Command("notes-up", ("K",), "scroll the footnotes up", "Footnotes", "noting.scroll_notes", argument=-1),
    Command("find", ("/",), "find in this briefing", "Find", "reading.find", "find", joint="find here, search all"),
    Command("search", ("ctrl+k",), "search everything", "Find", "reading.search_all", "search all"),
    Command("next-match", ("n",), "next match", "Find", "reading.match", joint="next, previous match", argument=1),
    Command("previous-match", ("N",), "previous match", "Find", "reading.match", argument=-1),
    *(_pane(number, pane) for number, pane in enumerate(PANES.values())),
    *(Command(f"digit-{n}", (str(n),), "", "", "going.pane", argument=n, beneath=True) for n in range(len(PANES), 10)),
    Command(
        "next-pane",
        ("]",),
        "next pane",
        "Panes",
        "going.turn_pane",
        joint="next, previous pane",
        argument=1,
        beneath=True,
    ),
    Command("previous-pane", ("[",), "previous pane", "Panes", "going.turn_pane", argument=-1, beneath=True),
    *map(_view, VIEWS),
    Command(
        "left",
        ("left", "h"),
        "column left, day before",
        "Panes",
        "weighing.sideways",
        joint="cells, days",
        argument=-1,
        beneath=True,
    ),
    Command("right", ("right", "l"), "column right, day after", "Panes", "weighing.sideways", argument=1, beneath=True),
    Command(
        "sort-rows",
        ("s",),
        "sort the claims",
        "Panes",
        "weighing.sort",
        joint="sort, group, as a list",
        joins=3,
        argument=0,
        beneath=True,
    ),
    Command("sort-columns", ("S",), "sort the sources", "Panes", "weighing.sort", argument=1, beneath=True),
    Command("group", ("o",), "group sources by origin", "Panes", "weighing.group", beneath=True),
    Command("as-list", ("a",), "as a list, without a plot", "Panes", "weighing.as_list", beneath=True),
    Command(
        "compact",
        ("z",),
        "one line an entry, or in full",
        "Panes",
        "viewing.compact",
        joint="one line each, filter",
        beneath=True,
    ),
    Command("filter", ("&",), "only some entries, by a filter", "Panes", "reading.narrow", beneath=True),
    Command("mark", ("m",), "mark, with a letter", "Keep", "noting.set_mark", joint="mark, go to mark"),
    Command("go-to-mark", ("'",), "go to the mark of a letter", "Keep", "noting.go_to_mark"),
    Command("bookmark", ("*",), "bookmark this entry", "Keep", "noting.bookmark", joint="bookmark, list them"),
    Command("bookmarks", ("B",), "marks and bookmarks", "Keep", "noting.bookmarks"),
    Command("copy", ("y",), "copy the entry", "Keep", "copying.copy", joint="copy, cite, quote", joins=2),
    Command("copy-citation", ("Y",), "copy its citation", "Keep", "copying.copy_citation"),
    Command("quote", ("c",), "quote from the source's text", "Keep", "writing.quote", needs="machine"),
    Command("plain", ("v",), "plain view to select", "Keep", "copying.plain", joint="plain view, address"),
    Command("address", ("u",), "address and its QR code", "Keep", "copying.address"),
    Command(
        "edit",
        ("E",),
        "edit the entry in $EDITOR",
        "Keep",
        "writing.edit",
        joint="edit, drafts, suspend",
        joins=2,
        beneath=True,
        needs="machine",
    ),
    Command("drafts", ("D",), "settle the drafts", "Keep", "writing.drafts", beneath=True, needs="machine"),
    Command("suspend", ("ctrl+z",), "suspend to the shell", "Keep", "viewing.suspend", needs="machine"),
    Command(
        "outline", ("t",), "outline", "Screen", "viewing.outline", joint="outline, alone, redraw", joins=2, beneath=True
    ),
    Command("zoom", ("+",), "page alone, in one column", "Screen", "viewing.zoom"),
    Command("redraw", ("ctrl+l",), "redraw", "Screen", "viewing.redraw"),
    Command("theme", ("f10",), "next theme", "Screen", "viewing.theme", joint="theme, monochrome"),
    Command("monochrome", ("f9",), "monochrome", "Screen", "viewing.monochrome"),
    Command(
        "messages", ("!",), "last messages, whole", "Screen", "viewing.messages", joint="messages, help, quit", joins=2
    ),
    Command("help", ("?", "f1"), "help", "Screen", "viewing.show_help", "help"),
    Command("quit", ("q",), "quit", "Screen", "viewing.quit_reader", "quit"),
)
BY_NAME: Final[dict[str, Command]] = {command.name: command for command in COMMANDS}
FORMER: Final = {f"view-{name}": f"view-{view.name}" for view in VIEWS for name in view.was} | {"palette": "go-to"}
"""The commands by their former names, which a configuration may still have."""
GROUPS: Final = ("Move", "Go", "Footnotes", "Find", "Panes", "Keep", "Screen")
"""The headings in the help's order, by which its two columns are of equal length."""
