"""The quick look for a key finds what the walk of the whole text finds, or nothing."""

import tomli
from hypothesis import example, given, reject
from hypothesis import strategies as st

from tui.briefing.toml_scan import STATEMENTS, seeker, statement_of

KEYS = ("a", "b", "a-b", "id", "d")
SCALARS = st.sampled_from(
    [
        "1",
        "true",
        "inf",
        "0xbe",
        "1979-05-27",
        "1979-05-27 07:32:00",
        '"x"',
        '""',
        "''",
        '"a = 1"',
        '"\\"] a = 1"',
        '"\\\\"',
        "'# ['",
        '"] }"',
        "'\\'",
    ]
)
BREAKS = st.sampled_from(["", " ", "\n", "\n  ", " # a = 1\n", "\n# b = ] }\n", ' # "\n', "\r\n"])


def _array(items: list[str], gap: str, *, comma: bool) -> str:
    inside = f",{gap}".join(items)
    return f"[{gap}{inside}{',' if comma and items else ''}{gap}]"


def _table(values: list[str], gap: str) -> str:
    """Return an inline table. TOML 1.1 lets it break its lines."""
    pairs = (f"{key} = {value}" for key, value in zip(KEYS, values, strict=False))
    return f"{{{gap}{f',{gap}'.join(pairs)}{gap}}}"


VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.builds(_array, st.lists(inner, max_size=3), BREAKS, comma=st.booleans())
        | st.builds(_table, st.lists(inner, max_size=3), BREAKS)
    ),
    max_leaves=6,
)
FORMS = st.sampled_from(
    ["{} = {}", "{}={}", "  {} = {}", "{}  =  {}", '"{}" = {}', "{}.x = {}", "{} = {} ", "\t{} =\t{}"]
)
ENDS = st.sampled_from(["\n", "\r\n", " # a = 1\n", "\n\n", "\n# b = 2\n", "\n  \n"])
STATEMENT = st.tuples(st.sampled_from(KEYS), FORMS, VALUES, ENDS)


@given(
    st.sampled_from(["", "\n", "[[claim]]\n", "[a] # a = 1\n", '["a".b]\n']),
    st.lists(STATEMENT, max_size=6, unique_by=lambda one: one[0]),
    st.sampled_from(["", "[a.c]\na = 1\n", "[[d]]\n\na = 1\nb = 2\n", "\n[id]\n'a' = 3\n"]),
)
@example("", [("b", "{} = {}", "[1,\n2]", "\n"), ("a", "{} = {}", "2", "\n")], "")
@example("\n", [("b", "{} = {}", '[{ a = 1 }, # a = 1\n{ a = "]" }]', "\n"), ("a", "{} = {}", "2", "\n")], "")
@example("\n", [("b", "{} = {}", "{\na = 1,\nid = 2 }", "\n"), ("a", "{} = {}", "3", "\n")], "")
@example("\n", [("b", "{} = {}", "{ id = 1, # 1\na = 1 }", "\n"), ("a", "{} = {}", "3", "\n")], "")
def test_the_quick_look_is_the_walk(before: str, statements: list[tuple[str, str, str, str]], behind: str) -> None:
    written = "".join(form.format(key, value) + end for key, form, value, end in statements)
    text = before + written + behind
    start = len(before.rstrip("\n"))
    try:
        known = tomli.loads(f"\n{written}")
    except tomli.TOMLDecodeError:  # a parser of TOML 1.0
        reject()
    stretch = STATEMENTS.match(text, start)
    assert stretch is not None
    for key in KEYS:
        quick = statement_of(text, key, start, stretch.end())
        if quick is None:
            continue
        slow = seeker(key).match(text, start, stretch.end())
        assert slow is not None
        assert quick == (slow.start(1), *slow.span(2))
        at, value, end = quick
        assert text.startswith(f"{key} = ", at)
        assert tomli.loads(f"v = {text[value:end]}")["v"] == known[key]


def test_the_quick_look_is_taken() -> None:
    text = '[[claim]]\nid = "x"\ncite = [{ source = "id" }]\nid-b = 1\n'
    assert [
        text[begin:end]
        for at in ("id", "cite")
        for _, begin, end in [statement_of(text, at, 9, len(text)) or (0, 0, 0)]
    ] == [
        '"x"',
        '[{ source = "id" }]',
    ]
