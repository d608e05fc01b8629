"""The reporting verbs and nouns of a language."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from tui.language.lexicon import in_small_letters, word_lists
from tui.language.phrase_table import PhraseTable

_FOLDER: Final = Path(__file__).parent / "words"
_CONSONANT_Y: Final = re.compile(r"[^aeiou]y\Z")


class Verb(NamedTuple):
    """A reporting verb in a text."""

    start: int
    end: int
    base: str
    form: str
    """`base`, `s`, `past` or `ing`."""
    classes: frozenset[str]
    """The frames that it may stand in: the tables of `verb` in the word list."""


class Sayings(NamedTuple):
    """The reporting words of one language."""

    table: PhraseTable
    """The verbs, with base and form; a particle belongs to its verb, so that “call for” is found before “call”."""
    classes: Mapping[str, frozenset[str]]
    zero: frozenset[str]
    """Verbs behind which a clause needs no “that”."""
    addressed: frozenset[str]
    """Verbs that name whom they are said to."""
    nouns: Mapping[str, str]
    """Nouns for words that were said, each with its class."""
    nouns_too: frozenset[str]
    """Verbs whose forms are nouns as well."""
    texts: frozenset[str]
    """Nouns for texts, which are no speakers."""

    no_start: frozenset[str]
    """Words that begin no phrase for a speaker."""

    def verbs(self, text: str) -> Iterator[Verb]:
        """Yield every form of a reporting verb."""
        small = in_small_letters(text)
        last = 0
        for start, end, form in self.table.find(small):
            if start >= last and text[start - 1 : start] != "'":
                last = end
                yield Verb(start, end, form["base"], form["form"], self.classes[form["base"]])


@cache
def sayings(lang: str) -> Sayings | None:
    """Return the reporting words of a language, or None.

    Args:
        lang: a BCP 47 tag; its primary subtag counts.
    """
    data = word_lists(_FOLDER, lang)
    if not data:
        return None
    classes: dict[str, set[str]] = {}
    for name, verbs in data["verb"].items():
        for verb in verbs:
            classes.setdefault(verb, set()).add(name)
    forms = {form: {"base": verb, "form": name} for verb in classes for form, name in _forms(verb, data["irregular"])}
    return Sayings(
        PhraseTable(forms),
        {verb: frozenset(names) for verb, names in classes.items()},
        frozenset(data["zero"]["verbs"]),
        frozenset(data["addressed"]["verbs"]),
        {word: kind for kind, words in data["noun"].items() for word in words},
        frozenset(data["noun_too"]["verbs"]),
        frozenset(data["text"]["nouns"]),
        frozenset(data["start"]["never"]),
    )


def _forms(verb: str, irregular: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Yield the forms of a verb, each with the form's name."""
    first, _, particle = verb.partition(" ")
    behind = f" {particle}" if particle else ""
    yield verb, "base"
    known = irregular.get(first)
    if known:
        yield f"{known[0]}{behind}", "s"
        yield from ((f"{form}{behind}", "past") for form in known[1:-1])
        yield f"{known[-1]}{behind}", "ing"
        return
    stem = first.removesuffix("e")
    if _CONSONANT_Y.search(first):
        yield f"{first[:-1]}ies{behind}", "s"
        yield f"{first[:-1]}ied{behind}", "past"
    else:
        yield f"{first}{'es' if first.endswith(('s', 'sh', 'ch', 'x')) else 's'}{behind}", "s"
        yield f"{stem}ed{behind}", "past"
    yield f"{first if first.endswith('ee') else stem}ing{behind}", "ing"
