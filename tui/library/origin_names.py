"""The names of origins: of sources, of entities, and of free keys."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tui.briefing import edtf
from tui.library.records import Entity, Origin, Source

_NONE: Final[Mapping[str, Origin]] = MappingProxyType({})
_KEY: Final = re.compile(r"[^\sA-Z]+")
"""A key without capitals or spaces. A name of a speaker has capitals or spaces."""
_DATED: Final = re.compile(r"(.+?)-(\d{4}(?:-\d\d){1,2})")
"""A key that ends with a date; four figures alone may be another number than a year."""


def origin_name(
    origin: str, sources: Mapping[str, Source], entities: Mapping[str, Entity], named: Mapping[str, Origin] = _NONE
) -> str:
    """Return the name of an origin, with its voice. A free key is written as words."""
    if origin in named:
        name, by = named[origin].name, named[origin].by
        voice = entities[by.entity].name if by and by.entity in entities else by.text if by else ""
        # A name that has the voice's last word, as “Admiral Paparo” has, says whose it is.
        return f"{name} ({voice})" if voice and voice.split()[-1].casefold() not in name.casefold() else name
    if origin in sources:
        return sources[origin].label
    if origin in entities:
        return entities[origin].name
    if dated := _DATED.fullmatch(origin):
        return f"{_words(dated[1], entities)}, {edtf.in_words(dated[2])}"
    return _words(origin, entities)


def _words(key: str, entities: Mapping[str, Entity]) -> str:
    """Write a key as words. An entity's id becomes its name, and words remain."""
    if key in entities:
        return entities[key].name
    return re.sub("[-_]+", " ", key).strip() if _KEY.fullmatch(key) else key
