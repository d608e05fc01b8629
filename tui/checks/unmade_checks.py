"""Checks that could not be made because a file is missing. No fault of the briefing."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

from tui.briefing.problems import key_text
from tui.checks.author_prose import quoted_lists
from tui.checks.rule import Subject
from tui.checks.run import Choice
from tui.library.text_folders import samples_to_install

Reason = Literal["not-loaded", "no-text", "unlisted", "other-text", "not-held", "unreadable", "no-lists"]
_OF_AN_ASSUMPTION: Final = "A002"
_OF_A_QUOTE: Final = (_OF_AN_ASSUMPTION, "Q001", "Q002", "Q003", "Q004", "Q005", "Q008")
_BY_TEXT: Final = (_OF_AN_ASSUMPTION, "Q003", "Q004", "Q005", "Q008", "S005")
"""The rules that need the text. A lock records offsets and no words."""
_BY_LISTS: Final = ("Q004",)
_VERIFIERS: Final = {
    "no-text": "no-text",
    "unlisted": "nothing",
    "other-text": "text",
    "not-held": "lock",
    "unreadable": "lock",
}
"""The verification of the quotes that a reason is about."""
_UNVERIFIED: Final = {
    "no-text": "never checked: no text is named (sha256)",
    "unlisted": "never checked: the texts are not held, and sources.lock does not list the quotes",
    "other-text": "checked against a text that is not the one named (sha256)",
}
_UNLISTED: Final = "Q007"
"""The rule that finds quotes which no lock lists."""
_OTHER_TEXT: Final = "S005"
"""The rule that finds texts with another hash than the one that is named."""


class UnmadeChecks(NamedTuple):
    """Checks that could not be made, for one reason."""

    file: str
    """The briefing's file, as it was named."""
    reason: Reason
    rules: tuple[str, ...]
    """The rules that were not applied."""
    quotes: int
    """The quotes that they would have been applied to."""
    sources: tuple[str, ...]
    """The ids of the sources whose words or texts are meant."""
    detail: str = ""
    """The missing thing, where the ids do not name it."""

    @property
    def message(self) -> str:
        """Say it in a sentence."""
        return said([self])


def unmade(
    subject: Subject,
    name: str,
    choice: Choice,
    unreadable: Sequence[tuple[str, str]] = (),
    found: Container[tuple[str, str]] = (),
) -> Iterator[UnmadeChecks]:
    """Return the checks of a briefing that could not be made.

    Args:
        subject: the briefing with the texts that are held.
        name: how the reports call its file.
        choice: the rules that are applied; what would not have been applied is not told.
        unreadable: the sources whose texts are there and cannot be read, each with the reason.
        found: the findings, as rule and key. What they say of a quote's text is not told again.
    """
    quotes: dict[str, list[str]] = defaultdict(list)
    assumed: set[str] = set()
    for path, citation, _ in subject.citations:
        if citation.quote:
            voucher = subject.vouching.of(citation)
            reported = voucher.by == "nothing" and (_UNLISTED, key_text((*path, "quote"))) in found
            quotes["reported" if reported else voucher.by].append(voucher.source)
            if path[0] == "assumption":
                assumed.add(voucher.by)

    def row(
        reason: Reason, sources: Iterable[str], number: int, rules: Iterable[str], detail: str = ""
    ) -> Iterator[UnmadeChecks]:
        by = _VERIFIERS.get(reason)
        applied = tuple(one for one in rules if choice.takes(one) and (one != _OF_AN_ASSUMPTION or by in assumed))
        if applied and (ids := tuple(dict.fromkeys(sources))):
            yield UnmadeChecks(name, reason, applied, number, ids, detail)

    yield from row("no-text", quotes["no-text"], len(quotes["no-text"]), _OF_A_QUOTE)
    yield from row("unlisted", quotes["nothing"], len(quotes["nothing"]), (*_OF_A_QUOTE, _UNLISTED))
    others = {
        source.id
        for index, source in enumerate(subject.briefing.source)
        if source.sha256 and source.id in subject.texts and subject.texts[source.id].sha256 != source.sha256
        if (_OTHER_TEXT, key_text(("source", index, "sha256"))) not in found
    }
    against = [source for source in quotes["text"] if source in others]
    yield from row("other-text", against, len(against), _OF_A_QUOTE)
    named = [source.id for source in subject.briefing.source if source.sha256 and source.id not in subject.texts]
    install = samples_to_install(source.url for source in subject.briefing.source if source.id in named)
    yield from row("not-held", named, len(quotes["lock"]), _BY_TEXT if quotes["lock"] else ("S005",), install)
    for source, why in unreadable:
        yield from row("unreadable", [source], quotes["lock"].count(source), (*_OF_A_QUOTE, "S005"), why)
    lists = quoted_lists(subject)
    languages = {one.id: one.lang for one in subject.briefing.source if one.lang and lists[one.id] is None}
    without = [quote.carrier for quote in subject.quotes if quote.carrier in languages]
    told = ", ".join(sorted({str(languages[source]) for source in without}))
    yield from row("no-lists", without, len(without), _BY_LISTS, told)


def not_loaded(name: str) -> UnmadeChecks:
    """Return that no rule was applied to a file."""
    return UnmadeChecks(name, "not-loaded", (), 0, ())


def said(rows: Sequence[UnmadeChecks]) -> str:
    """Return a sentence on unmade checks of one reason."""
    number = sum(row.quotes for row in rows)
    sources = sum(len(row.sources) for row in rows)
    quotes = f"{_count(number, 'quote')} of {_count(sources, 'source')} {'was' if number == 1 else 'were'}"
    rules = " and ".join(filter(None, (", ".join(_rules(rows)[:-1]), *_rules(rows)[-1:])))
    detail = ", ".join(dict.fromkeys(row.detail for row in rows if row.detail))
    match rows[0].reason:
        case "not-loaded":
            return f"{_count(len(rows), 'file')} could not be loaded, so that no rule was applied."
        case "no-text" | "unlisted" | "other-text" as reason:
            return f"{quotes} {_UNVERIFIED[reason]}."
        case "not-held":
            texts = f"{_count(sources, 'text')} {'is' if sources == 1 else 'are'} not held, so that {rules}"
            lock = f" The lock vouches for {_count(number, 'quote')}." if number else ""
            install = f" To have the texts that a package ships: {detail}" if detail else ""
            return f"{texts} could not be checked.{lock}{install}"
        case "unreadable":
            return f"{_count(sources, 'text')} could not be read: {detail}."
        case "no-lists":
            return f"{quotes} not checked by {rules}: there are no word lists for {detail}."


def _rules(rows: Iterable[UnmadeChecks]) -> list[str]:
    return sorted({rule for row in rows for rule in row.rules})


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else f'{noun}s'}"
