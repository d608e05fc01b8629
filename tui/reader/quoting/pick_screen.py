"""The screen for picking words of a source text, with their facts."""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from textual.widget import Widget

from tui.authoring.quotations import Quotation, quotation
from tui.briefing.anchors import paragraphs
from tui.briefing.canonical import Canonical
from tui.reader.keyed_screen import KeyCommand, KeyedScreen
from tui.reader.quoting.pick_view import PickView, text_page
from tui.reader.quoting.picker import Picker
from tui.reader.themes import Theme
from tui.reader.widgets.chrome import Chrome, Part
from tui.reader.widgets.typesetter import Typesetter
from tui.render.words import count
from tui.session.viewport import Spot


class Passage(NamedTuple):
    """A text to quote from."""

    text: str
    title: str
    """The source's title, which the text may begin with; empty where it has none."""
    label: str
    """The name of the source."""
    source: str
    """The id of the source whose words they are."""
    lang: str


class Facts(Chrome):
    """The facts on the picked words, and their TOML."""

    DEFAULT_CSS = "Facts { height: 4; }"

    def __init__(self, theme: Theme) -> None:
        """Create an empty widget."""
        super().__init__(theme, name="facts")
        self._found: Quotation | None = None

    def tell(self, found: Quotation) -> None:
        """Show the facts on other words."""
        self._found = found
        self.refresh()

    def rows(self) -> list[list[Part]]:
        """Return a rule, the facts, the warnings, and the TOML."""
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
        # Where there is no room for all, the warnings go before the counts.
        return [rule, facts, said, toml] if self.size.height > 2 else [said if found.remarks else facts, toml]


class PickScreen(KeyedScreen, inherit_bindings=False):
    """Picks words. Its result is the TOML line of a footnote, or None."""

    DEFAULT_CSS = "PickScreen StatusLine { height: 1; }"

    def __init__(
        self,
        passage: Passage,
        theme: Theme,
        typesetter: Typesetter,
        done: Callable[[str | None], None],
        offset: int = 0,
    ) -> None:
        """Create the screen.

        Args:
            passage: the text, which has a word.
            theme: the theme.
            typesetter: lays the text out.
            done: is called with the TOML line at the end, or None where nothing was chosen.
            offset: where in the text to begin.
        """
        self.parts = paragraphs(passage.text, passage.title)
        self.view = PickView(typesetter, theme, self.parts)
        super().__init__(theme, self.view, PICKING, done)
        self.passage = passage
        self._read = Canonical(passage.text)
        self.picker = Picker(passage.text, self.parts, passage.lang)
        if offset:
            self.picker.pick_at(offset)
        self._text = text_page(passage.label, passage.text, self.parts)
        self.facts = Facts(theme)

    def parts_below(self) -> Iterable[Widget]:
        """Return the facts on the picked words."""
        return (self.facts,)

    @property
    def found(self) -> Quotation:
        """The facts on the picked words."""
        return quotation(self._read, self.parts, self.passage.source, self.picker.span, self.passage.lang)

    def show_content(self) -> None:
        """Show the text with the picked words."""
        super().show_content()
        self.masthead.tell(f"Quote from {self.passage.label}", "", (), (), "")
        self.view.show(self._text, Spot(self.picker.place, self.picker.place))
        self.call_after_refresh(self.tell)

    def tell(self) -> None:
        """Mark the picked words, and show the facts on them."""
        if not self.helps:
            self.view.mark(self.picker)
            self.facts.tell(self.found)

    def take(self) -> None:
        """Leave with the picked words' TOML line, if they can be quoted."""
        found = self.found
        if found.line:
            self.finish(found.line)
        else:
            self.status.say("These words cannot be quoted; see above.", warns=True)

    def divide(self, height: int) -> None:
        """Divide the rows among the facts and the status line."""
        self.facts.styles.height = 4 if height >= 10 else 2 if height >= 5 else 0

    def on_pick_view_pointed(self, message: PickView.Pointed) -> None:
        """Pick the word under the mouse."""
        self.picker.pick_at(message.offset, extending=message.extending)
        self.tell()


PICKING: Final = (
    KeyCommand("next-word", ("l", "right"), "next word", lambda on: on.picker.by_words(1), "word"),
    KeyCommand("previous-word", ("h", "left"), "previous word", lambda on: on.picker.by_words(-1)),
    KeyCommand("next-sentence", (")",), "next sentence", lambda on: on.picker.by_sentences(1), "sentence"),
    KeyCommand("previous-sentence", ("(",), "previous sentence", lambda on: on.picker.by_sentences(-1)),
    KeyCommand("next-paragraph", ("j", "down", "}"), "next paragraph", lambda on: on.picker.by_paragraphs(1), "paragraph"),
    KeyCommand("previous-paragraph", ("k", "up", "{"), "previous paragraph", lambda on: on.picker.by_paragraphs(-1)),
    KeyCommand("first", ("g", "home"), "first word", lambda on: on.picker.to_end(-1)),
    KeyCommand("last", ("G", "end"), "last word", lambda on: on.picker.to_end(1)),
    KeyCommand(
        "extend", ("L", "shift+right"), "extend by a word", lambda on: on.picker.by_words(1, extending=True), "extend"
    ),
    KeyCommand(
        "shrink", ("H", "shift+left"), "shrink by a word", lambda on: on.picker.by_words(-1, extending=True), "shrink"
    ),
    KeyCommand(
        "extend-sentence", ("S",), "extend to the end of the sentence",
        lambda on: on.picker.by_sentences(1, extending=True),
    ),
    KeyCommand(
        "extend-paragraph", ("P", "shift+down"), "extend to the end of the paragraph",
        lambda on: on.picker.by_paragraphs(1, extending=True),
    ),
    KeyCommand("sentence", ("s",), "pick the whole sentence", lambda on: on.picker.take_sentence(), "all of it"),
    KeyCommand("swap", ("o",), "let the other end move", lambda on: on.picker.swap()),
    KeyCommand("take", ("enter",), "take the footnote of the picked words", PickScreen.take, "take"),
    KeyCommand("keys", ("?", "f1"), "these keys", PickScreen.show_keys, "keys"),
    KeyCommand("leave", ("escape", "q"), "leave without a footnote", PickScreen.leave, "leave"),
)  # fmt: skip
"""The commands; keys, footer and the page of keys are made from this table."""
