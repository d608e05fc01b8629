"""Every private name of Textual that the project uses, behind public ones.

Textual's version is pinned. `tests/reader/test_textual_internals.py` fails when one of the names goes, or when another
module uses one.
"""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, Self, TypeVar

from rich.console import RenderableType
from textual._compositor import ChopsUpdate, Compositor, CompositorUpdate, LayoutUpdate
from textual._context import active_message_pump, visible_screen_stack
from textual.app import App
from textual.cache import LRUCache
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode, NoScreen
from textual.driver import Driver
from textual.filter import LineFilter
from textual.geometry import Offset, Region, Size
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import active_worker

__all__ = [
    "ChopsUpdate",
    "ClockedScreen",
    "CompositorUpdate",
    "FrameCompositor",
    "LayoutUpdate",
    "SelfPainted",
    "SharedStylesheet",
    "SizedScreen",
    "TextualApp",
    "forget_worker",
]

Returned = TypeVar("Returned")
Done = TypeVar("Done")
_SOURCES: Final = 256
"""The number of sources of styles, mostly widget classes, whose rules are kept for each theme."""


# Screens and widgets


class FrameCompositor(Compositor):
    """A compositor that hands over the regions to be painted."""

    def take_dirty(self) -> list[Region]:
        """Return the regions to be painted anew, and forget them."""
        dirty = list(self._dirty_regions)
        self._dirty_regions.clear()
        return dirty


class SizedScreen(Screen[None]):
    """A screen that lays itself out for the terminal's present size alone.

    A screen of Textual's that takes another size tells itself of it: of two sizes on their way each would bring back the
    other, and the layout would never end.
    """

    @property
    def standing(self) -> Offset:
        """The cell of the terminal's own cursor: that of the current entry."""
        return Offset(0, 0)

    def paint_soon(self, widget: Widget) -> None:
        """Paint a widget of the screen with the next frame."""
        if self in self._compositor:
            self._dirty_widgets.add(widget)
            self.check_idle()

    def compose_with(self, compositor: Compositor) -> None:
        """Compose frames with another compositor. Call this before the first frame."""
        self._compositor = compositor

    def paint(self) -> None:
        """Paint the changes."""
        self._on_timer_update()

    def _screen_resized(self, size: Size) -> None:
        if size == self.app.size:
            super()._screen_resized(size)


class ClockedScreen(SizedScreen):
    """A screen that paints by a clock of its own.

    `clock` has the methods `resume` and `pause` of Textual's timer.
    """

    clock: Any

    @property
    def _update_timer(self) -> Any:
        return self.clock


class SelfPainted(Widget):
    """A widget that paints its own lines, without border, padding or children."""

    ALLOW_SELECT = False

    @property
    def size(self) -> Size:
        """The size, which without border and padding is the layout's. Textual's own works it out on every call."""
        return self.outer_size

    def refresh(self, *regions: Region, **options: Any) -> Self:
        """Request a repaint directly from the screen, without Textual's two messages."""
        screen = self._sized_screen()
        if options or screen is None or not self._is_mounted:
            return super().refresh(*regions, **options)
        size = self.outer_size
        if size and self.display:
            self._repaint_regions.add(size.region)
            screen.paint_soon(self)
        return self

    def _sized_screen(self) -> SizedScreen | None:
        try:
            screen = self.screen
        except NoScreen:  # the widget is not mounted yet, or was removed with its parent
            return None
        return screen if isinstance(screen, SizedScreen) else None


# Apps


class SharedStylesheet(Stylesheet):
    """A stylesheet. Apps of the same variables share its parsed rules."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        """Create a stylesheet without a source."""
        super().__init__()
        self.set_variables(variables or {})

    def set_variables(self, variables: dict[str, str]) -> None:
        """Set the variables of a theme."""
        self._parse_cache = LRUCache(1)  # Textual clears the old cache, which belongs to other apps too.
        super().set_variables(variables)
        self._parse_cache = _rules_by_source(tuple(variables.items()))

    def reparse(self) -> None:
        """Apply new variables. Textual's own parses in a new stylesheet, which would share no rules."""
        self.parse()


@lru_cache(maxsize=8)
def _rules_by_source(_variables: tuple[tuple[str, str], ...]) -> LRUCache[tuple[Any, ...], list[RuleSet]]:
    """Return the cache of parsed rules for the variables of a theme."""
    return LRUCache(_SOURCES)


class TextualApp(App[Returned]):
    """Textual's app, with its private state and steps under public names."""

    css_variables: Mapping[str, str] = MappingProxyType({})
    """The variables of the theme for the stylesheet."""

    def __init__(self, **options: Any) -> None:
        """Create an app with Textual's options."""
        super().__init__(**options)
        self.stylesheet = SharedStylesheet()

    def get_css_variables(self) -> dict[str, str]:
        """Return the variables of the theme. Textual's own would work them out from its colours on every call."""
        return dict(self.css_variables)

    @property
    def current_driver(self) -> Driver | None:
        """The driver, once the app runs."""
        return self._driver

    @property
    def line_filters(self) -> list[LineFilter]:
        """The filters through which each line is painted."""
        return self._filters

    @line_filters.setter
    def line_filters(self, filters: list[LineFilter]) -> None:
        self._filters = filters

    @property
    def has_left(self) -> bool:
        """Whether the app is to leave."""
        return self._exit

    @property
    def may_paint(self) -> bool:
        """Whether a frame may be shown now."""
        return self._running and not self._batch_count

    @property
    def shows_at_once(self) -> bool:
        """Whether the terminal can show a whole frame at once, between marks."""
        return self._sync_available

    def whole_frame(self) -> LayoutUpdate:
        """Return the whole screen as it is now."""
        visible_screen_stack.set(self._background_screens)
        return self.screen._compositor.render_full_update()

    def paint(self, frame: LayoutUpdate) -> None:
        """Show a frame."""
        super()._display(self.screen, frame)

    def leave_output_alone(self, stdout: Any, stderr: Any) -> None:
        """Capture neither standard output nor standard error.

        Apps that overlap in time would restore each other's.
        """
        self._capture_stdout, self._capture_stderr = stdout, stderr

    def within(self, do: Callable[..., Done], *arguments: Any, **options: Any) -> Done:
        """Call a function in the app's context.

        Without the context, a timer of Textual's would not find its app and die.
        """
        with self._context():
            return do(*arguments, **options)

    def ends_with(self, error: Exception) -> bool:
        """Whether a fault ends the app. Subclasses override this."""
        return True

    def show_frame(self, renderable: RenderableType | None) -> bool:
        """Whether a frame was shown here, and not by Textual. Subclasses override this."""
        return False

    def panic(self, *_renderables: object) -> None:
        """End, and show nothing of the fault on the screen."""
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def _handle_exception(self, error: Exception) -> None:
        if self.ends_with(error):
            super()._handle_exception(error)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if not self.show_frame(renderable):
            super()._display(screen, renderable)

    @property
    def is_closing(self) -> bool:
        """Whether the app, or the screen of the running code, is closing."""
        if self._exit or self._closing or (self._is_mounted and not self.screen_stack):
            return True
        worker = active_worker.get(None)
        pump = worker.node if worker else active_message_pump.get(None)
        if not isinstance(pump, DOMNode) or pump is self:
            return False
        nodes = [node for node in pump.ancestors_with_self if node is not self]
        gone = any(node._closing or node._closed or node._pruning or not node.is_attached for node in nodes)
        return gone or any(isinstance(node, Screen) and node not in self.screen_stack for node in nodes)


def forget_worker() -> None:
    """Clear the worker that this thread ran.

    The thread waits for other work, and would keep all that the worker's reader had open.
    """
    running: ContextVar[Any] = active_worker
    running.set(None)
