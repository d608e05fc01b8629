"""The JSON Schema of the format, with the models' docstrings as descriptions."""

import ast
import inspect
import json
from typing import Any, Final

from tui.briefing import fields, model, source

_MODULES: Final = (fields, source, model)


def schema() -> dict[str, Any]:
    """Build the schema; every property carries the docstring of its field."""
    document = model.Briefing.model_json_schema(mode="validation")
    texts = _field_docstrings()
    for name, table in [("Briefing", document), *document["$defs"].items()]:
        table.pop("title", None)
        for key, value in table.get("properties", {}).items():
            value.pop("title", None)
            value["description"] = _find(texts, name, key)
    document["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    document["title"] = "Briefing, format 1"
    # Editors read the line `#:schema …` of a file; the key `$schema` itself is no key of the format.
    return document


def schema_text() -> str:
    """Write the schema as it is shipped beside the bundled briefings."""
    return json.dumps(schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _find(texts: dict[tuple[str, str], str], name: str, key: str) -> str:
    """Find the description of a field in its class or the bases."""
    key = key.replace("-", "_")
    return next(texts[table, key] for table in (name, "Entry", "Identified", "Ignoring") if (table, key) in texts)


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
