"""Checks of the database that hosts share. Its tables are made here too."""

import os
import shlex
from pathlib import Path
from typing import Final

from tui.kiosk.operations.settings import Settings
from tui.kiosk.prechecks import WrongSettingError
from tui.kiosk.server.starting import StartError

_NO_PSYCOPG: Final = "fleet needs psycopg; write: pip install 'briefing-browser[fleet]'"


def check_fleet(settings: Settings) -> str:
    """Check the database. Return a warning if it does not answer now.

    Raises:
        WrongSettingError: its address, its password or its tables cannot be used.
    """
    if not settings.fleet:
        return ""
    try:
        from tui.kiosk.worker.fleet import database_of
        from tui.state.fleet.address import AddressError, FleetError
        from tui.state.fleet.schema import TablesError
    except ImportError as error:
        raise WrongSettingError(_NO_PSYCOPG) from error
    _check_private(settings)
    try:
        database = database_of(settings)
        try:
            database.check()
        finally:
            database.close()
    except (AddressError, TablesError) as error:
        raise WrongSettingError(str(error)) from error
    except FleetError as error:
        return f"fleet: the database cannot be used now ({error}); if it runs, look at address, authority and password"
    return ""


def migrated(settings: Settings, role: str) -> str:
    """Create or update the tables. Return a line on the outcome.

    Args:
        settings: name the database, and the password of a role that may create a schema.
        role: the role of running kiosks; empty for none.

    Raises:
        StartError: the database cannot be used.
    """
    if not settings.fleet:
        raise WrongSettingError("fleet: names no database; write --fleet postgresql://USER@HOST/DATABASE")
    try:
        from tui.state.fleet.address import FleetError, parameters
        from tui.state.fleet.schema import migrate
    except ImportError as error:
        raise WrongSettingError(_NO_PSYCOPG) from error
    _check_private(settings)
    try:
        return migrate(parameters(settings.fleet, settings.fleet_password), role)
    except FleetError as error:
        raise StartError(str(error)) from error


def _check_private(settings: Settings) -> None:
    """Check that only its owner can read the password. systemd's copies are private already.

    Raises:
        WrongSettingError: others can, or the file is missing.
    """
    if not settings.fleet_password:
        return
    path = Path(settings.fleet_password)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise WrongSettingError(f"fleet_password {path}: {error.strerror}") from error
    credentials = os.environ.get("CREDENTIALS_DIRECTORY")
    if mode & 0o077 and not (credentials and path.parent == Path(credentials)):
        raise WrongSettingError(
            f"fleet_password {path}: others can read this file; write: chmod 600 {shlex.quote(str(path))}"
        )
