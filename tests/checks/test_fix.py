"""Mending TOML with its comments and layout kept."""

import difflib

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from tui.checks.fix import UnmendableError, mended
from tui.checks.rule import Edit

TEXT = """\
# the top

[briefing]   # the header
id = "b"
ignore = ["C009", "S001"]  # why not

[[claim]]
id = "a" # the id
conflicts = [
  # the first
  { to = "c", why = "w" },   # why c
]

# ── B ──

[[view]]
id    = "v"
text  = \"\"\"
[[claim]]
many \\
lines\"\"\"
# behind the view

[[claim]]
id = "c"
ignore = ["D001"]   # alone
ignore_why = "So it is."
[claim.assess]
likelihood = "likely"

# the end
"""


def changes(old: str, new: str) -> list[str]:
    """Give the lines that went and came."""
    found = difflib.ndiff(old.split("\n"), new.split("\n"))
    return [line for line in found if line[:2] in {"- ", "+ "} and line.strip() not in {"+", "-"}]


class TestAppend:
    def test_to_an_array_of_many_lines(self) -> None:
        assert changes(TEXT, mended(TEXT, [Edit("append", ("claim", 0, "conflicts"), "v")])) == ['+   "v",']

    def test_of_a_new_key_behind_the_last_one_of_its_table(self) -> None:
        """Not behind the comments that belong to what follows, and not into the string that looks like a table."""
        new = mended(TEXT, [Edit("append", ("view", 0, "conflicts"), "a")])

        assert changes(TEXT, new) == ['+ conflicts = ["a"]']
        assert 'lines"""\nconflicts = ["a"]\n# behind the view\n' in new

    def test_before_an_inner_table(self) -> None:
        new = mended(TEXT, [Edit("append", ("claim", 1, "conflicts"), "a")])

        assert changes(TEXT, new) == ['+ conflicts = ["a"]']
        assert tomli.loads(new)["claim"][1]["conflicts"] == ["a"]

    def test_what_is_there_is_not_appended_again(self) -> None:
        edit = Edit("append", ("view", 0, "conflicts"), "a")

        assert mended(mended(TEXT, [edit, edit]), [edit]) == mended(TEXT, [edit])

    def test_to_inline_tables(self) -> None:
        text = 'claim = [{ id = "a" }, { id = "b" }] # both\n'

        assert mended(text, [Edit("append", ("claim", 1, "conflicts"), "a")]) == (
            'claim = [{ id = "a" }, { id = "b", conflicts = ["a"] }] # both\n'
        )


class TestRemove:
    def test_from_an_array(self) -> None:
        new = mended(TEXT, [Edit("remove", ("briefing", "ignore"), "C009")])

        assert changes(TEXT, new) == ['- ignore = ["C009", "S001"]  # why not', '+ ignore = ["S001"]  # why not']

    def test_the_last_one_goes_with_its_reason(self) -> None:
        new = mended(TEXT, [Edit("remove", ("claim", 1, "ignore"), "D001")])

        assert changes(TEXT, new) == ['- ignore = ["D001"]   # alone', '- ignore_why = "So it is."']


def test_lines_that_end_in_cr_lf_do_so_still() -> None:
    edits = [Edit("append", ("view", 0, "conflicts"), "a"), Edit("append", ("claim", 0, "conflicts"), "v")]

    assert mended(TEXT.replace("\n", "\r\n"), edits) == mended(TEXT, edits).replace("\n", "\r\n")


def test_a_table_in_pieces_is_mended_in_its_first_piece() -> None:
    text = '[[claim]]\nid = "a"\n[claim.assess]\nwhy = "."\n[[view]]\nid = "v"\n[claim.quantity]\nof = "x"\n'
    edits = [Edit("append", ("view", 0, "conflicts"), "a"), Edit("append", ("claim", 0, "conflicts"), "v")]

    assert changes(text, mended(text, edits)) == ['+ conflicts = ["v"]', '+ conflicts = ["a"]']


def test_several_edits_of_one_array() -> None:
    text = '[[claim]]\nid = "a"\nignore = ["C001", "C002", "C003"]\nignore_why = "."\n'
    edits = [Edit("remove", ("claim", 0, "ignore"), rule) for rule in ("C001", "C003")]

    assert mended(text, edits) == text.replace('["C001", "C002", "C003"]', '["C002"]')
    assert mended(text, [*edits, Edit("remove", ("claim", 0, "ignore"), "C002")]) == '[[claim]]\nid = "a"\n'


@pytest.mark.parametrize(
    "edit", [Edit("append", ("claim", 9, "conflicts"), "a"), Edit("remove", ("claim", 0, "ignore"), "C009")]
)
def test_what_is_not_there_is_not_mended(edit: Edit) -> None:
    with pytest.raises(UnmendableError):
        mended(TEXT, [edit])


@given(st.lists(st.sampled_from(["[[claim]]", "[[view]]"]), min_size=1, max_size=6), st.data())
def test_whatever_the_order_of_tables_only_what_is_meant_changes(headers: list[str], data: st.DataObject) -> None:
    text = "".join(f'# {n}\n{header}\nid = "e{n}"  # {n}\n\n' for n, header in enumerate(headers))
    tables = [header.strip("[]") for header in headers]
    at = data.draw(st.integers(0, len(tables) - 1))
    place = tables[:at].count(tables[at])

    new = mended(text, [Edit("append", (tables[at], place, "conflicts"), "x")])

    assert changes(text, new) == ['+ conflicts = ["x"]']
    assert tomli.loads(new)[tables[at]][place]["conflicts"] == ["x"]
