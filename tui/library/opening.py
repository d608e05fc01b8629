"""Opening one briefing from its files, and telling later whether they are still the same."""

from dataclasses import dataclass
from pathlib import Path

from tui.briefing import lock
from tui.briefing.files import HELD_FOLDER
from tui.briefing.loader import load_file
from tui.briefing.problems import Problem
from tui.library import held
from tui.library.compiling import compile_edition
from tui.library.records import Edition
from tui.library.stamps import stamp


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of opening a briefing."""

    edition: Edition | None
    problems: tuple[Problem, ...]
    inputs: dict[str, str]
    """Every file that the result depends on, also those that are not there, each with its stamp."""


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
        paths = held.candidates(path.parent, held_by_user, source.held, source.sha256)
        inputs |= {str(candidate): stamp(candidate) for candidate in paths}
        if text := held.find(paths):
            texts[source.id] = text
    return Opened(compile_edition(loaded.briefing, lock.read(lock_path), texts), (), inputs)
