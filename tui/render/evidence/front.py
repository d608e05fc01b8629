"""The front page of the Evidence pane, and its views by name."""

from collections.abc import Callable

from tui.library.volume import Volume
from tui.render.page import Block, Page, Para, Span, apart, fixed, line
from tui.render.views import BY_NAME, VIEWS, View, choice_of, key_marker


def front_page(volume: Volume, key_of: Callable[[str], str] = lambda _command: "") -> Page:
    """Set the front page, with the keys of the views."""
    return fixed("Evidence", [_view_block(volume, view, key_of(f"view-{view.name}")) for view in VIEWS])


def evidence_page(volume: Volume, name: str) -> Page | None:
    """Set the page of a name such as `evidence:timeline/listed`; None for others."""
    choice = choice_of(name)
    if choice is None:
        return None
    return BY_NAME[choice.view].load().page(volume, choice) if choice.view else front_page(volume)


def evidence_data(volume: Volume, only: str = "") -> dict[str, object]:
    """Return the data of every view by name, or of one."""
    return {view.name: view.load().data(volume) for view in VIEWS if only in {"", view.name}}


def _view_block(volume: Volume, view: View, key: str) -> Block:
    target = f"page:{view.target}"
    module = view.load()
    spans = (Span(view.title, "link", target), apart(module.fact(volume)))
    heading = Para(spans, Span(key_marker(key), "note") if key else None, 5, 3)
    if view.is_charted:
        return Block(view.name, (heading, *module.chart(volume)), target, space=1)
    said = line(f"{view.question[:1].upper()}{view.question[1:]}.", "muted", indent=5)
    return Block(view.name, (heading, said), target, space=0)
