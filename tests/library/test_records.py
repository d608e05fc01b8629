"""Records: JSON holds them as they are."""

import json
import subprocess
import sys
import types
import typing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.library import records
from tui.library.records import Edition
from tui.library.records_json import from_json, to_json
from tui.library.volume import Volume

PHRASES = st.text(max_size=8)


def strategy_for(kind: object) -> st.SearchStrategy[object]:
    """Give values for the type of a record's field."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        return st.lists(strategy_for(arguments[0]), max_size=2).map(tuple)
    if origin in {typing.Union, types.UnionType}:
        return st.one_of(*map(strategy_for, arguments))
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if isinstance(kind, type) and hasattr(kind, "_fields"):
        hints = typing.get_type_hints(kind)
        return st.tuples(*(strategy_for(hints[name]) for name in kind._fields)).map(lambda values: kind(*values))
    plain: dict[object, st.SearchStrategy[Any]] = {
        str: PHRASES,
        int: st.integers(0, 99),
        bool: st.booleans(),
        float: st.integers(0, 9),
        type(None): st.none(),
    }
    return plain[kind]


def test_an_edition_comes_back_from_json(volume: Volume) -> None:
    """The bundled briefings survive the cache as they are."""
    assert from_json(json.loads(to_json(volume.edition))) == volume.edition


@given(strategy_for(Edition))
def test_any_edition_comes_back_from_json(edition: Edition) -> None:
    """With its types: equality alone would take a list of a tuple's values for a record."""
    again = from_json(json.loads(to_json(edition)))

    assert again == edition
    assert repr(again) == repr(edition)


@pytest.mark.parametrize(
    "damaged",
    [[], [1], None, 3, "text", {}, ["x"] * 11, ["x"] * 9 + [[["x"]], [], []], ["x"] * 9 + [[], [[1]], []]],
)
def test_another_shape_is_refused(damaged: Any) -> None:
    """A damaged row of the cache is told from a whole one."""
    with pytest.raises((TypeError, ValueError)):
        from_json(damaged)


def test_a_warm_start_goes_without_pydantic() -> None:
    """What a start from the cache imports does not import the models."""
    code = (
        "import sys, tui.library.catalogue, tui.render.pages, tui.render.formats.text; print('pydantic' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"


def test_a_list_imports_no_more_than_it_needs() -> None:
    """Each of these would take a few milliseconds of every list."""
    unwanted = "dataclasses difflib inspect pydantic rich.console tui.library.records tui.library.volume"
    code = (
        "import sys, tui.cli.program, tui.cli.list_, tui.library.catalogue, tui.session.config, tui.render.formats.text\n"
        "tui.cli.program.BY_NAME['list'].parser.parse_args([])\n"
        f"print(sorted({{*{unwanted.split()}, 'shutil'}} & {{*sys.modules}}))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_every_record_is_a_plain_tuple() -> None:
    """No record holds anything but text, numbers, truth values and other tuples."""
    for kind in (records.Edition, records.Entry, records.Source, records.Entity, records.Footnote):
        assert issubclass(kind, tuple)
        assert strategy_for(kind) is not None
