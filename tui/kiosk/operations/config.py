"""The kiosk's configuration, checked as strictly as the content."""

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import tomli
from pydantic import ValidationError

from tui.briefing.files import UnreadableFileError, read_bounded
from tui.briefing.positions import Positions
from tui.briefing.problems import Problem, key_text
from tui.briefing.validation import faults_of
from tui.kiosk.operations.settings import PATHS, RENAMED, Settings

_MOST_BYTES: Final = 1024 * 1024
_OPTIONS: Final = "the command line"


class Setting(NamedTuple):
    """A setting, as a row of the tables."""

    name: str
    default: str
    """As TOML writes it; empty for a setting that is left out."""
    kind: str
    """The type with its range, or the words to choose from."""
    words: str
    """The effect."""


class Reread(NamedTuple):
    """Settings that were read again."""

    settings: Settings | None = None
    """None where they are wrong."""
    said: Sequence[str] = ()
    """The problems of wrong settings, or the doubts about the others."""


def read_settings(path: Path | None, options: Mapping[str, object]) -> tuple[Settings, tuple[Problem, ...]]:
    """Read the configuration.

    Args:
        path: the TOML file; None for none.
        options: settings of the command line, which override those of the file.

    Returns:
        The settings, or the defaults if anything is wrong, and every problem.
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
        # A service starts in another folder than its file's.
        rooted = _rooted(written, path.absolute().parent if path else Path()) | _rooted(options, Path.cwd())
    except RuntimeError as error:  # ~nobody
        return Settings(), (Problem(str(path or _OPTIONS), 0, 0, "", f"{error}", "write the path from / on"),)
    settings = Settings.model_validate(current(rooted))
    return settings, tuple(_disagreements(settings, str(path or _OPTIONS), options))


def _rooted(written: Mapping[str, object], folder: Path) -> dict[str, object]:
    """Return settings with absolute paths, beginning at a folder.

    Raises:
        RuntimeError: there is no such home.
    """

    def whole(name: str) -> str:
        return os.path.abspath(folder / Path(name).expanduser())  # noqa: PTH100 - links stay as they were written

    return dict(written) | {
        name: whole(value) if isinstance(value, str) else tuple(map(whole, value))
        for name, value in written.items()
        if name in PATHS and isinstance(value, str | list | tuple)
    }


def _as_option(problem: Problem) -> Problem:
    """Return a problem of an option in the words of options."""
    name = problem.key.partition("[")[0]
    kind = next((row.kind for row in table() if row.name == name), "")
    remedy = f"write {kind.replace(' | ', ' or ')}" if "quotes" in problem.remedy else problem.remedy
    return problem._replace(key=option(problem.key), remedy=remedy)


def option(name: str) -> str:
    """Return the option of a setting."""
    return f"--{name.replace('_', '-')}"


def parse_settings(text: str, name: str) -> tuple[Mapping[str, object], tuple[Problem, ...]]:
    """Parse the settings of a text, and return them with every problem."""
    try:
        data = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        said = error.msg[:1].lower() + error.msg[1:]
        return {}, (Problem(name, error.lineno, error.colno, "", said, "fix the TOML here"),)
    except (RecursionError, ValueError):
        return {}, (Problem(name, 0, 0, "", "is nested too deeply or has too long a number", "leave it out"),)
    return data, _checked(data, text, name)[1]


def _checked(data: Mapping[str, object], text: str, name: str) -> tuple[Settings, tuple[Problem, ...]]:
    try:
        return Settings.model_validate(current(data)), ()
    except ValidationError as error:
        positions = Positions(text) if text else None
        written = {RENAMED.get(key, key): key for key in data}
        problems = []
        for (top, *rest), message, remedy, *_ in faults_of(error, Settings):
            path = (written.get(str(top), top), *rest)
            unknown = message.startswith("unknown")
            line, column = (positions.of_key(path) if unknown else positions.of_value(path)) if positions else (0, 0)
            problems.append(Problem(name, line, column, key_text(path), message, remedy))
        return Settings(), tuple(sorted(problems))


def _disagreements(settings: Settings, name: str, options: Mapping[str, object]) -> Iterator[Problem]:
    """Yield problems of settings that are valid alone and not together."""

    def problem(key: str, message: str, other: str, remedy: str) -> Problem:
        is_option = key in options or name == _OPTIONS
        source, called = (_OPTIONS, option) if is_option else (name, str)
        return Problem(source, 0, 0, called(key), f"{message} {called(other)}", remedy.format(called(other)))

    wanted = {"authorized-keys": "authorized_keys", "password": "password_hash"}.get(settings.access)
    if wanted and getattr(settings, wanted) is None:
        yield problem("access", f"{settings.access!r} needs", wanted, "add {}")
    if settings.idle_warning_seconds >= settings.idle_seconds:
        yield problem("idle_warning_seconds", "is not below", "idle_seconds", "make it smaller, or {} greater")


def current(data: Mapping[str, object]) -> dict[str, object]:
    """Return settings by their names of today. Where both names are written, that of today counts."""
    return {RENAMED[name]: value for name, value in data.items() if name in RENAMED} | {
        name: value for name, value in data.items() if name not in RENAMED
    }


def outdated(path: Path | None) -> Iterator[str]:
    """Yield a line for each setting that has another name today."""
    if path is not None:
        for name in parse_settings(read_bounded(path, _MOST_BYTES).decode("utf-8"), str(path))[0]:
            if name in RENAMED:
                yield f"{name} is called {RENAMED[name]} now; write {RENAMED[name]}"


def from_option(text: str) -> object:
    """Parse an option's value as TOML if possible, else as text."""
    try:
        return tomli.loads(f"value = {text}")["value"]
    except (tomli.TOMLDecodeError, RecursionError, ValueError):
        return text


@cache
def table() -> tuple[Setting, ...]:
    """Return every setting in order."""
    schema: dict[str, Any] = Settings.model_json_schema()["properties"]
    return tuple(
        Setting(name, _toml(field.default), _kind(schema[name]), " ".join((field.description or "").split()))
        for name, field in Settings.model_fields.items()
    )


def sample() -> str:
    """Render a configuration with every setting and its default, commented out."""
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
    """Describe the values of a field by its JSON Schema."""
    schema = next((one for one in schema.get("anyOf", ()) if one.get("type") != "null"), {}) | schema
    if "enum" in schema:
        return " | ".join(f'"{word}"' for word in schema["enum"])
    kind = {"string": "text", "integer": "number", "boolean": "true | false", "array": "array of text"}
    words = kind.get(schema.get("type", ""), "number")
    least, most = schema.get("minimum"), schema.get("maximum")
    return words if least is None else f"{words} from {least:g} to {most:,}".replace(",", "_")
