"""The output of the commands: lines, errors, exit codes and the width."""

import contextlib
import io
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tui.authoring.errors import AuthoringError
from tui.library.paths import user_folders
from tui.library.version import version
from tui.render.arguments import UsageError

if TYPE_CHECKING:
    from tui.briefing.problems import Problem
    from tui.reader.base_app import BaseApp

OK: Final = 0
FINDINGS: Final = 1
USAGE: Final = 2


class UnreadError(Exception):
    """A part of the library could not be read. So the results are incomplete."""

    def __init__(self, problems: Sequence["Problem"]) -> None:
        """Store the problems, one for each folder."""
        super().__init__()
        self.problems = problems


def write(lines: Iterable[str]) -> None:
    """Write lines to the standard output.

    If the program that reads them has ended, as `head` does, the work goes on: its exit code still counts.
    """
    written = (f"{line}\n" for line in lines)
    try:
        sys.stdout.writelines(written)
    except BrokenPipeError:
        drop_output()
        sys.stdout.writelines(written)


def complain(message: str) -> None:
    """Write a line to the standard error, escaped for a terminal."""
    from tui.briefing.characters import escaped

    print(f"briefing: {escaped(message)}", file=sys.stderr)


def report(problems: Sequence["Problem"]) -> int:
    """Report problems and return the exit code."""
    for problem in problems:
        complain(str(problem))
    return FINDINGS if problems else OK


def width() -> int:
    """Return the terminal's width in columns, even for a piped output.

    The environment variable COLUMNS has priority. Without a terminal the width is 80.
    """
    columns = os.environ.get("COLUMNS", "")
    if re.fullmatch("0*[1-9][0-9]{0,3}", columns):
        return int(columns)
    for stream in (sys.__stdout__, sys.__stderr__, sys.__stdin__):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            if stream and (found := os.get_terminal_size(stream.fileno()).columns):
                return found
    return 80


def prepare_output() -> None:
    """Prepare the standard output and the standard error.

    A closed stream is replaced by the null device. A character that the encoding lacks is replaced, so that it does not
    end the program.
    """
    nowhere = Path(os.devnull)
    sys.stdout = sys.stdout or nowhere.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nowhere.open("w", encoding="utf-8")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _tell(error: AuthoringError | UsageError) -> int:
    """Write a command's error and return the exit code.

    Each reason for a usage error is written on one line, even where a name in it has line breaks.
    """
    is_found = isinstance(error, AuthoringError)
    for line in str(error).splitlines() if is_found else map(str, error.args):
        complain(line)
    return FINDINGS if is_found else USAGE


def handled(work: Callable[[], int]) -> int:
    """Run a command's work and return its exit code.

    An error is written without a traceback.
    """
    code = OK
    try:
        code = work()
        sys.stdout.flush()
    except UnreadError as error:
        code = report(error.problems)
    except (AuthoringError, UsageError) as error:
        code = _tell(error)
    except BrokenPipeError:  # as in `write`
        drop_output()
    except OSError as error:
        drop_output()
        complain(f"{error.filename or 'the output'}: {error.strerror or error}")
        code = FINDINGS
    except MemoryError:
        complain("there is not enough memory for this; allow the program more of it")
        code = FINDINGS
    except KeyboardInterrupt:
        code = 130
    return code


def drop_output() -> None:
    """Send the rest of the output to the null device.

    Otherwise Python would fail again when it flushes the output at exit.
    """
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def keep_details(details: str) -> str:
    """Append the details of a fault to the log of faults.

    Returns:
        A clause for the user, with the log's path.
    """
    log = user_folders().state / "faults.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} briefing {version()}\n{details}\n")
    except OSError:
        return "its details could not be logged"
    return f"the details are in {log}"


def report_faults(app: "BaseApp[Any]", code: int) -> int:
    """Log the faults of an ended app, and return the exit code.

    A fault that ended the app is also reported on one line.
    """
    for details in app.borne:
        keep_details(f"did not end the program: {details}")
    if not app.fault:
        return code
    kept, details = keep_details(app.fault), app.fault
    last = details.strip().splitlines()[-1:]
    complain(f"stopped by a fault in the program ({' '.join(last)}); your locations are saved; {kept}")
    return FINDINGS
