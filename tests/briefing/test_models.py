"""The models: frozen, strict, and documented down to the last field."""

import re
import types
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from tui.briefing import edtf, entry, fields, judgments, model, schema, source, statements
from tui.briefing.kinds import KINDS
from tui.briefing.loader import load_file
from tui.briefing.model import Briefing

MODELS = [
    value
    for module in (fields, source, entry, statements, judgments, model)
    for value in vars(module).values()
    if isinstance(value, type) and issubclass(value, fields.Table) and value.__module__ == module.__name__
]


@pytest.mark.parametrize("table", MODELS, ids=lambda table: table.__name__)
class TestModels:
    def test_is_frozen_and_takes_no_unknown_key(self, table: type[BaseModel]) -> None:
        """Nothing changes once it is loaded, and nothing is ignored."""
        assert table.model_config["frozen"]
        assert table.model_config["extra"] == "forbid"
        assert table.model_config["strict"]

    def test_every_field_is_documented(self, table: type[BaseModel]) -> None:
        """The schema gives each field the text that stands below it in the source."""
        documents = [schema.schema(version) for version in (1, 2)]
        found = [one if table is Briefing else one["$defs"].get(table.__name__) for one in documents]
        properties = {name: text for one in found if one for name, text in one["properties"].items()}
        if not properties:
            assert table in {
                fields.Table,
                fields.Ignoring,
                fields.Identified,
                entry.Entry,
                entry.Statement,
            }  # what others inherit from
            return
        assert set(properties) == set(fields.keys_of(table))
        for name, text in properties.items():
            assert len(text["description"]) > 5, name
            assert text["description"].endswith("."), name


def test_a_value_cannot_be_changed(content: Path) -> None:
    """Assignment to a field of a loaded briefing fails."""
    briefing = load_file(content / "handbook" / "briefing.toml").briefing

    assert briefing is not None
    with pytest.raises(ValidationError, match="frozen"):
        setattr(briefing.briefing, "title", "another")  # noqa: B010 -- as code that no type checker saw would
    assert isinstance(briefing.claim, tuple)


def test_entries_come_in_reading_order(content: Path) -> None:
    """Background, claims, views, recommendations, assumptions, questions."""
    briefing = load_file(content / "handbook" / "briefing.toml").briefing

    assert briefing is not None
    models = [type(item) for item in briefing.entries()]
    assert list(dict.fromkeys(models)) == [model.MODELS[name] for name in KINDS if briefing.of_kind(name)]


def test_how_much_was_seen() -> None:
    """As stated; else only reported where it is known through another; else an excerpt."""
    assert source.Source(id="a", type="book", seen="full", cited_in="b").extent_seen == "full"
    assert source.Source(id="a", type="book", cited_in="b").extent_seen == "reported"
    assert source.Source(id="a", type="book").extent_seen == "excerpt"


def test_numbers_keep_what_they_are() -> None:
    """Whole numbers, fractions and nothing are all quantities."""
    quantity = fields.Quantity(of="x", min=200, max=0.5)

    assert (quantity.min, quantity.max) == (200, 0.5)
    assert fields.Quantity(of="x").min is None


class TestSchema:
    def test_the_shipped_schema_is_the_one_of_the_models(self, content: Path) -> None:
        """`briefing schema` prints what lies beside the bundled briefings; the old format's is made on demand."""
        assert schema.schema_text() == (content / "briefing.schema.json").read_text(encoding="utf-8")

    def test_every_bundled_briefing_names_it_in_its_first_line(self, content: Path) -> None:
        """Editors complete and check by it."""
        for path in content.glob("*/briefing.toml"):
            first = path.read_text(encoding="utf-8").partition("\n")[0]
            assert first == "#:schema ../briefing.schema.json", path
            assert (path.parent / first.removeprefix("#:schema ")).exists()

    def test_the_bundled_briefings_fit_it(self, content: Path) -> None:
        """An independent validator finds nothing."""
        for path in content.glob("*/briefing.toml"):
            document = tomli.loads(path.read_text(encoding="utf-8"))
            validator = _validator(document["format"])
            assert [error.message for error in validator.iter_errors(document)] == []

    def test_it_refuses_what_the_loader_refuses(self, content: Path) -> None:
        """An editor that knows the schema marks an unknown key and a missing one."""
        errors = [error.message for error in _validator(1).iter_errors({"format": 1, "briefing": {"idd": "x"}})]

        assert any("'idd' was unexpected" in message for message in errors)
        assert any("'title' is a required property" in message for message in errors)

    @pytest.mark.parametrize(
        ("key", "value"),
        [("id", "One"), ("id", "a" * 65), ("as_of", "2026-13"), ("as_of", "soon"), ("lang", "english!"), ("lang", "e")],
    )
    def test_it_refuses_values_whose_form_is_wrong(self, content: Path, key: str, value: str) -> None:
        """An editor marks an id, a date or a language that the loader would refuse."""
        header = {"id": "a", "title": "A", "bluf": "A.", "lang": "en", "as_of": "2026"}
        validator = _validator(1)
        assert validator.is_valid({"format": 1, "briefing": header})
        assert not validator.is_valid({"format": 1, "briefing": header | {key: value}})

    @given(
        st.from_regex(edtf.PATTERN.replace("^", "").replace("$", ""), fullmatch=True)
        | st.text("0123X-/.?~", max_size=23)
    )
    @example("1985-04-12?/2004-06~")
    @example("201X")
    @example("/2024")
    @example("2024/..")
    @example("2024-XX-XX%/2025-12-31%")
    def test_dates_that_can_be_read_have_its_form(self, text: str) -> None:
        """Nothing that loads is marked."""
        try:
            edtf.parse(text)
        except ValueError:
            return
        assert re.search(edtf.PATTERN, text)
        assert len(text) <= edtf.LONGEST

    @given(st.from_regex(fields.LANGUAGE_IN_SCHEMAS, fullmatch=True) | st.text("aixAZ9-", max_size=9))
    def test_languages_have_its_form(self, text: str) -> None:
        assert bool(re.search(fields.LANGUAGE_IN_SCHEMAS, text)) == bool(fields.LANGUAGE.fullmatch(text.rstrip("\n")))


def _validator(version: int) -> Any:
    jsonschema: types.ModuleType = pytest.importorskip("jsonschema")
    document = schema.schema(version)
    jsonschema.Draft202012Validator.check_schema(document)
    return jsonschema.Draft202012Validator(document)
