"""What a reader may go to, by a part of its name."""

import pytest

from tui.briefing.kinds import PANES
from tui.reader.launch import make_keymap
from tui.session.commands import BY_NAME, COMMANDS
from tui.session.config import Config
from tui.session.everything import SYNONYMS, Everything
from tui.session.goals import MOST, Goal, Goals
from tui.session.permissions import OWN_MACHINE, REMOTE_KIOSK
from tui.session.session import Session
from tui.state.records import Location

_CLAIMS = Location("dprk-missiles", "claims")


@pytest.fixture
def keyed(session: Session) -> Session:
    """Give a session with the default keys."""
    return Session(session.shared, session.state, keymap=make_keymap(Config(), OWN_MACHINE))


def test_an_exact_number_or_id_comes_first() -> None:
    goals = Goals([Goal("C110 other", "", "a", ("C110",)), Goal("C11 one", "", "b", ("C11",), ("hundreds",))])
    assert [goal.leads for _, goal in goals.best("c11")] == ["b", "a"]
    assert [goal.leads for _, goal in goals.best("hundreds")] == ["b"]


def test_what_is_called_so_stands_above_what_has_it_as_id() -> None:
    goals = Goals([Goal("V1 A view", "", "a", (), ("budanov",)), Goal("Kyrylo Budanov", "", "b", ("budanov",))])
    assert [goal.leads for _, goal in goals.best("budanov")] == ["b", "a"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("paparo", "Samuel Paparo"),
        ("sam pap", "Samuel Paparo"),
        ("pap sam", "Samuel Paparo"),
        ("PAPARÓ", "Samuel Paparo"),
        ("apar", "Samuel Paparo"),
        ("smpaparo", "Samuel Paparo"),
        ("kn23", ""),
        ("", ""),
        (" . ", ""),
    ],
)
def test_words_in_any_order_parts_of_words_and_letters_apart_find_a_name(typed: str, name: str) -> None:
    goals = Goals([Goal("Samuel Paparo", "", ""), Goal("Shin Won-sik", "", "")])
    assert [goal.words for _, goal in goals.best(typed)] == ([name] if name else [])


def test_there_are_no_more_than_a_screen_has() -> None:
    assert len(Goals(Goal(f"name {number}", "", "") for number in range(1000)).best("name")) == MOST


@pytest.mark.parametrize(
    ("typed", "leads"),
    [
        ("C11", Location("dprk-missiles", "claims", "kn2324-early-2025")),
        ("exit", "command:quit"),
        ("quit", "command:quit"),
        ("bibliography", "page:sources"),
        ("sources", "page:sources"),
        ("recs", "page:recommendations"),
        ("uncertain", "command:view-judgments"),
        ("assessments", "command:view-judgments"),
        ("timeline", "command:view-timeline"),
        ("who stands where", "command:view-matrix"),
        ("paparo", Location("dprk-missiles", "entity:samuel-paparo")),
        ("budanov", Location("dprk-missiles", "entity:kyrylo-budanov")),
        ("samuel paparo", Location("dprk-missiles", "entity:samuel-paparo")),
    ],
)
def test_the_first_goal_is_what_was_meant(keyed: Session, typed: str, leads: Location | str) -> None:
    first = Everything(keyed, _CLAIMS).found(typed)[0]
    if isinstance(leads, Location):
        assert isinstance(first.leads, Location)
        assert first.leads.page.partition(":")[0] == leads.page.partition(":")[0]
        assert leads.page.startswith("entity") or typed in first.names
    else:
        assert first.leads == leads


def test_a_bookmark_and_a_mark_are_goals(session: Session) -> None:
    session.state.mark("*", _CLAIMS._replace(block="hundreds"), "Hundreds delivered, reportedly")
    session.state.mark("a", Location("gone", "claims", "x"), "Something else")
    found = Everything(session, _CLAIMS).found("hundreds delivered")
    assert "bookmark" in {goal.about for goal in found}
    assert not [goal for goal in Everything(session, _CLAIMS).found("something else") if "mark" in goal.about]


def test_every_command_is_a_goal_with_its_key_and_synonyms_are_of_commands(keyed: Session) -> None:
    assert SYNONYMS.keys() <= BY_NAME.keys()
    goals = Everything(keyed, _CLAIMS).found("")
    assert {command.name for command in COMMANDS if command.words} - {"go-to"} == {
        str(goal.leads).partition(":")[2] if str(goal.leads).startswith("command") else goal_name(goal)
        for goal in goals
    }
    assert all("·" in goal.about for goal in goals)


def goal_name(goal: Goal) -> str:
    """Return the command that opens a pane."""
    panes = {f"page:{pane}": f"pane-{number}" for number, pane in enumerate(PANES)}
    return panes[str(goal.leads)]


def test_without_a_briefing_neither_panes_nor_views_are_offered(keyed: Session) -> None:
    abouts = {goal.about.partition(" ")[0] for goal in Everything(keyed, Location()).found("")}
    assert abouts == {"command"}


def test_what_a_visitor_may_not_do_is_no_goal(session: Session) -> None:
    keyed = Session(session.shared, session.state, keymap=make_keymap(Config(), REMOTE_KIOSK))
    for typed in ("editor", "drafts", "suspend", ""):
        leads = {goal.leads for goal in Everything(keyed, _CLAIMS).found(typed)}
        assert not leads & {"command:edit", "command:drafts", "command:suspend", "command:quote"}
