"""The JSON Schema of the format, with the models' docstrings as descriptions."""

import ast
import inspect
import json
from typing import Any, Final

from tui.briefing import entry, fields, judgments, model, source, statements
from tui.briefing.fields import field_of
from tui.briefing.formats import NEWEST, keys_of_other_formats
from tui.briefing.validation import TABLE_MODELS

_MODULES: Final = (fields, source, entry, statements, judgments, model)


def schema(version: int = NEWEST) -> dict[str, Any]:
    """Build the schema of a format. Every property has the docstring of its field."""
    document = model.Briefing.model_json_schema(mode="validation")
    texts = _field_docstrings()
    tables = {"Briefing": "", **{table.__name__: name for name, table in TABLE_MODELS.items() if name}}
    for name, table in [("Briefing", document), *document["$defs"].items()]:
        table.pop("title", None)
        for key in keys_of_other_formats(version, tables.get(name, "")):
            table["properties"].pop(key, None)
        for key, value in table.get("properties", {}).items():
            value.pop("title", None)
            value["description"] = _find(texts, name, field_of(key))
    document["properties"]["format"].update({"const": version, "type": "integer"})
    document["properties"]["format"].pop("enum", None)
    _drop_unused(document)
    document["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    document["title"] = f"Briefing, format {version}"
    # Editors read the line `#:schema …` of a file; the key `$schema` itself is no key of the format.
    return document


def schema_text(version: int = NEWEST) -> str:
    """Write the schema as it is shipped beside the bundled briefings."""
    return json.dumps(schema(version), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _drop_unused(document: dict[str, Any]) -> None:
    """Drop the definitions that nothing refers to."""
    used: set[str] = set()
    waiting: list[Any] = [{key: value for key, value in document.items() if key != "$defs"}]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            name = str(value.get("$ref", "")).removeprefix("#/$defs/")
            if name and name not in used:
                used.add(name)
                waiting.append(document["$defs"][name])
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    document["$defs"] = {name: table for name, table in document["$defs"].items() if name in used}


def _find(texts: dict[tuple[str, str], str], name: str, key: str) -> str:
    """Find the description of a field in its class or the bases."""
    bases = (name, "Relation", "Statement", "Entry", "Identified", "Ignoring")
    return next(texts[table, key] for table in bases if (table, key) in texts)


def _field_docstrings() -> dict[tuple[str, str], str]:
    """Read the string that follows each annotated name in the models' source.

    pydantic can do this when it builds a class, but then every start of the program would pay for it.
    """
    texts = {}
    for module in _MODULES:
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.ClassDef):
                for field, text in zip(node.body, node.body[1:], strict=False):
                    match field, text:
                        case (
                            ast.AnnAssign(target=ast.Name(id=key)),
                            ast.Expr(value=ast.Constant(value=str(said))),
                        ):
                            texts[node.name, key] = inspect.cleandoc(said)
                        case _:
                            pass
    return texts
