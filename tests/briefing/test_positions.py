"""Where keys and values stand: whatever is asked for first, and however much of the text is stepped over."""

import tomli
from hypothesis import given
from hypothesis import strategies as st

from tui.briefing.positions import Positions

SCALARS = st.sampled_from(
    [
        "1",
        "-2.5",
        "true",
        "2024-05-01",
        "2024-05-01 07:30:00",
        '"a"',
        '""',
        '"a \\"b\\" #[{"',
        "'['",
        '"""x\n[[t]]\ny = 1"""',
    ]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.lists(inner, min_size=1, max_size=2).map(lambda items: "[ # why ]\n  " + ",\n  ".join(items) + ",\n]")
        | inner.filter(lambda value: "\n" not in value).map(lambda value: f"{{ k = {value} }}")
    ),
    max_leaves=6,
)
ENDS = st.sampled_from(["\n", " # note\n", "\n\n", "  \n# [[t]]\n"])


@given(
    st.lists(st.lists(st.tuples(VALUES, ENDS), max_size=5), max_size=4),
    st.sampled_from(["", "a = 1\n", "# [[t]]\n", "a.b = [\n[1],\n[[true]]\n]\n"]),
    st.data(),
)
def test_every_value_is_found_as_it_is_written(
    tables: list[list[tuple[str, str]]], top: str, data: st.DataObject
) -> None:
    text = top + "".join(
        "[[t]]\n" + "".join(f"k{place} = {value}{end}" for place, (value, end) in enumerate(table)) for table in tables
    )
    paths = [("t", index, f"k{place}") for index, table in enumerate(tables) for place in range(len(table))]
    read = tomli.loads(text)
    positions = Positions(text)
    lines = [0]
    for written in text.splitlines(keepends=True):
        lines.append(lines[-1] + len(written))

    for _, index, key in data.draw(st.permutations(paths)):
        line, column, end_line, end_column = positions.of_words(("t", index, key), -1, 0)
        token = text[lines[line - 1] + column - 1 : lines[end_line - 1] + end_column - 1]
        assert tomli.loads(f"a = {token}")["a"] == read["t"][index][key]
        assert (line, 1) == positions.of_key(("t", index, key))


@given(
    st.lists(
        st.sampled_from(["a.b = [\n[1],\n]", "c = 2 # [[t]]", "[u]", "[[t]]", "[[t]] # note", "[t.v]", "\n"]),
        max_size=6,
    )
)
def test_tables_are_the_same_at_a_glance(lines: list[str]) -> None:
    """A text that begins with a header is walked. One that begins with a blank line need not be."""
    text = "\n".join(["[x]", *lines, ""])
    walked, seen = Positions(text), Positions(f"\n{text}")

    assert seen.tables == {at + 1: path for at, path in walked.tables.items()}
    assert seen.ends == {-1: 0} | {at + 1: end + 1 for at, end in walked.ends.items() if at >= 0}


def test_what_is_not_there_means_its_table() -> None:
    positions = Positions('[[t]]\na = 1\n\n[[t]]\nb = [{ c = "x" }]\n[t.d]\ne = 2\n')

    assert (1, 1) == positions.of_value(("t", 0, "b"))
    assert (4, 1) == positions.of_value(("t", 1, "a"))
    assert (5, 12) == positions.of_value(("t", 1, "b", 0, "c"))
    assert (7, 5) == positions.of_value(("t", 1, "d", "e"))
    assert (6, 1) == positions.of_value(("t", 1, "d", "k"))


def test_a_deep_value_and_a_long_one_are_stepped_over_in_time() -> None:
    deep = "[" * 300 + "]" * 300
    text = f"a = {deep}\nb = [{'{ c = [1, 2] }, ' * 20_000}]\nz = 1\n"

    assert (3, 5) == Positions(text).of_value(("z",))
