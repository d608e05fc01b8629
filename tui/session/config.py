"""The reader's configuration, ``$XDG_CONFIG_HOME/briefing/config.toml``, checked as strictly as the content."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from tui.briefing.files import UnreadableFileError, read_bounded
from tui.briefing.problems import KeyPath, Problem, key_text
from tui.session.keymap import conflicts, is_key

FILE_NAME: Final = "config.toml"
THEMES: Final = ("auto", "light", "dark", "contrast", "mono")
_MOST_BYTES: Final = 1024 * 1024
_KNOWN: Final = ("theme", "content", "texts", "keys")

_EXAMPLES: Final = {"content": "briefings", "texts": "sources"}


class Config(NamedTuple):
    """The reader's choices."""

    theme: str = "auto"
    """A theme's name, or `auto` for the terminal's own brightness."""
    content: tuple[Path, ...] = ()
    """Additional content folders."""
    keys: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """Keys that replace the default ones, by command."""
    texts: tuple[Path, ...] = ()
    """Folders in which texts of sources are found by their hashes."""


_Fault = tuple[KeyPath, str, str]


def read_config(path: Path) -> tuple[Config, tuple[Problem, ...]]:
    """Load the configuration. A missing file counts as empty.

    Returns:
        The valid part of the configuration, and every problem of the file.
    """
    with suppress(OSError):  # reading explains better why a folder cannot be entered
        if not path.exists():
            return Config(), ()
    try:
        text = read_bounded(path, _MOST_BYTES).decode("utf-8")
    except UnreadableFileError as error:
        return Config(), (Problem(str(path), 0, 0, "", str(error), ""),)
    except UnicodeDecodeError:
        return Config(), (Problem(str(path), 0, 0, "", "is not UTF-8", "save the file as UTF-8"),)
    # A start without a configuration file, or of another command, does not need the table of commands.
    from tui.session.commands import BY_NAME

    return parse_config(text, str(path), frozenset(BY_NAME))


def parse_config(text: str, name: str, commands: frozenset[str]) -> tuple[Config, tuple[Problem, ...]]:
    """Parse the text of a configuration."""
    import tomli

    from tui.briefing.positions import Positions

    try:
        data = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        message = error.msg[:1].lower() + error.msg[1:]
        return Config(), (Problem(name, error.lineno, error.colno, "", message, "fix the TOML syntax here"),)
    except RecursionError:
        return Config(), (Problem(name, 0, 0, "", "is nested too deeply", "write it flat"),)
    except ValueError:  # Python's bound on the digits of a number
        return Config(), (Problem(name, 0, 0, "", "has a number of too many digits", "leave it out"),)
    faults: list[_Fault] = [_unknown((key,), key, _KNOWN) for key in data if key not in _KNOWN]
    theme = _theme(data.get("theme", "auto"), faults)
    content = tuple(_folders("content", data.get("content", []), faults))
    texts = tuple(_folders("texts", data.get("texts", []), faults))
    keys = dict(_keys(data.get("keys", {}), commands, faults))
    faults += [
        (("keys", clash.second), f"the key {clash.key!r} is also chosen for {clash.first!r}", "choose another")
        for clash in conflicts(keys)
    ]
    positions = Positions(text) if faults else None
    problems = []
    for path, message, remedy in faults:
        unknown = message.startswith("unknown")
        line, column = (positions.of_key(path) if unknown else positions.of_value(path)) if positions else (0, 0)
        problems.append(Problem(name, line, column, key_text(path), message, remedy))
    return Config(theme, content, keys, texts), tuple(sorted(problems))


def _unknown(path: KeyPath, key: str, known: Iterable[str]) -> _Fault:
    from tui.briefing.nearest import nearest  # a sound file needs no advice

    near = nearest(key, known)
    remedy = f"did you mean {near!r}?" if near else f"known here: {', '.join(sorted(known))}"
    return path, f"unknown key {key[:60]!r}", remedy


def _theme(value: object, faults: list[_Fault]) -> str:
    if isinstance(value, str) and value in THEMES:
        return value
    faults.append((("theme",), "is no theme", f"write one of: {', '.join(THEMES)}"))
    return "auto"


def _folders(key: str, value: object, faults: list[_Fault]) -> Iterator[Path]:
    if not isinstance(value, list):
        faults.append(((key,), "is no array", f'write folders in brackets: ["~/{_EXAMPLES[key]}"]'))
        return
    for index, folder in enumerate(value):
        if not (isinstance(folder, str) and folder and "\x00" not in folder):
            faults.append(((key, index), "is no folder", "write a path in quotes"))
            continue
        try:
            yield Path(folder).expanduser()
        except RuntimeError:
            faults.append(((key, index), f"there is no user {folder.split('/')[0]!r}", "write the whole path"))


def _keys(value: object, commands: frozenset[str], faults: list[_Fault]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if not isinstance(value, dict):
        faults.append((("keys",), "is no table", "write [keys] on a line of its own, and commands below it"))
        return
    from tui.session.commands import FORMER

    for written, chosen in value.items():
        path: KeyPath = ("keys", written)
        command: str = FORMER.get(written) or written
        if command not in commands:
            faults.append(_unknown(path, command, commands))
            continue
        listed: list[Any] = chosen if isinstance(chosen, list) else [chosen]
        wrong = [key for key in listed if not (isinstance(key, str) and is_key(key))]
        if wrong:
            remedy = 'write a character or a name such as "ctrl+d", "space", "f5", "alt+left"'
            faults.append((path, f"{str(wrong[0])[:60]!r} is no key", remedy))
        else:
            yield command, tuple(listed)
