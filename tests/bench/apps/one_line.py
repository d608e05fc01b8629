"""The bare app of the measurements of start and memory: it shows one line."""

from textual.app import App, ComposeResult
from textual.widgets import Static

LINE = "A bare Textual app that shows one line."


class OneLine(App[None]):
    """Shows one line."""

    BINDINGS = [("q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        """Show the line."""
        yield Static(LINE)


if __name__ == "__main__":
    OneLine().run()
