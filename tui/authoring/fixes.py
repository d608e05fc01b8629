"""Mending the files of a briefing where `briefing check` found what takes no judgment."""

from codecs import BOM_UTF8
from pathlib import Path

from tui.authoring.held_texts import HoldError, hold
from tui.briefing.files import MAX_BRIEFING_BYTES, UnreadableFileError, read_bounded
from tui.checks.briefing_file import Checked
from tui.checks.fix import UnmendableError, mended
from tui.library.atomic_write import write_whole


class MendError(Exception):
    """A file that was not mended; the message says why, in one line, without the path."""


def mend(checked: Checked, held_by_user: Path) -> int:
    """Do the edits of a file's findings, each file whole or not at all, and give the number of findings mended.

    Args:
        checked: what came of checking the file.
        held_by_user: the folder of the user's held texts.

    Raises:
        MendError: the file was changed since it was checked, cannot be mended without harm, or cannot be written.
    """
    edits = [report.edit for report in checked.reports if report.edit]
    in_toml = [edit for edit in edits if edit.action not in {"lock", "bom"}]
    try:
        if in_toml or any(edit.action == "bom" for edit in edits):
            new = checked.data.removeprefix(BOM_UTF8)
            if in_toml:
                new = mended(new.decode(), in_toml).encode()
            if read_bounded(checked.path, MAX_BRIEFING_BYTES) != checked.data:
                raise MendError("was changed meanwhile and is left as it is; check it again")
            write_whole(checked.path, new)
        # A quote in the text's own signs is a new one to the lock.
        if any(edit.action in {"lock", "put"} for edit in edits):
            list(hold(checked.path, held_by_user, None, None))
    except (UnmendableError, UnreadableFileError, HoldError) as error:
        raise MendError(" ".join(str(error).splitlines())) from error
    except OSError as error:
        raise MendError(f"{checked.path}: cannot be written: {error.strerror}") from error
    return len(edits)
