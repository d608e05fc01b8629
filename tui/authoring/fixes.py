"""Applies the fixes of `briefing check` that need no judgment."""

from codecs import BOM_UTF8
from pathlib import Path

from tui.authoring.errors import AuthoringError
from tui.authoring.held_texts import hold
from tui.checks.briefing_file import Checked
from tui.checks.fix import UnmendableError, mended
from tui.library.atomic_write import ChangedFileError, write_whole
from tui.library.text_folders import NO_FOLDERS, TextFolders


def mend(checked: Checked, held_by_user: Path, elsewhere: TextFolders = NO_FOLDERS) -> int:
    """Apply the edits of a file's findings and return their number.

    Each file is written whole or not at all.

    Args:
        checked: the result of checking the file.
        held_by_user: the folder of the user's held texts.
        elsewhere: further folders in which texts are found by their hashes.

    Raises:
        AuthoringError: the file was changed since the check, cannot be fixed without harm, or cannot be written.
    """
    edits = [report.edit for report in checked.reports if report.edit]
    in_toml = [edit for edit in edits if edit.action not in {"lock", "bom"}]
    try:
        if in_toml or any(edit.action == "bom" for edit in edits):
            new = checked.data.removeprefix(BOM_UTF8)
            if in_toml:
                new = mended(new.decode(), in_toml).encode()
            write_whole(checked.path, new, checked.data)
        # The lock does not know a quote whose characters were corrected to those of the text.
        if any(edit.action in {"lock", "put"} for edit in edits):
            list(hold(checked.path, held_by_user, None, None, elsewhere=elsewhere))
    except (UnmendableError, AuthoringError) as error:
        raise AuthoringError(" ".join(str(error).splitlines())) from error
    except ChangedFileError as error:
        raise AuthoringError("was changed meanwhile and is left as it is; check it again") from error
    except OSError as error:
        raise AuthoringError(f"{checked.path}: cannot be written: {error.strerror}") from error
    return len(edits)
