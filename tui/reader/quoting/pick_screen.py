"""The screen on which words of a held text are picked, and what is to be known of them is seen at once."""

from collections.abc import Callable
from typing import Final, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.geometry import Offset

from tui.authoring.quoting import Quotation, quotation
from tui.briefing.anchors import paragraphs
from tui.briefing.canonical import Canonical
from tui.reader.quoting.pick_view import PickView, text_page
from tui.reader.quoting.picker import Picker
from tui.reader.textual_internals import SizedScreen
from tui.reader.themes import Theme
from tui.reader.widgets.chrome import Chrome, Part
from tui.reader.widgets.masthead import Masthead
from tui.reader.widgets.status_line import StatusLine
from tui.reader.widgets.typesetter import Typesetter
from tui.render.page import Block, Para, Span, fixed
from tui.render.words import count
from tui.session.keymap import shown
from tui.session.viewport import Spot


class Passage(NamedTuple):
    """A text to quote from."""

    text: str
    title: str
    """The source's title, which the text may begin with; empty where it has none."""
    label: str
    """How the source is called."""
    source: str
    """The id of the source whose words they are."""
    lang: str


class Facts(Chrome):
    """What is to be known of the picked words, and the TOML for them."""

    DEFAULT_CSS = "Facts { height: 4; }"

    def __init__(self, theme: Theme) -> None:
        """Make it without content."""
        super().__init__(theme, name="facts")
        self._found: Quotation | None = None

    def tell(self, found: Quotation) -> None:
        """Show what is known of other words."""
        self._found = found
        self.refresh()

    def rows(self) -> list[list[Part]]:
        """Give a rule, the facts, what is to be said against it, and the TOML."""
        theme, found = self.theme, self._found
        rule = [Part("─" * self.size.width, theme.base + theme.faint)]
        if found is None:
            return [rule]
        place = f"¶{found.paragraph} · " if found.paragraph > 0 else ""
        once = (
            "stands once"
            if found.occurrences == 1
            else f"stands {found.occurrences:,} times, told apart by its context"
        )
        once = once if found.line or found.occurrences == 1 else f"stands {found.occurrences:,} times"
        facts = [Part(f" {place}{count(found.words, 'word')} · {once}", theme.style("meta"))]
        said = [Part(f" {' '.join(found.remarks)}", theme.style("warning"))]
        toml = [Part(f" {found.line or 'These words cannot be quoted alone.'}", theme.style("quote"))]
        # Where there is no room for all, what is to be said against the words goes before how many they are.
        return [rule, facts, said, toml] if self.size.height > 2 else [said if found.remarks else facts, toml]


class PickScreen(SizedScreen, inherit_bindings=False):
    """Picks words."""

    DEFAULT_CSS = "PickScreen { layout: vertical; } PickScreen StatusLine { height: 1; }"
    ALLOW_SELECT = False

    def __init__(
        self,
        passage: Passage,
        theme: Theme,
        typesetter: Typesetter,
        done: Callable[[str | None], None],
        offset: int = 0,
    ) -> None:
        """Make the screen.

        Args:
            passage: the text, which has a word.
            theme: the theme.
            typesetter: lays the text out.
            done: is told the TOML line at the end, or None where nothing was chosen.
            offset: where in the text to begin.
        """
        super().__init__()
        self.passage = passage
        self.parts = paragraphs(passage.text, passage.title)
        self._read = Canonical(passage.text)
        self.picker = Picker(passage.text, self.parts, passage.lang)
        if offset:
            self.picker.pick_at(offset)
        self._done = done
        self._is_over = False
        self._text = text_page(passage.label, passage.text, self.parts)
        self.view = PickView(typesetter, theme, self.parts)
        self._masthead = Masthead(theme)
        self.facts = Facts(theme)
        self.status = StatusLine(theme)

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield self._masthead
        yield self.view
        yield self.facts
        yield self.status

    def on_mount(self) -> None:
        """Show the text."""
        self._masthead.tell(f"Quote from {self.passage.label}", "", (), (), "")
        self.status.hints = tuple((shown(one.keys[0]), one.hint, one.name) for one in PICKING if one.hint)
        self.show_text()

    @property
    def found(self) -> Quotation:
        """What is known of the picked words."""
        return quotation(self._read, self.parts, self.passage.source, self.picker.span, self.passage.lang)

    @property
    def standing(self) -> Offset:
        """The cell of the line that has what is picked."""
        return self.view.region.offset + self.view.standing

    @property
    def helps(self) -> bool:
        """Whether the keys are shown."""
        return self.view.page is not self._text

    def show_text(self) -> None:
        """Show the text, and what is picked in it."""
        self.view.show(self._text, Spot(self.picker.place, self.picker.place))
        self.call_after_refresh(self.tell)

    def show_keys(self) -> None:
        """Show what the keys do."""
        rows = [(" ".join(map(shown, one.keys)), one.words) for one in PICKING]
        paras = tuple(Para((Span(f"{keys:<24}", "note"), Span(words)), keep=True) for keys, words in rows)
        self.view.mark_matches(lambda _place: (), None)
        self.view.show(fixed("Keys", [Block("help", paras, space=0)], cursor=False), Spot())

    def tell(self) -> None:
        """Show what is picked now."""
        if not self.helps:
            self.view.mark(self.picker)
            self.facts.tell(self.found)

    def take(self) -> None:
        """Leave with the TOML line of what is picked, where it can be quoted."""
        found = self.found
        if found.line:
            self._end(found.line)
        else:
            self.status.say("These words cannot be quoted; see above.", warns=True)

    def leave(self) -> None:
        """Leave without anything; from the keys, go back to the text."""
        if self.helps:
            self.show_text()
        else:
            self._end(None)

    def _end(self, line: str | None) -> None:
        """Tell the line once; what comes after that is not for this screen any more."""
        if not self._is_over:
            self._is_over = True
            self._done(line)

    def on_key(self, event: events.Key) -> None:
        """Do what a key stands for."""
        command = _BY_KEY.get(event.key) or _BY_KEY.get(event.character or "")
        if command is None:
            return
        event.stop()
        event.prevent_default()
        self._run(command)

    def _run(self, command: "PickCommand") -> None:
        self.status.say("")
        if self.helps and command.name not in {"leave", "keys"}:
            self.show_text()
            return
        command.run(self)
        self.tell()

    def on_resize(self, event: events.Resize) -> None:
        """Leave the text most of the rows, and keep what is picked in view."""
        height = event.size.height
        self._masthead.styles.height = 3 if height >= 20 else 1 if height >= 10 else 0
        self.facts.styles.height = 4 if height >= 10 else 2 if height >= 5 else 0
        self.call_after_refresh(self.tell)

    def on_chrome_clicked(self, message: Chrome.Clicked) -> None:
        """Do what was clicked in the status line."""
        _, _, name = message.target.partition(":")
        for command in PICKING:
            if command.name == name:
                self._run(command)

    def on_pick_view_pointed(self, message: PickView.Pointed) -> None:
        """Pick what the mouse is on."""
        self.picker.pick_at(message.offset, extending=message.extending)
        self.tell()


class PickCommand(NamedTuple):
    """Something that can be done here."""

    name: str
    keys: tuple[str, ...]
    words: str
    run: Callable[[PickScreen], None]
    hint: str = ""
    """A word for the footer; empty where the footer does not tell it."""


PICKING: Final = (
    PickCommand("next-word", ("l", "right"), "next word", lambda on: on.picker.by_words(1), "word"),
    PickCommand("previous-word", ("h", "left"), "previous word", lambda on: on.picker.by_words(-1)),
    PickCommand("next-sentence", (")",), "next sentence", lambda on: on.picker.by_sentences(1), "sentence"),
    PickCommand("previous-sentence", ("(",), "previous sentence", lambda on: on.picker.by_sentences(-1)),
    PickCommand("next-paragraph", ("j", "down", "}"), "next paragraph", lambda on: on.picker.by_paragraphs(1), "paragraph"),
    PickCommand("previous-paragraph", ("k", "up", "{"), "previous paragraph", lambda on: on.picker.by_paragraphs(-1)),
    PickCommand("first", ("g", "home"), "first word", lambda on: on.picker.to_end(-1)),
    PickCommand("last", ("G", "end"), "last word", lambda on: on.picker.to_end(1)),
    PickCommand(
        "extend", ("L", "shift+right"), "extend by a word", lambda on: on.picker.by_words(1, extending=True), "extend"
    ),
    PickCommand(
        "shrink", ("H", "shift+left"), "shrink by a word", lambda on: on.picker.by_words(-1, extending=True), "shrink"
    ),
    PickCommand(
        "extend-sentence", ("S",), "extend to the end of the sentence",
        lambda on: on.picker.by_sentences(1, extending=True),
    ),
    PickCommand(
        "extend-paragraph", ("P", "shift+down"), "extend to the end of the paragraph",
        lambda on: on.picker.by_paragraphs(1, extending=True),
    ),
    PickCommand("sentence", ("s",), "pick the whole sentence", lambda on: on.picker.take_sentence(), "all of it"),
    PickCommand("swap", ("o",), "let the other end move", lambda on: on.picker.swap()),
    PickCommand("take", ("enter",), "take the line for what is picked", PickScreen.take, "take"),
    PickCommand("keys", ("?", "f1"), "these keys", PickScreen.show_keys, "keys"),
    PickCommand("leave", ("escape", "q"), "leave without a line", PickScreen.leave, "leave"),
)  # fmt: skip
"""The one table of what can be done here: its keys, the footer and the page of keys are made from it."""
_BY_KEY: Final = {key: command for command in PICKING for key in command.keys}
