"""`briefing import`: a draft of a briefing from a text."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tui.cli.creating import add_folder, folder_for, next_steps
from tui.cli.output import FINDINGS, OK, complain, write
from tui.cli.parser import Commands
from tui.library.paths import user_folders


def add(commands: Commands) -> None:
    """Describe the command."""
    words = "draft a briefing from a text; it proposes and never asserts"
    importing = commands.add("import", words, run_import, commands.content)
    importing.add_argument("file", type=Path, metavar="FILE", help="plain text in UTF-8, a page of the web, or a PDF")
    importing.add_argument("--as", dest="id", required=True, metavar="ID", help="the new briefing's id")
    importing.add_argument("--title", default="", help="its title (default: that of the text)")
    importing.add_argument("--lang", default="en", metavar="TAG", help="the text's language (default: en)")
    add_folder(importing)


def run_import(options: argparse.Namespace) -> int:
    """Draft a briefing, and hold the text."""
    from datetime import UTC, datetime

    from tui.briefing.characters import escaped
    from tui.checks.language.lexicon import lexicon
    from tui.library.extracting.taking import TakingError, take
    from tui.library.holding import HoldError, hold
    from tui.library.writing.creating import CreateError, create
    from tui.library.writing.drafting import SOURCE, draft

    root = folder_for(options, options.id)
    try:
        taken = take(options.file)
        title = " ".join(options.title.split())
        made = draft(taken.data.decode(), taken.sha256, options.id, options.lang, datetime.now(UTC).date(), title=title)
        path = create(root, options.id, made.toml)
        said = list(hold(path, user_folders().held, SOURCE, options.file))
    except TakingError as error:
        complain(f"{options.file}: {error}")
        return FINDINGS
    except (CreateError, HoldError) as error:
        for line in str(error).splitlines():
            complain(line)
        return FINDINGS
    unread = (
        []
        if lexicon(options.lang)
        else [f"There are no word lists for {options.lang!r}, so no claims were looked for."]
    )
    write([escaped(line) for line in (str(path), _counted(made.counts), *unread, *said)])
    write(next_steps(options, root, path))
    return OK


def _counted(counts: Mapping[str, int]) -> str:
    kinds = ", ".join(f"{name} {counts.get(kind, 0):,}" for kind, name in _NAMES.items())
    return f"Proposed, every one a draft for you to settle: {kinds}."


_NAMES: Final = {
    "claim": "claims",
    "view": "views",
    "recommendation": "recommendations",
    "background": "paragraphs as background",
}
