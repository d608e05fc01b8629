"""The table of kinds: it says of each what its model has, and nothing else lists kinds or panes."""

import re
from pathlib import Path
from typing import Final

from tui.briefing.entry import Entry, Statement
from tui.briefing.fields import keys_of
from tui.briefing.kinds import KINDS, PANE_OF, PANES
from tui.briefing.model import MODELS

TUI: Final = Path(__file__).parents[2] / "tui"


def test_the_table_says_what_the_models_have() -> None:
    for name, model in MODELS.items():
        shared = (Statement if issubclass(model, Statement) else Entry).model_fields
        own = [key for key in keys_of(model) if key not in shared]
        assert list(KINDS[name].says) == own, name
        assert set(KINDS[name].keys.values()) <= {*own, *shared}, name


def test_every_kind_has_its_letter_and_one_pane() -> None:
    assert len({kind.letter for kind in KINDS.values()}) == len(KINDS)
    assert set(PANE_OF) == set(KINDS)
    assert sorted(kind for pane in PANES.values() for kind in pane.kinds) == sorted(KINDS)


def test_nothing_else_lists_the_kinds_or_the_panes() -> None:
    """A list that names three kinds or three panes would have to be kept by hand."""
    for path in TUI.rglob("*.py"):
        if path.name == "kinds.py":
            continue
        for literal in re.findall(r"[\[({][^\[\](){}]*[\])}]", path.read_text(encoding="utf-8")):
            strings = set(re.findall(r"\"([^\"\n]+)\"", literal))
            assert len(strings & set(KINDS)) < 3, (path, literal)
            assert len(strings & set(PANES)) < 3, (path, literal)
