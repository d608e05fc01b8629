"""One thing under several names."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from tui.language.phrase_table import alternation
from tui.language.quotations import quotations
from tui.language.spans import touching

_CAPITALS: Final = re.compile(r"[A-Z]")
_ARTICLES: Final = {"the", "a", "an"}
_SHORT: Final = re.compile(r"[A-Z][A-Z0-9.&-]{1,12}")


class Use(NamedTuple):
    """A name in one of several texts."""

    text: int
    """The text's place among them."""
    start: int
    end: int
    name: str


def variants(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that are no initials or parts of another name."""
    kept: list[str] = []
    for name in names:
        if not any(_shortens(name, other) or _shortens(other, name) for other in kept):
            kept.append(name)
    return tuple(kept)


def uses(names: Iterable[str], texts: Sequence[str]) -> Mapping[str, list[Use]]:
    """Return the unquoted uses of each name in some texts."""
    listed = tuple(sorted(set(names), key=lambda name: (-len(name), name)))
    found: dict[str, list[Use]] = {}
    if not listed:
        return found
    pattern = _pattern(listed)
    for index, text in enumerate(texts):
        quoted = None
        for match in pattern.finditer(text):
            quoted = quotations(text) if quoted is None else quoted
            if not touching(quoted, *match.span()):
                found.setdefault(match[0], []).append(Use(index, *match.span(), match[0]))
    return found


def shifting(names: Iterable[str], found: Mapping[str, list[Use]]) -> Use | None:
    """Return the first use of a second name, or None."""
    used = [(name, places) for name in variants(names) if (places := found.get(name))]
    if len(used) < 2:
        return None
    main = max(used, key=lambda item: len(item[1]))
    return min(places[0] for name, places in used if name != main[0])


@lru_cache(maxsize=4)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){alternation(names)}(?![\w-])")


def _shortens(short: str, long: str) -> bool:
    """Whether a name is a part or the initials of another."""
    words, others = (set(name.lower().split()) - _ARTICLES for name in (short, long))
    if words <= others or short in long or long in short:
        return True
    initials = "".join(_CAPITALS.findall(long))
    letters = "".join(_CAPITALS.findall(short))
    return bool(_SHORT.fullmatch(short)) and (letters == initials or letters in initials)
