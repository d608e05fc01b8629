"""Reading the kiosk's configuration, checked as strictly as the content, and the tables that tell of it."""

import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import tomli
from pydantic import ValidationError

from tui.briefing.files import UnreadableFileError, read_bounded
from tui.briefing.positions import Positions
from tui.briefing.problems import Problem, key_text
from tui.briefing.validation import faults_of
from tui.kiosk.operations.settings import PATHS, Settings

_MOST_BYTES: Final = 1024 * 1024
_OPTIONS: Final = "the command line"


class Setting(NamedTuple):
    """A setting, as the tables tell it."""

    name: str
    default: str
    """As TOML would write it; empty where it is left out."""
    kind: str
    """What may be written: a type with its range, or the words to choose from."""
    words: str
    """What it does."""


def read_settings(path: Path | None, options: Mapping[str, object]) -> tuple[Settings, tuple[Problem, ...]]:
    """Read the configuration.

    Args:
        path: the TOML file; None for none.
        options: settings of the command line, which go before those of the file.

    Returns:
        The settings, defaults where anything is wrong, and every problem.
    """
    text = ""
    if path is not None:
        try:
            text = read_bounded(path, _MOST_BYTES).decode("utf-8")
        except UnreadableFileError as error:
            return Settings(), (Problem(str(path), 0, 0, "", str(error), ""),)
        except UnicodeDecodeError:
            return Settings(), (Problem(str(path), 0, 0, "", "is not UTF-8", "save the file as UTF-8"),)
    written, problems = parse_settings(text, str(path))
    wrong = tuple(map(_as_option, _checked(options, "", _OPTIONS)[1]))
    if problems or wrong:
        return Settings(), (*problems, *wrong)
    try:
        # Whoever starts a service has another folder to start in than who wrote its file.
        rooted = _rooted(written, path.absolute().parent if path else Path()) | _rooted(options, Path.cwd())
    except RuntimeError as error:  # ~nobody
        return Settings(), (Problem(str(path or _OPTIONS), 0, 0, "", f"{error}", "write the path from / on"),)
    settings = Settings.model_validate(rooted)
    return settings, tuple(_disagreements(settings, str(path or _OPTIONS), options))


def _rooted(written: Mapping[str, object], folder: Path) -> dict[str, object]:
    """Return settings with whole paths: a relative one begins at a folder, ~ is a home.

    Raises:
        RuntimeError: nobody has that home.
    """

    def whole(name: str) -> str:
        return os.path.abspath(folder / Path(name).expanduser())  # noqa: PTH100 - links stay as they were written

    return dict(written) | {
        name: whole(value) if isinstance(value, str) else tuple(map(whole, value))
        for name, value in written.items()
        if name in PATHS and isinstance(value, str | list | tuple)
    }


def _as_option(problem: Problem) -> Problem:
    """Tell of an option as it is written: of quotes nothing is said, which a shell takes away."""
    name = problem.key.partition("[")[0]
    kind = next((row.kind for row in table() if row.name == name), "")
    remedy = f"write {kind.replace(' | ', ' or ')}" if "quotes" in problem.remedy else problem.remedy
    return problem._replace(key=option(problem.key), remedy=remedy)


def option(name: str) -> str:
    """Return the option of a setting."""
    return f"--{name.replace('_', '-')}"


def parse_settings(text: str, name: str) -> tuple[Mapping[str, object], tuple[Problem, ...]]:
    """Read the settings that a text has, and every problem of it."""
    try:
        data = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        said = error.msg[:1].lower() + error.msg[1:]
        return {}, (Problem(name, error.lineno, error.colno, "", said, "mend the TOML here"),)
    except (RecursionError, ValueError):
        return {}, (Problem(name, 0, 0, "", "is nested too deeply or has too long a number", "leave it out"),)
    return data, _checked(data, text, name)[1]


def _checked(data: Mapping[str, object], text: str, name: str) -> tuple[Settings, tuple[Problem, ...]]:
    try:
        return Settings.model_validate(data), ()
    except ValidationError as error:
        positions = Positions(text) if text else None
        problems = []
        for path, message, remedy, *_ in faults_of(error, Settings):
            unknown = message.startswith("unknown")
            line, column = (positions.of_key(path) if unknown else positions.of_value(path)) if positions else (0, 0)
            problems.append(Problem(name, line, column, key_text(path), message, remedy))
        return Settings(), tuple(sorted(problems))


def _disagreements(settings: Settings, name: str, options: Mapping[str, object]) -> Iterator[Problem]:
    """Find settings that are right by themselves and not together, and call each as it was written."""

    def problem(key: str, message: str, other: str, remedy: str) -> Problem:
        is_option = key in options or name == _OPTIONS
        place, called = (_OPTIONS, option) if is_option else (name, str)
        return Problem(place, 0, 0, called(key), f"{message} {called(other)}", remedy.format(called(other)))

    wanted = {"authorized-keys": "authorized_keys", "password": "password_hash"}.get(settings.access)
    if wanted and getattr(settings, wanted) is None:
        yield problem("access", f"{settings.access!r} needs", wanted, "add {}")
    if settings.idle_warning_seconds >= settings.idle_seconds:
        yield problem("idle_warning_seconds", "is not below", "idle_seconds", "make it smaller, or {} greater")


def from_option(text: str) -> object:
    """Read an option's value as TOML would, and as text where it is none: 2222, true, a path."""
    try:
        return tomli.loads(f"value = {text}")["value"]
    except (tomli.TOMLDecodeError, RecursionError, ValueError):
        return text


@cache
def table() -> tuple[Setting, ...]:
    """Give every setting in order."""
    schema: dict[str, Any] = Settings.model_json_schema()["properties"]
    return tuple(
        Setting(name, _toml(field.default), _kind(schema[name]), " ".join((field.description or "").split()))
        for name, field in Settings.model_fields.items()
    )


def sample() -> str:
    """Write a configuration in which every setting stands with its default, commented out."""
    rows = [f"# {row.words} ({row.kind})\n#{row.name} = {row.default or '…'}\n" for row in table()]
    return "\n".join(["# The kiosk's configuration: briefing kiosk --config FILE\n", *rows])


def _toml(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    return "[]" if value == () else str(value)


def _kind(schema: dict[str, Any]) -> str:
    """Say what may be written, from a field's JSON Schema."""
    schema = next((one for one in schema.get("anyOf", ()) if one.get("type") != "null"), {}) | schema
    if "enum" in schema:
        return " | ".join(f'"{word}"' for word in schema["enum"])
    kind = {"string": "text", "integer": "number", "boolean": "true | false", "array": "array of text"}
    words = kind.get(schema.get("type", ""), "number")
    least, most = schema.get("minimum"), schema.get("maximum")
    return words if least is None else f"{words} from {least:g} to {most:,}".replace(",", "_")
