"""The export to JSON is versioned: a published schema, and a recorded sample of each version that stays readable."""

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.whole import WHOLE
from tui.briefing import lock
from tui.briefing.loader import load_bytes
from tui.library.compiling import compile_edition
from tui.library.volume import Volume
from tui.render.exports import EXPORTS
from tui.render.formats import json_schema
from tui.render.formats.json import VERSION
from tui.render.selection import Selection, pane_names, view_names

jsonschema: Any = import_module("jsonschema")
RECORDED = Path(__file__).parent / f"export-{VERSION}.json"
"""What the version wrote at first of a briefing that has every key. A new version has a file of its own."""


def export(volume: Volume, pane: str | None = None, entry: str = "") -> Any:
    """Export a selection, and read it."""
    return json.loads("".join(EXPORTS["json"].briefing(Selection(volume, pane, entry), 80)))


@pytest.fixture(scope="module")
def whole() -> Volume:
    loaded = load_bytes(WHOLE.encode(), "whole.toml")
    assert loaded.briefing is not None
    return Volume(compile_edition(loaded.briefing, lock.EMPTY, {}), Path("whole.toml"))


@pytest.fixture(scope="module")
def validator() -> Any:
    document = json_schema.schema()
    jsonschema.Draft202012Validator.check_schema(document)
    return jsonschema.Draft202012Validator(document)


def test_the_schema_is_published(content: Path) -> None:
    assert json_schema.schema_text() == (content / "export.schema.json").read_text(encoding="utf-8")


def test_every_document_is_valid_and_names_its_version(volume: Volume, validator: Any) -> None:
    edition = volume.edition
    panes = [export(volume, pane) for pane in (None, *pane_names(), *view_names())]
    names = [*volume.entries, *volume.sources, *volume.entities]
    found = [*panes, *(export(volume, entry=name) for name in names[:: max(1, len(names) // 20)])]
    for document in found:
        validator.validate(document)
        assert document["format"].startswith("briefing-browser/")
        assert type(document["version"]) is int
    assert [one.id for one in edition.entries] == [one["id"] for one in panes[0]["entries"]]


@pytest.mark.parametrize("fault", [{"version": 2}, {"format": "x"}, {"entries": {}}, {"bluf": 3}])
def test_the_schema_refuses_others(sample: Volume, validator: Any, fault: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(export(sample) | fault)


def test_a_source_has_its_csl_variables_apart(whole: Volume) -> None:
    """So that a variable such as `number` is not taken for the source's own number."""
    (source,) = [one for one in export(whole)["sources"] if one["csl"]]
    assert (1, "12", ["Ed Two"]) == (source["number"], source["csl"]["number"], source["csl"]["editor"])


def test_all_data_is_there(sample: Volume, quay: Volume, validator: Any) -> None:
    written = export(sample)
    notes = [note for entry in written["entries"] for note in entry["notes"]]
    own = [note for entry in sample.edition.entries for note in entry.notes]
    keys = ("source", "quote", "prefix", "suffix", "state", "paragraph", "start", "end")
    assert [[note[key] for key in keys] for note in notes] == [[getattr(note, key) for key in keys] for note in own]
    assert any(note["state"] == "exact" and note["start"] >= 0 for note in notes)
    disputed = export(quay)
    validator.validate(disputed)
    (dispute,) = disputed["evidence"]["conflicts"]["disputes"]
    assert ("how-many", 4) == (dispute["question"], len(dispute["positions"]))
    assert ["few-casks"] == list(disputed["evidence"]["judgments"])
    assert "casks" == disputed["evidence"]["figures"][0]["of"]


class TestCompatibility:
    """A key of a version stays, and keeps its type, until the version is raised."""

    def test_the_recorded_sample_is_valid(self, validator: Any) -> None:
        assert [] == list(validator.iter_errors(json.loads(RECORDED.read_text(encoding="utf-8"))))

    def test_no_key_went_and_none_has_another_type(self, whole: Volume) -> None:
        before, now = set(shapes(json.loads(RECORDED.read_text(encoding="utf-8")))), set(shapes(export(whole)))
        assert before - now == set(), "raise VERSION in tui/render/formats/json.py, and record a sample of it"

    def test_a_key_that_goes_is_noticed(self, whole: Volume) -> None:
        changed = export(whole)
        del changed["entries"][0]["notes"][0]["start"]
        for entry in changed["entries"]:
            entry["number"] = 1
            for note in entry["notes"]:
                note.pop("start", None)
        gone = set(shapes(export(whole))) - set(shapes(changed))
        assert {(".entries[].notes[].start", "number"), (".entries[].number", "string")} <= gone


def shapes(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path of each value with its type."""
    if isinstance(value, dict):
        yield path, "object"
        for key, inner in value.items():
            yield from shapes(inner, f"{path}.{key}")
    elif isinstance(value, list):
        yield path, "array"
        for inner in value:
            yield from shapes(inner, f"{path}[]")
    elif isinstance(value, bool) or value is None:
        yield path, str(type(value).__name__)
    else:
        yield path, "number" if isinstance(value, int | float) else "string"
