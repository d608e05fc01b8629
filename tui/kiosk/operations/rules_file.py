"""The file of rules about groups of visitors, briefings and folders."""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple

import tomli
from pydantic import AfterValidator, BaseModel, Field, StringConstraints, ValidationError

from tui.briefing.fields import Id, Many, Table
from tui.briefing.files import UnreadableFileError, read_bounded
from tui.briefing.positions import Positions
from tui.briefing.problems import KeyPath, Problem, key_text
from tui.briefing.publication import publication_of
from tui.briefing.validation import faults_of
from tui.kiosk.operations.passwords import is_hash
from tui.library.publishing import Rule, Rules
from tui.library.stamps import stamp

_MOST_BYTES: Final = 1024 * 1024
_AT_REST: Final = 0.3
"""Seconds after which a file is taken to be written whole."""
_FILE: Final = StringConstraints(min_length=1, max_length=4096)


def _hash(text: str) -> str:
    if not is_hash(text):
        raise ValueError("is no hash of a password; write the line that `briefing kiosk --hash-password` prints")
    return text


class GroupTable(Table):
    """A group of visitors, by keys, certificates or a password."""

    keys: Annotated[str, _FILE] | None = None
    """The file of keys and authorities, as OpenSSH's authorized_keys."""
    password_hash: Annotated[str, AfterValidator(_hash)] | None = None
    """The hash of a password, as `briefing kiosk --hash-password` writes it."""


class RuleTable(Table):
    """A rule about a folder, or about briefings. The stricter of it and the header holds."""

    folder: Annotated[str, _FILE] | None = None
    """The folder, with all that is below it."""
    briefings: Many[Id] = ()
    """The ids."""
    readers: Many[Id] | None = None
    """The groups that may read; without it everybody may."""
    status: Any = None
    from_: Any = Field(default=None, alias="from")
    until: Any = None


class RulesTable(Table):
    """The whole file."""

    revoked: Annotated[str, _FILE] | None = None
    """The list of revoked keys and certificates: OpenSSH's KRL, or a text."""
    group: Mapping[Id, GroupTable] = {}
    """The groups by their names."""
    rule: Many[RuleTable] = ()
    """The rules, which hold all together."""


_TABLES: Final[Mapping[str, type[BaseModel]]] = {"group": GroupTable, "rule": RuleTable}


class Group(NamedTuple):
    """A group with absolute paths."""

    keys: Path | None
    password_hash: str


class RulesFile(NamedTuple):
    """A file of rules as it was read."""

    rules: Rules = Rules()
    groups: Mapping[str, Group] = {}
    revoked: Path | None = None
    refused: tuple[Problem, ...] = ()
    """The values of status and time that were refused; their rules count as drafts."""
    idle: tuple[Problem, ...] = ()
    """The groups without a member, and the rules that rule nothing."""

    @property
    def doubts(self) -> tuple[str, ...]:
        """A line for all that is allowed and hardly meant."""
        return (*(f"{fault}; until then it counts as a draft" for fault in self.refused), *map(str, self.idle))

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that the rules name."""
        named = (self.revoked, *(group.keys for group in self.groups.values()))
        return tuple(path for path in named if path)


def read_rules(name: str | None) -> RulesFile:
    """Read a file of rules.

    Raises:
        OSError: there is no such file.
        ValueError: the file has a problem, which the message says.
    """
    if name is None:
        return RulesFile()
    path = Path(name)
    path.stat()
    try:
        text = read_bounded(path, _MOST_BYTES).decode("utf-8")
        data = tomli.loads(text)
    except UnreadableFileError as error:
        raise ValueError(f"{path}: {error}") from None
    except tomli.TOMLDecodeError as error:
        raise ValueError(f"{path}:{error.lineno}:{error.colno}: {error.msg}; fix the TOML here") from None
    except (UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"{path}: is no TOML ({error})") from None
    problems = list(_problems(data, Positions(text), name))
    if problems:
        raise ValueError(str(min(problems)))
    return _as_written(RulesTable.model_validate(data), data, Positions(text), path)


class WatchedRules:
    """The rules of a file for a process that serves one visit."""

    def __init__(self, name: str | None) -> None:
        """Read the file. The errors are those of `read_rules`."""
        self._name = name
        self._stamp = stamp(name) if name else ""
        self.rules = read_rules(name).rules

    def look(self) -> Rules:
        """Return the present rules; those of before where the file is refused."""
        now = stamp(self._name) if self._name else ""
        # A file that is just being written may lack its second half, and with it a rule.
        if now != self._stamp and not _is_fresh(self._name or ""):
            self._stamp = now
            with suppress(OSError, ValueError):
                self.rules = read_rules(self._name).rules
        return self.rules


def _is_fresh(name: str) -> bool:
    with suppress(OSError):
        return 0 <= time.time() - Path(name).stat().st_mtime < _AT_REST
    return False


def _problems(data: Mapping[str, Any], positions: Positions, name: str) -> Iterator[Problem]:
    def problem(path: KeyPath, message: str, remedy: str) -> Problem:
        at = positions.of_key if message.startswith("unknown") else positions.of_value
        return Problem(name, *at(path), key_text(path), message, remedy)

    try:
        table = RulesTable.model_validate(data)
    except ValidationError as error:
        for path, message, remedy, *_ in faults_of(error, RulesTable, tables=_TABLES):
            yield problem(path, message, remedy)
        return
    for index, rule in enumerate(table.rule):
        for reader in rule.readers or ():
            if reader not in table.group:
                yield problem(("rule", index, "readers"), f"{reader!r} is no group", f"add [group.{reader}]")


def _as_written(table: RulesTable, data: Mapping[str, Any], positions: Positions, path: Path) -> RulesFile:
    refused = []

    def whole(name: str) -> str:
        return os.path.abspath(path.absolute().parent / Path(name).expanduser())  # noqa: PTH100 - links stay as they were written

    rules: list[Rule] = []
    for index, rule in enumerate(table.rule):
        publication, faults = publication_of(data["rule"][index])
        for fault in faults:
            key: KeyPath = ("rule", index, fault.key)
            refused.append(Problem(str(path), *positions.of_value(key), key_text(key), fault.message, ""))
        readers = None if rule.readers is None else frozenset(rule.readers)
        folder = whole(rule.folder) if rule.folder else ""
        rules.append(Rule(folder, frozenset(rule.briefings), publication, readers))
    groups = {
        name: Group(Path(whole(group.keys)) if group.keys else None, group.password_hash or "")
        for name, group in table.group.items()
    }
    revoked = Path(whole(table.revoked)) if table.revoked else None
    idle = [Problem(str(path), *positions.of_key(key), key_text(key), *said) for key, said in _idle(table, data)]
    return RulesFile(Rules(tuple(rules)), groups, revoked, tuple(refused), tuple(idle))


def _idle(table: RulesTable, data: Mapping[str, Any]) -> Iterator[tuple[KeyPath, tuple[str, str]]]:
    """Yield groups without a member and empty rules, each with its remedy."""
    for name, group in table.group.items():
        if not (group.keys or group.password_hash):
            yield ("group", name), ("has nobody in it", "add keys or password_hash")
    for index, rule in enumerate(data.get("rule", ())):
        if rule.keys() <= {"folder", "briefings"}:
            yield ("rule", index), ("rules nothing", "add readers, status, from or until")
