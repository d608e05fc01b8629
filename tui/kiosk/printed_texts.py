"""The texts that `briefing kiosk --print` writes."""

import os
from collections.abc import Sequence
from pathlib import Path

from tui.kiosk.operations.balancer import haproxy
from tui.kiosk.operations.config import option, sample
from tui.kiosk.operations.deployment import CREDENTIALS, TextError, sshd_snippet, unit
from tui.kiosk.operations.processes import module_command, python_path
from tui.kiosk.operations.rules_file import read_rules
from tui.kiosk.operations.seen_paths import UnseenError, bindings, content_paths, program_paths, user_base
from tui.kiosk.operations.settings import Settings
from tui.kiosk.prechecks import check

__all__ = ["TextError", "UnseenError", "printed_text", "unit_text"]


def printed_text(
    name: str, config: Path | None, chosen: dict[str, object], settings: Settings, hosts: Sequence[str]
) -> tuple[str, str]:
    """Return a text, and a warning that may be empty.

    Args:
        name: the name of the text.
        config: the file of the settings.
        chosen: the settings that options chose.
        settings: all settings.
        hosts: the addresses of the hosts behind a balancer.

    Raises:
        TextError: the text cannot be written.
        UnseenError: the service could not see a file.
        StartError: the kiosk could not start.
    """
    match name:
        case "sample":
            return sample(), ""
        case "haproxy":
            return haproxy(settings, hosts), ""
        case "sshd":
            variables = [f"{name}={value}" for name, value in _variables().items()]
            words = [*(["/usr/bin/env", *variables] if variables else ()), *module_command("tui")]
            return sshd_snippet(settings, words), _unreadable(settings)
    return unit_text(config, chosen, settings), ""


def _unreadable(settings: Settings) -> str:
    """Return a warning of files that the visitors' account cannot read."""
    content = [path for folder in settings.content for path in content_paths(Path(folder))]
    content += map(Path, settings.texts)
    try:
        bindings([*program_paths(), *content, *([Path(settings.notice)] if settings.notice else ())], hidden=())
    except (UnseenError, OSError) as error:
        return f"visits will fail until this is fixed: {error}"
    return ""


def unit_text(config: Path | None, chosen: dict[str, object], settings: Settings) -> str:
    """Render the unit of a service with the files of this process."""
    check(settings)
    for path in (getattr(settings, name) for name in CREDENTIALS):  # which systemd itself reads
        if path and not Path(path).is_file():
            raise UnseenError(f"{path}: there is no such file")
    file = Path(os.path.abspath(config)) if config else None  # noqa: PTH100 - links stay as they were written
    words = ["--config", str(file)] if file else []
    for name in (name for name in chosen if name not in CREDENTIALS):
        value = getattr(settings, name)
        values = value if isinstance(value, tuple) else (value,)
        words += [word for one in values for word in (option(name), _written(one))]
    content = [path for folder in settings.content for path in content_paths(Path(folder))]
    content += map(Path, settings.texts)
    rules = settings.rules, *read_rules(settings.rules).files
    named = (file, settings.host_certificate, settings.authorized_keys, *rules, settings.banner, settings.notice)
    bound = bindings([*program_paths(), *content, *(Path(path) for path in named if path)])
    return unit(settings, module_command("tui"), words, bound, _variables())


def _variables() -> dict[str, str]:
    """Return the variables by which another process imports the same modules."""
    variables = {"PYTHONPATH": python_path(), "PYTHONUSERBASE": user_base()}
    return {name: value for name, value in variables.items() if value}


def _written(value: object) -> str:
    """Render an option's value as TOML does."""
    return str(value).lower() if isinstance(value, bool) else str(value)
