"""Opening one briefing from its files, and telling later whether they are still the same."""

from pathlib import Path

from tui.briefing import lock
from tui.briefing.files import HELD_FOLDER
from tui.briefing.loader import load_file
from tui.briefing.lock import UnreadableLockError
from tui.library import source_texts
from tui.library.compiling import compile_edition
from tui.library.opened import Opened
from tui.library.stamps import stamp


def open_file(path: Path, held_by_user: Path, name: str | None = None) -> Opened:
    """Load, check and compile a briefing with the texts that are held."""
    inputs = {str(path): stamp(path)}
    loaded = load_file(path, name)
    if loaded.briefing is None:
        held_folder = path.parent / HELD_FOLDER
        inputs |= {str(held_folder): stamp(held_folder)}
        return Opened(None, loaded.problems, inputs)
    lock_path = path.parent / lock.LOCK_NAME
    inputs[str(lock_path)] = stamp(lock_path)
    texts = {}
    for source in loaded.briefing.source:
        paths = source_texts.candidates(path.parent, held_by_user, source.held, source.sha256)
        inputs |= {str(candidate): stamp(candidate) for candidate in paths}
        if text := source_texts.find(paths, source.title):
            texts[source.id] = text
    try:
        locked = lock.read(lock_path)
    except UnreadableLockError as error:
        return Opened(None, (error.problem(str(Path(name or path).with_name(lock.LOCK_NAME))),), inputs)
    return Opened(compile_edition(loaded.briefing, locked, texts), (), inputs)
