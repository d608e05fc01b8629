"""The pages that belong to no briefing: the help, the marks, and the plain view."""

import pytest
from rich.cells import cell_len

from tui.briefing.kinds import PANES
from tui.render.layout import lay_out
from tui.render.signs import SYMBOLS, Sign
from tui.session.commands import BY_NAME, COMMANDS
from tui.session.keymap import Keymap, shown
from tui.session.links import follow
from tui.session.own_pages import bookmarks_page, help_page, help_rows, hinted, plain_page, told_of
from tui.session.session import Session
from tui.state.reader_state import ReaderState
from tui.state.records import Location

DEFAULTS = [(command.name, command.keys) for command in COMMANDS]
KEYMAP = Keymap(DEFAULTS, {})
REMAPPED = Keymap(DEFAULTS, {"next": ("n", "f5"), "pane-0": ("x",), "quit": (), "copy": ("ctrl+alt+shift+pagedown",)})


def rows_of(width: int, keymap: Keymap = KEYMAP) -> list[str]:
    """Give the help as it stands on a page of a width."""
    page = help_page(keymap, width)
    lines = [line for index in range(len(page)) for line in lay_out(page.block(index), width)]
    return ["".join(span.text for span in line.spans).rstrip() for line in lines]


@pytest.mark.parametrize("keymap", [KEYMAP, REMAPPED], ids=["usual", "remapped"])
def test_the_help_fits_a_terminal_of_80x24(keymap: Keymap) -> None:
    """Between masthead and status line stand 19 rows; the page has 76 columns."""
    rows = rows_of(80, keymap)
    assert len(rows) <= 19
    assert max(map(cell_len, rows)) <= 76


@pytest.mark.parametrize("width", [80, 100, 120, 300])
def test_the_help_has_two_columns_where_there_is_room(width: int) -> None:
    assert rows_of(80) == rows_of(width)


@pytest.mark.parametrize("width", [38, 50, 79])
def test_the_help_has_one_column_on_a_narrow_screen(width: int) -> None:
    rows = rows_of(width)
    closing = next(index for index, row in enumerate(rows) if "runs the line" in row)
    assert max(map(cell_len, rows[:closing])) <= 38
    assert len(rows) > 30


def test_both_helps_say_the_same() -> None:
    narrow = rows_of(60)
    closing = next(index for index, row in enumerate(narrow) if "runs the line" in row)
    one = {row.strip() for row in narrow[:closing]}
    two = {part.strip() for row in rows_of(100) for part in (row[:38], row[38:])} - {""}
    assert {row for row in one if len(row) < 38} <= two | {""}


def test_no_words_of_the_help_are_cut() -> None:
    text = "\n".join(rows_of(60))
    for row in help_rows(KEYMAP):
        assert row.keys in text
        assert row.words in text


def test_the_help_tells_the_keys_that_were_chosen() -> None:
    rows = {row.words: row.keys for row in help_rows(REMAPPED)}
    assert "n k" == rows["next, previous entry"]
    assert "N" == rows["previous match"]  # the next one has no key
    others = range(1, len(PANES))
    assert " ".join(["x", *map(str, others)]) == rows["open a pane"]
    assert "! ?" == rows["messages, help"]
    assert f"0–{max(others)}" == {row.words: row.keys for row in help_rows(KEYMAP)}["open a pane"]


def test_the_help_names_no_command_whose_key_another_one_took() -> None:
    """A line has as many keys as it names commands, whichever command has none."""
    size = {one.joint: 1 + one.joins for one in COMMANDS if one.joint}
    loose = {words for words, number in size.items() if number > 2 and words.count(", ") + 1 != number}
    for name, keys in DEFAULTS:
        for row in help_rows(Keymap(DEFAULTS, {name: ()})):
            told = [named for _, named in row.ways if named]
            if len(told) == 1:
                assert row.words == BY_NAME[told[0]].words
            elif row.heading != "Panes" and row.words not in loose:
                assert len(told) == size.get(row.words, row.words.count(", ") + 1), (row, name)
            assert name not in told, keys


def test_every_command_is_in_the_help_once() -> None:
    told = [row.words for row in help_rows(KEYMAP)]
    assert len(told) == len(set(told))
    joined = {
        later.name
        for index, one in enumerate(COMMANDS)
        if one.joint
        for later in COMMANDS[index + 1 : index + 1 + one.joins]
    }
    for command in COMMANDS:
        if command.words and command.name not in joined and not command.name.startswith(("pane-", "view-")):
            assert (command.joint or command.words) in told


def test_the_columns_of_the_help_stand_apart() -> None:
    """No words are cut, and two cells part them from the keys at their right."""
    page = help_page(KEYMAP, 80)
    rows = [page.block(place).text for place, name in enumerate(page.ids) if name.startswith("keys:")]
    for said in {row.words for row in help_rows(KEYMAP)}:
        assert any(said in row for row in rows), said
        for row in rows:
            at = row.find(f" {said} ")
            assert at < 0 or not row[at + len(said) + 2 : at + len(said) + 3].strip(), row


def test_the_footer_tells_what_leads_on() -> None:
    expected = (
        ("j k", "move", "next"),
        ("Enter", "open", "open"),
        ("Tab", "links", "next-link"),
        ("Shift+Tab", "links", "previous-link"),
        ("Ctrl+o", "back", "back"),
        ("Alt+→", "forward", "forward"),
        ("f", "footnote", "peek"),
        ("/", "find", "find"),
        ("Ctrl+k", "search all", "search"),
        ("?", "help", "help"),
        ("q", "quit", "quit"),
    )
    assert expected == told_of(hinted(KEYMAP))


def test_the_footer_tells_the_keys_that_were_chosen_and_no_command_without_one() -> None:
    told = {
        name: keys for keys, _, name in told_of(hinted(Keymap(DEFAULTS, {"next": ("f5",), "previous": (), "quit": ()})))
    }
    assert "F5" == told["next"]
    assert "quit" not in told
    assert set(told) <= set(BY_NAME)


def test_no_marks_yet(session: Session) -> None:
    page = bookmarks_page(session)
    assert ["none"] == list(page.ids)
    assert page.block(0).text.startswith("No marks yet.")


def test_marks_are_listed_the_newest_first_and_lead_to_their_locations(session: Session, state: ReaderState) -> None:
    state.mark("a", Location("sample", "claims", "seven"), "The book has seven swans.")
    state.mark("*", Location("", "library", "sample"), "")
    page = bookmarks_page(session)
    texts = [page.block(index).text.split("\n") for index in range(2)]
    assert [["Library", "Library"], ["The book has seven swans.", "Swans on a pond · Claims"]] == texts
    targets = [page.block(index).target for index in range(2)]
    locations = [Location("", "library", "sample"), Location("sample", "claims", "seven")]
    assert locations == [follow(session, target, Location()) for target in targets]


def test_the_plain_view_keeps_the_lines_as_they_are_copied() -> None:
    page = plain_page((lambda: "one\n\n  two",), KEYMAP)
    assert ["one", "", "  two"] == page.block(0).text.split("\n")[:3]
    assert not page.cursor


@pytest.mark.parametrize("signs", [(), SYMBOLS[:1], SYMBOLS])
def test_headings_are_not_counted_in_the_help(signs: tuple[Sign, ...]) -> None:
    """The cursor stops where Enter does something: at keys and at signs."""
    page = help_page(KEYMAP, 80, on_page=signs)
    counted = [index for index in range(len(page)) if page.counter(index)[0]]
    targets = [page.block(index).target for index in counted]
    assert all(targets)
    assert [target for target in targets if target.startswith("sign:")] == [f"sign:{sign.symbol}" for sign in signs]
    assert len(targets) > 15 + len(signs)


@pytest.mark.parametrize("width", [60, 120])
def test_every_key_in_the_help_runs_its_command_and_only_lines_of_keys_stop_the_cursor(width: int) -> None:
    page = help_page(KEYMAP, width)
    links = {
        (span.text, span.target)
        for index in range(len(page))
        for para in page.block(index).paras
        for span in para.spans
        if span.target
    }
    for key, target in links:
        command = BY_NAME[target.removeprefix("beneath:")]
        assert key == shown(command.keys[0])
    panes = {f"pane-{number}" for number in range(1, len(PANES) - 1)}  # between the first and the last
    told = {target.removeprefix("beneath:") for _, target in links}
    assert told == {command.name for command in COMMANDS if command.words} - panes


@pytest.mark.parametrize("width", [50, 80, 120])
def test_the_keys_of_the_views_are_read_one_by_one(width: int) -> None:
    said = next(row for row in rows_of(width) if "evidence views" in row)
    views = [BY_NAME[command.name].keys[0] for command in COMMANDS if command.name.startswith("view-")]
    assert " ".join(views) in said
