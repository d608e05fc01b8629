"""Back and forward, against a model of two stacks."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tui.session.history import History
from tui.state.records import Location

LOCATIONS = st.builds(
    Location, st.sampled_from(["", "a", "b"]), st.sampled_from(["claims", "views"]), st.text("xy", max_size=2)
)


class AgainstTwoStacks(RuleBasedStateMachine):
    """A history is what lies behind, where one is, and what lies ahead."""

    def __init__(self) -> None:
        super().__init__()
        self.history = History()
        self.history.LONGEST = 5
        self.behind: list[Location] = []
        self.here: Location | None = None
        self.ahead: list[Location] = []

    @rule(location=LOCATIONS)
    def visit(self, location: Location) -> None:
        self.history.visit(location)
        if self.here is not None:
            self.behind = [*self.behind, self.here][-4:]
        self.here, self.ahead = location, []

    @rule(location=LOCATIONS)
    def update(self, location: Location) -> None:
        self.history.update(location)
        if self.here is not None:
            self.here = location

    @rule()
    def back(self) -> None:
        found = self.history.back()
        if self.behind and self.here is not None:
            self.ahead.append(self.here)
            self.here = self.behind.pop()
            assert self.here == found
        else:
            assert found is None

    @rule()
    def forward(self) -> None:
        found = self.history.forward()
        if self.ahead and self.here is not None:
            self.behind.append(self.here)
            self.here = self.ahead.pop()
            assert self.here == found
        else:
            assert found is None

    @invariant()
    def stands_where_the_model_stands(self) -> None:
        assert self.here == self.history.here


TestAgainstTwoStacks = AgainstTwoStacks.TestCase


def test_a_new_history_is_nowhere() -> None:
    history = History()
    assert (None, None, None) == (history.here, history.back(), history.forward())
    history.update(Location("a"))
    assert history.here is None


def test_the_oldest_locations_are_forgotten() -> None:
    history = History()
    for number in range(History.LONGEST + 20):
        history.visit(Location("a", str(number)))
    steps = 0
    while history.back():
        steps += 1
    assert History.LONGEST - 1 == steps
    assert Location("a", "20") == history.here
