"""Edits in place: what is meant changes, and not one character more."""

from collections.abc import Sequence

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from tui.briefing.toml_edits import Append, EditError, Insert, Put, Remove, TomlEdit, edited

TEXT = """\
# the top
format = 1

[briefing]   # the header
id    = "b"
title = '''
[[claim]]
# no comment'''
# authors = []

# ── Part one ──

# about a
[[claim]]
id = "a" # the id
conflicts = [
  # the first
  { to = "c", why = "w" },   # why c
]
# below a

# ── Part two ──
# about v
[[view]]
id = "v"
cite = [{ source = "s", quote = "q" }, { source = "t" }] # both
[view.assess] # of v
why = "w"

[[view.supports]]
to = "a"

# about c
[[claim]]
id = "c"
# ── Part three ──
[[source]]
"id" = "s"
# the end
"""
CASES = {
    "a value": ([Put(("briefing", "id"), '"x"')], [('id    = "b"', 'id    = "x"')]),
    "a value of many lines": ([Put(("briefing", "title"), '"x"')], [("'''\n[[claim]]\n# no comment'''", '"x"')]),
    "a value in an inline table": ([Put(("view", 0, "cite", 0, "quote"), '"x"')], [('"q"', '"x"')]),
    "a value under a quoted key": ([Put(("source", 0, "id"), '"x"')], [('"id" = "s"', '"id" = "x"')]),
    "a new key": (
        [Put(("briefing", "lang"), '"en"')],
        [("# no comment'''\n", "# no comment'''\nlang  = \"en\"\n")],
    ),
    "a new key before inner tables": ([Put(("view", 0, "by"), '"x"')], [("# both\n", '# both\nby = "x"\n')]),
    "a new key at the top": ([Put(("other",), "1")], [("format = 1\n", "format = 1\nother = 1\n")]),
    "a new key in an inline table": (
        [Put(("view", 0, "cite", 1, "quote"), '"x"')],
        [('{ source = "t" }', '{ source = "t", quote = "x" }')],
    ),
    "a new key in a table that is not there": (
        [Put(("claim", 1, "assess", "why"), '"x"')],
        [('id = "c"\n', 'id = "c"\nassess.why = "x"\n')],
    ),
    "two new keys": (
        [Put(("claim", 1, "x"), "1"), Put(("claim", 1, "y"), "2")],
        [('id = "c"\n', 'id = "c"\nx = 1\ny = 2\n')],
    ),
    "an item on a line of its own": (
        [Append(("claim", 0, "conflicts"), '"v"')],
        [("# why c\n", '# why c\n  "v",\n')],
    ),
    "an item on the line": ([Append(("view", 0, "cite"), "{}")], [('"t" }]', '"t" }, {}]')]),
    "an array that is not there": ([Append(("claim", 1, "about"), '"a"')], [('"c"\n#', '"c"\nabout = ["a"]\n#')]),
    "a key away": ([Remove(("claim", 0, "id"))], [('id = "a" # the id\n', "")]),
    "a long key away": ([Remove(("briefing", "title"))], [("title = '''\n[[claim]]\n# no comment'''\n", "")]),
    "an item away": ([Remove(("view", 0, "cite", 0))], [('{ source = "s", quote = "q" }, ', "")]),
    "the last item away": ([Remove(("view", 0, "cite", 1))], [(', { source = "t" }', "")]),
    "an item's line away": ([Remove(("claim", 0, "conflicts", 0))], [('  { to = "c", why = "w" },   # why c\n', "")]),
    "a pair of an inline table away": ([Remove(("view", 0, "cite", 0, "quote"))], [(', quote = "q"', "")]),
    "a table with its comments and inner tables": (
        [Remove(("view", 0))],
        [(TEXT[TEXT.index("# ── Part two") : TEXT.index("# about c")], "")],
    ),
    "a table, the title above it kept": (
        [Remove(("claim", 0))],
        [(TEXT[TEXT.index("# about a") : TEXT.index("# ── Part two")], "")],
    ),
    "a table, the comment of the next one kept": ([Remove(("claim", 1))], [('# about c\n[[claim]]\nid = "c"\n', "")]),
    "the last table": (
        [Remove(("source", 0))],
        [('# ── Part three ──\n[[source]]\n"id" = "s"\n# the end\n', "")],
    ),
    "an inner table": ([Remove(("view", 0, "assess"))], [('[view.assess] # of v\nwhy = "w"\n', "")]),
    "two tables": (
        [Remove(("claim", 1)), Remove(("claim", 0))],
        [
            (TEXT[TEXT.index("# about a") : TEXT.index("# ── Part two")], ""),
            ('# about c\n[[claim]]\nid = "c"\n', ""),
        ],
    ),
    "tables behind their like": (
        [Insert('# about d\n[[claim]]\nid = "d"\n', "claim")],
        [('id = "c"\n', 'id = "c"\n\n# about d\n[[claim]]\nid = "d"\n\n')],
    ),
    "tables at the end": (
        [Insert('[[question]]\nid = "q"', "question")],
        [("# the end\n", '# the end\n\n[[question]]\nid = "q"\n')],
    ),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("edits", "expected"), CASES.values(), ids=CASES)
def test_only_what_is_meant_changes(
    edits: Sequence[TomlEdit], expected: Sequence[tuple[str, str]], newline: str
) -> None:
    wanted = TEXT
    for old, new in expected:
        assert wanted.count(old) == 1
        wanted = wanted.replace(old, new)

    assert wanted.replace("\n", newline) == edited(TEXT.replace("\n", newline), edits)
    assert "\ufeff" + wanted == edited("\ufeff" + TEXT, edits)


ARRAYS = {
    "[]": ("[9]", None),
    "[ ]": ("[9]", None),
    "[ # why\n]": ("[ # why\n9]", None),
    "[1]": ("[1, 9]", "[]"),
    "[1,]": ("[1, 9]", "[]"),
    "[1, 2]": ("[1, 2, 9]", "[2]"),
    "[\n 1,\n 2\n]": ("[\n 1,\n 2,\n 9\n]", "[\n 2\n]"),
    "[\n 1, # one\n 2 # two\n]": ("[\n 1, # one\n 2, # two\n 9\n]", "[\n 2 # two\n]"),
    "[\n 1,\n 2]": ("[\n 1,\n 2, 9]", "[\n 2]"),
    "[\n 1, 2, # both\n]": ("[\n 1, 2, 9 # both\n]", "[\n 2, # both\n]"),
    "[1, # one\n 2\n, # ,\n]": ("[1, # one\n 2\n, # ,\n 9,\n]", "[2\n, # ,\n]"),
}


@pytest.mark.parametrize(("array", "expected"), ARRAYS.items())
def test_arrays_however_they_are_laid_out(array: str, expected: tuple[str, str | None]) -> None:
    appended, without_first = expected
    assert f"a = {appended} # behind\n" == edited(f"a = {array} # behind\n", [Append(("a",), "9")])
    if without_first is not None:
        assert f"a = {without_first} # behind\n" == edited(f"a = {array} # behind\n", [Remove(("a", 0))])


@pytest.mark.parametrize("text", ["", "\n", "# only a comment", "a = 1", '[[t]]\nid = "x" # no line break'])
def test_a_text_without_a_last_line_break(text: str) -> None:
    assert edited(text, [Insert("[[n]]\nx = 1")]).endswith("[[n]]\nx = 1\n")
    assert {"b": 1}.items() <= tomli.loads(edited(text, [Put(("b",), "1")])).items()


@pytest.mark.parametrize(
    "edit",
    [
        Put(("claim", 9, "id"), '"x"'),
        Append(("briefing", "id"), '"x"'),
        Remove(("claim", 2)),
        Remove(("claim", 0, "hedge")),
        Put(("claim", 0, "id"), "no TOML"),
        Put(("claim", 0, "id"), '"x"\ny = 1'),
        Insert("[[claim]"),
        Insert('[view.assess]\nwhy = "not a table of its own"'),
    ],
)
def test_what_cannot_be_done_is_refused(edit: TomlEdit) -> None:
    with pytest.raises(EditError):
        edited(TEXT, [edit])


def test_a_table_in_pieces_goes_as_a_whole() -> None:
    text = '[[c]]\nid = "a"\n[c.x]\ny = 1\n[[v]]\nid = "v"\n[c.z]\ny = 1\n'

    assert edited(text, [Remove(("c", 0))]) == '[[v]]\nid = "v"\n'


def test_what_is_no_toml_stays_as_it_is() -> None:
    text = '[[a]]\nid = "a"\n\n[[b]]\nid = = 1\n\n[[c]]\nid = "c"\n'
    sound = text.replace("id = = 1", "        ")

    assert edited(text, [Put(("c", 0, "id"), '"x"')], sound) == text.replace('"c"', '"x"')


PIECES = st.lists(
    st.tuples(
        st.sampled_from(["", "# above\n", "# title\n\n", "# title\n\n# above\n", "\n\n"]),
        st.sampled_from(["[[a]]", "[[b]]", "[[c]] # header"]),
        st.sampled_from(
            ["", "x = 1\n", "x = nan # behind\n", 's = """\n[[a]]\n# no comment"""\n', "l = [\n 1, # c\n]\n"]
        ),
        st.sampled_from(["", "[NAME.in]\ny = 1\n", "# own\n[[NAME.in]]\ny = 2\n[[NAME.in]]\n"]),
        st.sampled_from(["\n", "# below\n\n", ""]),
    ),
    min_size=1,
    max_size=7,
)


@given(PIECES, st.data(), st.sampled_from(["\n", "\r\n"]))
def test_whatever_the_tables_all_round_an_edit_is_as_it_was(
    pieces: list[tuple[str, str, str, str, str]], data: st.DataObject, newline: str
) -> None:
    names = [header.strip("[]").partition("]")[0] for _, header, *_ in pieces]
    parts = []
    for number, ((above, header, body, inner, below), name) in enumerate(zip(pieces, names, strict=True)):
        parts.append((above, f'{header}\nid = "e{number}"\n{body}', inner.replace("NAME", name), below))
    text = "".join(map("".join, parts)).replace("\n", newline)
    at = data.draw(st.integers(0, len(parts) - 1))
    path = (names[at], names[:at].count(names[at]))
    before = ("".join(map("".join, parts[:at])) + parts[at][0] + parts[at][1]).replace("\n", newline)
    behind = text[len(before) :]

    put = edited(text, [Put((*path, "new"), '"n"')])
    assert put == f'{before}new = "n"{newline}{behind}'
    assert edited(put, [Remove((*path, "new"))]) == text
    assert edited(text, [Put((*path, "id"), '"n"')]) == text.replace(f'"e{at}"', '"n"')

    # What a table takes with it is known but for comments and blank lines, of which none of another table goes.
    gone = edited(text, [Remove(path)])
    kept = [line for place, part in enumerate(parts) if place != at for line in "".join(part[1:3]).split("\n")]
    left = gone.replace("\r\n", "\n").split("\n")
    assert [line for line in kept if line] == [
        line for line in left if line and line not in {"# above", "# title", "# below"}
    ]
    # A title directly below a table's last line is taken for its comment.
    apart = f"\n\n{text}".replace("\r\n", "\n").count("\n\n# title")
    assert apart <= gone.count("# title") <= text.count("# title")

    added = edited(text, [Insert('[[c]]\nid = "new"', "c")])
    assert text.replace(newline, "") == added.replace(newline, "").replace('[[c]]id = "new"', "", 1)
