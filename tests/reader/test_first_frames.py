"""The first frames of a start: a kept one stays until an equal one comes, and of equal ones one is painted."""

from collections.abc import Callable

import pytest
from rich.console import Console
from rich.segment import Segment
from textual.geometry import Offset, Region, Size
from textual.strip import Strip

from tui.instant import EarlyScreen
from tui.reader.first_frames import FirstFrames, frame_text
from tui.reader.textual_internals import ChopsUpdate, CompositorUpdate, LayoutUpdate

SIZE = (8, 1)


class App:
    """An app that would paint a word."""

    def __init__(self, word: str) -> None:
        """Show a word."""
        self.word = word
        self.console = Console(force_terminal=True)
        self.size = Size(*SIZE)
        self.cursor_position = Offset(0, 0)
        self.painted: list[str] = []
        self.later: list[Callable[[], None]] = []

    def whole_frame(self) -> LayoutUpdate:
        """Return the screen."""
        return LayoutUpdate([[Strip([Segment(self.word)])]], Region(0, 0, *SIZE))

    def paint(self, frame: LayoutUpdate) -> None:
        """Remember what is painted."""
        self.painted.append(frame_text(self, frame))

    def set_timer(self, delay: float, callback: Callable[[], None]) -> None:
        """Remember what is called later."""
        self.later.append(callback)

    def part(self) -> ChopsUpdate:
        """Return a part of the screen."""
        return ChopsUpdate([], [], [])


class Early(EarlyScreen):
    """A screen that shows a frame of an app."""

    def __init__(self, app: App) -> None:
        """Show what the app shows now."""
        self.frame = frame_text(app, app.whole_frame()).encode()
        self.size = SIZE


class Clock:
    """A clock that is set."""

    now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Give a clock."""
    return Clock()


def test_over_an_equal_kept_frame_nothing_is_painted(clock: Clock) -> None:
    app = App("swans")
    frames = FirstFrames(Early(app), clock)
    assert [frames.is_held(app, app.whole_frame()), frames.is_held(app, app.part())] == [True, True]
    assert frames.verdict == "equal"
    app.later[0]()
    assert app.painted == []
    app.word = "geese"
    assert not frames.is_held(app, app.part())


def test_frames_that_are_not_whole_yet_are_waited_with(clock: Clock) -> None:
    app = App("swans")
    frames = FirstFrames(Early(app), clock)
    app.word = ""
    assert frames.is_held(app, app.whole_frame())
    assert frames.verdict == "waiting"
    app.word = "swans"
    assert frames.is_held(app, app.part())
    assert (frames.verdict, app.painted) == ("equal", [])


def test_a_stale_frame_is_painted_over_after_a_while(clock: Clock) -> None:
    app = App("swans")
    frames = FirstFrames(Early(app), clock)
    app.word = "geese"
    assert frames.is_held(app, app.whole_frame())
    assert app.painted == []
    app.later[0]()
    assert frames.verdict == "different"
    assert ["geese" in text for text in app.painted] == [True]


@pytest.mark.parametrize("cause", ["input", "size", "time"])
def test_input_and_another_size_and_time_end_the_wait(clock: Clock, cause: str) -> None:
    app = App("swans")
    frames = FirstFrames(Early(app), clock)
    app.word = "geese"
    if cause == "size":
        app.size = Size(20, 2)
    if cause == "time":
        assert frames.is_held(app, app.part())
        clock.now = 0.3
    if cause == "input":
        frames.end_with_next()
    assert frames.is_held(app, app.part())
    assert (frames.verdict, len(app.painted)) == ("different", 1)


def test_without_a_kept_frame_equal_ones_are_painted_once(clock: Clock) -> None:
    app = App("swans")
    frames = FirstFrames(None, clock)
    kinds: list[Callable[[], CompositorUpdate]] = [app.whole_frame, app.part, app.part, app.whole_frame]
    assert [frames.is_held(app, frame()) for frame in kinds] == [False, True, True, True]
    app.word = "geese"
    assert [frames.is_held(app, frame()) for frame in kinds] == [False, True, True, True]
    assert app.painted == []


def test_after_the_start_all_is_painted(clock: Clock) -> None:
    """What the terminal shows is not known for ever."""
    app = App("swans")
    frames = FirstFrames(None, clock)
    assert not frames.is_held(app, app.whole_frame())
    frames.end_with_next()
    assert frames.is_held(app, app.whole_frame())
    assert not frames.is_held(app, app.whole_frame())
    clock.now = 5
    assert not frames.is_held(app, app.whole_frame())


def test_the_number_of_a_link_does_not_count(clock: Clock) -> None:
    app = App("\x1b]8;id=1-2;https://pond\x1b\\here\x1b]8;;\x1b\\")
    frames = FirstFrames(Early(app), clock)
    app.word = app.word.replace("id=1-2", "id=3-4")
    assert frames.is_held(app, app.whole_frame())
    assert frames.verdict == "equal"
