"""What the commands write, and how wide."""

import contextlib
import io
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

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
    """A part of the library could not be read, so that what was found is not all."""

    def __init__(self, problems: Sequence["Problem"]) -> None:
        """Tell why, a problem for each folder."""
        super().__init__()
        self.problems = problems


class FoundError(Exception):
    """Something that is wrong with the content or its files; each line of the message says one thing."""


def write(lines: Iterable[str]) -> None:
    """Write lines on the standard output."""
    for line in lines:
        print(line)


def complain(message: str) -> None:
    """Write one line on the standard error, nothing in it able to act on a terminal."""
    from tui.briefing.characters import escaped

    print(f"briefing: {escaped(message)}", file=sys.stderr)


def report(problems: Sequence["Problem"]) -> int:
    """Tell of problems, and give the exit code."""
    for problem in problems:
        complain(str(problem))
    return FINDINGS if problems else OK


def width() -> int:
    """Return the terminal's width, also where the output is a pipe; COLUMNS goes first, and 80 where nothing tells."""
    columns = os.environ.get("COLUMNS", "")
    if re.fullmatch("0*[1-9][0-9]{0,3}", columns):
        return int(columns)
    for stream in (sys.__stdout__, sys.__stderr__, sys.__stdin__):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            if stream and (found := os.get_terminal_size(stream.fileno()).columns):
                return found
    return 80


def prepare_output() -> None:
    """See to it that there is an output, and that a character which its encoding lacks does not end the program."""
    nowhere = Path(os.devnull)
    sys.stdout = sys.stdout or nowhere.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nowhere.open("w", encoding="utf-8")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _tell(error: FoundError | UsageError) -> int:
    """Write why a command stopped; a wrong use on one line, whatever a name in it holds."""
    is_found = isinstance(error, FoundError)
    for line in str(error).splitlines() if is_found else [str(error)]:
        complain(line)
    return FINDINGS if is_found else USAGE


def handled(work: Callable[[], int]) -> int:
    """Run a command's work and return its exit code; what stopped it is told on one line."""
    try:
        code = work()
        sys.stdout.flush()
    except UnreadError as error:
        code = report(error.problems)
    except (FoundError, UsageError) as error:
        code = _tell(error)
    except BrokenPipeError:  # the reader of our output left, as `head` does
        drop_output()
        code = OK
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
    """Send what is still to be written nowhere, so that the end of the program does not stumble over it again."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def keep_details(details: str) -> str:
    """Write the details of a fault behind those of earlier ones, and return a clause that says where they are."""
    log = user_folders().state / "faults.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} briefing {version()}\n{details}\n")
    except OSError:
        return "its details could not be kept"
    return f"the details are in {log}"


def report_faults(app: "BaseApp[Any]", code: int) -> int:
    """Keep the details of the faults of an app that has ended, and return the exit code.

    One that ended it is told on one line. Those that did not are only kept.
    """
    for details in app.borne:
        keep_details(f"did not end the program: {details}")
    if not app.fault:
        return code
    kept, details = keep_details(app.fault), app.fault
    last = details.strip().splitlines()[-1:]
    complain(f"stopped by a fault in the program ({' '.join(last)}); your places are saved; {kept}")
    return FINDINGS
