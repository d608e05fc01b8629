"""`briefing import`: draft a briefing from a text."""

import argparse
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.authoring.errors import AuthoringError
from tui.briefing.kinds import KINDS, PANE_OF
from tui.cli.hold import FILE_HELP, add_encoding
from tui.cli.lookup import called, find_own, library, own_config, own_texts
from tui.cli.new import add_folder, folder_for, next_steps
from tui.cli.output import FINDINGS, OK, complain, write
from tui.cli.progress import Progress
from tui.library.paths import user_folders
from tui.render.arguments import Parser, UsageError

if TYPE_CHECKING:
    from tui.authoring.annotations import Annotations
    from tui.authoring.drafts import Draft
    from tui.authoring.extraction.extract import Taken
    from tui.authoring.own_file import OwnFile
    from tui.authoring.proposals import Proposal
    from tui.citing.record import Bibliography

_FILE_HELP: Final = (
    f"{FILE_HELP}; with --into also a bibliography (CSL-JSON, BibLaTeX, BibTeX, RIS), whose records become sources, and "
    "annotations (Hypothesis, W3C Web Annotation), which become quotes of held sources"
)
_PROPOSED: Final = sorted((kind for kind in KINDS.values() if kind.proposed), key=lambda kind: not kind.is_counted)
_KINDS: Final = {PANE_OF[kind.name]: kind.name for kind in _PROPOSED}
"""The kinds of entry that are proposed, by the names of their panes."""


def describe(parser: Parser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("file", type=Path, metavar="FILE", help=_FILE_HELP)
    add_encoding(parser)
    where = parser.add_mutually_exclusive_group(required=True)
    parser.arguments += [
        where.add_argument("--as", dest="id", metavar="ID", help="the new briefing's id"),
        where.add_argument(
            "--into", dest="briefing", metavar="ID", help="add it to this briefing: a text as a source with drafts"
        ),
    ]
    parser.add_argument(
        "--only", metavar="KINDS", help=f"propose only these kinds, separated by commas: {', '.join(_KINDS)}"
    )
    parser.add_argument("--pages", metavar="N-M", help="propose only from these pages of a PDF; the whole text is held")
    parser.add_argument("--title", default="", help="its title (default: that of the text)")
    parser.add_argument("--lang", metavar="TAG", help="the text's language (default: that of the page or its words)")
    add_folder(parser)


def run(options: argparse.Namespace) -> int:
    """Draft a new briefing or entries of an existing one. The text is held."""
    from tui.authoring.bibliographies import reader_of
    from tui.authoring.extraction.extract import TakingError
    from tui.authoring.page_range import PageRangeError

    if annotations := _annotations(options):
        return _quotes(options, annotations)
    if reader := reader_of(options.file):
        return _references(options, reader)
    kinds = _kinds(options.only)
    try:
        return _into(options, kinds) if options.briefing else _as_new(options, kinds)
    except PageRangeError as error:
        raise UsageError(f"--pages: {error}") from error
    except TakingError as error:
        raise AuthoringError(f"{options.file}: {error}") from error


def _as_new(options: argparse.Namespace, kinds: frozenset[str]) -> int:
    from tui.authoring.creation import create
    from tui.authoring.held_texts import hold

    root = folder_for(options, options.id)
    with Progress() as progress:
        made = _drafted(options, kinds, options.id, progress)
        path = create(root, options.id, made.draft.toml)
        progress.tell("Holding the text …", at_once=True)
        elsewhere = own_texts(own_config())
        said = list(
            hold(path, user_folders().held, made.draft.source_id, options.file, taken=made.taken, elsewhere=elsewhere)
        )
    _tell(path, made, said)
    write([*next_steps(options, root, path), "Settle the drafts: the key D in the reader"])
    return OK


def _into(options: argparse.Namespace, kinds: frozenset[str]) -> int:
    """Add a source and its drafts to an existing briefing."""
    from tui.authoring.additions import additions, holder_of, is_quoted, source_id
    from tui.authoring.held_texts import hold
    from tui.authoring.own_file import read_own

    if options.folder:
        raise UsageError("--in is for a new briefing; with --into the briefing stays in its folder")
    with library(options) as catalogue:
        path = find_own(catalogue, options.briefing)
    file = read_own(path)
    file.check()
    with Progress() as progress:
        made = _drafted(options, kinds, options.briefing, progress)
    if (holder := holder_of(file.toml, made.taken.sha256)) and is_quoted(file.toml, holder):
        raise AuthoringError(
            f"{options.file}: is the text of the source {holder!r} already, and quoted; nothing was added"
        )
    source = holder or source_id(file.toml, options.file.stem)
    with Progress() as progress:
        progress.tell("Adding the drafts …", at_once=True)
        file.edit(additions(made.draft.toml, file.toml, source))
        progress.tell("Holding the text …", at_once=True)
        elsewhere = own_texts(own_config())
        said = list(hold(path, user_folders().held, source, options.file, taken=made.taken, elsewhere=elsewhere))
    _tell(path, made, said)
    write([f"Settle them: briefing {called(options, options.briefing, path)}, then the key D"])
    return OK


def _annotations(options: argparse.Namespace) -> "Annotations | None":
    """Read a file of annotations; None for a bibliography or a text."""
    from tui.authoring.annotations import SUFFIXES, NoAnnotationsError, read

    suffix = options.file.suffix.lower()
    if suffix not in SUFFIXES:
        return None
    try:
        return read(_decoded(options))
    except NoAnnotationsError as error:
        if suffix == ".json":  # perhaps a bibliography, whose reader tells the lines
            return None
        raise AuthoringError(f"{options.file}:{error.place} {error}") from error


def _quotes(options: argparse.Namespace, given: "Annotations") -> int:
    """Add the quotes of annotations to an existing briefing, as drafts."""
    from tui.authoring.annotation_quotes import quoted
    from tui.authoring.held_texts import hold
    from tui.briefing.characters import escaped
    from tui.briefing.salvage import salvaged
    from tui.library.text_folders import find_text
    from tui.render.words import count

    file = _format_2(options, "a file of annotations")
    held, elsewhere = user_folders().held, own_texts(own_config())
    found = quoted(
        given,
        salvaged(file.text).briefing,
        file.toml,
        lambda source: find_text(file.path.parent, held, source, elsewhere).text,
    )
    if found.edits:
        file.edit(found.edits)
    for one in sorted((*found.doubles, *found.refused)):
        complain(f"{options.file}: annotation {one.number}: {one.reason}")
    said = list(hold(file.path, held, None, None, elsewhere=elsewhere)) if found.edits and not file.problems else []
    told = count(len(found.ids), "quote")
    write([escaped(line) for line in (f"{told} added to {file.path}, as drafts of claims", *found.ids, *said)])
    return FINDINGS if found.refused else OK


def _format_2(options: argparse.Namespace, what: str) -> "OwnFile":
    """Read the briefing to which a file is added."""
    from tui.authoring.own_file import read_own

    if not options.briefing:
        raise UsageError(f"{options.file} is {what}; add it to a briefing: --into ID")
    with library(options) as catalogue:
        file = read_own(find_own(catalogue, options.briefing))
    file.check()
    if file.toml.get("format") == 1:
        raise UsageError(f"{what} needs format 2; briefing check --fix --to-format 2 rewrites the briefing")
    return file


def _decoded(options: argparse.Namespace) -> str:
    from tui.authoring.bibliographies import MOST_BYTES
    from tui.authoring.decoding import decoded
    from tui.briefing.files import UnreadableFileError, read_bounded

    try:
        return decoded(options.file, read_bounded(options.file, MOST_BYTES), options.encoding)
    except UnreadableFileError as error:
        raise AuthoringError(f"{options.file}: {error}") from error


def _references(options: argparse.Namespace, read: "Callable[[str], Bibliography]") -> int:
    """Add the records of a bibliography to an existing briefing as sources."""
    from tui.authoring.bibliographies import added
    from tui.briefing.characters import escaped
    from tui.render.words import count

    file = _format_2(options, "a bibliography")
    try:
        with Progress() as progress:
            progress.tell(f"Reading {escaped(options.file.name)} …", at_once=True)
            records = read(_decoded(options))
            progress.tell(f"Adding {count(len(records.records), 'source')} …", at_once=True)
            found = added(records, file.toml)
            if found.edits:
                file.edit(found.edits)
    except ModuleNotFoundError as error:
        raise AuthoringError(
            f"BibTeX is read by {error.name}; install it: pip install 'briefing-browser[bibliography]'"
        ) from error
    for problem in sorted((*found.doubles, *found.problems)):
        complain(f"{options.file}:{problem.line}:{problem.column}: {problem.message}")
    write([escaped(f"{count(len(found.ids), 'source')} added to {file.path}"), *map(escaped, found.ids)])
    return FINDINGS if found.problems else OK


class _Made(NamedTuple):
    draft: "Draft"
    taken: "Taken"
    lang: str


def _drafted(options: argparse.Namespace, kinds: frozenset[str], name: str, progress: Progress) -> _Made:
    from datetime import UTC, datetime

    from tui.authoring.additions import as_id
    from tui.authoring.drafts import draft
    from tui.authoring.extraction.extract import take
    from tui.authoring.page_range import Pages
    from tui.language.identification import language_among

    progress.tell("Taking the text …", at_once=True)
    taken = take(options.file, options.encoding)
    title = " ".join(options.title.split())
    today = datetime.now(UTC).date()
    text = taken.data.decode()
    pages = Pages(text, options.pages) if options.pages is not None else None

    def wanted(one: "Proposal") -> bool:
        progress.tell(f"Reading paragraph {one.paragraph:,} …")
        return (one.table in kinds or one.form == "table") and (pages is None or pages.have(*one.sentence))

    lang = options.lang or language_among(text, taken.about.lang)
    made = draft(
        text,
        taken.sha256,
        name,
        lang,
        today,
        title=title,
        about=taken.about,
        whole=not taken.share,
        wanted=wanted,
        source_id=as_id(options.file.stem),
    )
    return _Made(made, taken, lang)


def _kinds(only: str | None) -> frozenset[str]:
    """Parse names of kinds, in the singular or the plural."""
    if only is None:
        return frozenset(_KINDS.values())
    words = [word.strip().lower() for word in only.split(",")]
    names = {**_KINDS, **{kind: kind for kind in _KINDS.values()}}
    if unknown := [word for word in words if word not in names]:
        raise UsageError(f"--only: {unknown[0]!r} is no kind; write some of {', '.join(_KINDS)}, separated by commas")
    return frozenset(names[word] for word in words)


def _tell(path: Path, made: _Made, said: Iterable[str]) -> None:
    from tui.authoring.drafts import told_forms
    from tui.briefing.characters import escaped
    from tui.language.lexicon import lexicon

    unread = "" if lexicon(made.lang) else f"There are no word lists for {made.lang!r}, so no claims were looked for."
    lines = (made.draft.limited, str(path), _counted(made.draft.counts), told_forms(made.draft.left_out), unread, *said)
    write([escaped(line) for line in lines if line])


def _counted(counts: Mapping[str, int]) -> str:
    kinds = ", ".join(
        f"{PANE_OF[kind.name] if kind.is_counted else f'paragraphs as {kind.name}'} {counts.get(kind.name, 0):,}"
        for kind in _PROPOSED
    )
    return f"Proposed, every one a draft for you to settle: {kinds}."
