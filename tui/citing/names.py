"""Names of people and bodies, as BibTeX and CSL have them."""

import re
from typing import Final, NamedTuple

_SUFFIX: Final = re.compile(r"(?:[JS]r\.?|[IVX]+|[2-9](?:nd|rd|th)|(?:Esq|Ph\.?D|M\.?D)\.?)")
_ONLY_SUFFIX: Final = re.compile(r"(?:[JS]r\.?|[IVX]{2,}|[2-9](?:nd|rd|th)|(?:Esq|Ph\.?D|M\.?D)\.?)")
"""Suffixes that are not initials of a given name too."""
_GROUP: Final = re.compile(r"\{(.*)\}", re.DOTALL)

_EAST_ASIAN: Final = re.compile(r"[\u1100-\u11FF\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF\U00020000-\U0003FFFF]+")
"""Scripts in which the family name stands first, without a space."""


class Name(NamedTuple):
    """A name in its parts, or whole without known parts."""

    family: str = ""
    given: str = ""
    particle: str = ""
    """Words such as `van der` in front of the family name."""
    suffix: str = ""
    """Words such as `Jr.` behind the name."""
    literal: str = ""
    """The whole name of a body, or of a person whose parts are not known."""

    @property
    def is_empty(self) -> bool:
        """Whether the name has nothing but signs that part names."""
        return not "".join(self).strip(" ,;:{}()[]-–~\\/\t\n")

    @property
    def natural(self) -> str:
        """The name as prose has it: James Byrne Jr., 김현민."""
        if not self.literal and self.family and _EAST_ASIAN.fullmatch(self.family + self.given):
            return self.family + self.given
        return self.literal or " ".join(filter(None, (self.given, self.particle, self.family, self.suffix)))

    @property
    def inverted(self) -> str:
        """The name as BibTeX has it, family name first: Byrne, Jr., James."""
        if self.literal:
            return f"{{{self.literal}}}"
        family = " ".join(filter(None, (self.particle, self.family)))
        return ", ".join(filter(None, (family, self.suffix, self.given))) if self.given or self.suffix else f"{family},"


def parsed(text: str) -> Name:
    """Parse a name as BibTeX writes it: «Paparo, Samuel», «Byrne, Jr., James» or «{Associated Press}».

    A name without comma and braces stays whole, since nothing tells a body from a person.
    """
    text = " ".join(text.split())
    if group := _GROUP.fullmatch(text):
        return Name(literal=group[1].strip())
    family, *rest = (part.strip() for part in text.split(","))
    if len(rest) == 1 and " " in family and _ONLY_SUFFIX.fullmatch(rest[0]):
        return of_person(f"{family} {rest[0]}")  # «Martin Luther King, Jr.», as it is written in prose
    if not rest or not family or len(rest) > 2 or (len(rest) == 2 and not _SUFFIX.fullmatch(rest[0])):
        return Name(literal=text)
    particle, family = _particle_parted(family.split())
    return Name(family, rest[-1], particle, rest[0] if len(rest) == 2 else "")


def of_person(text: str) -> Name:
    """Split the name of a person, which may be in natural order.

    The family name is the last word, with the small-lettered words before it as its particle.
    """
    name = parsed(text)
    words = text.replace(",", " ").split()
    if not name.literal or text.lstrip().startswith("{") or (not text.isascii() and not _is_spaced_latin(text)):
        return name
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    if len(words) < 2:
        return name
    first = next((place for place, word in enumerate(words[1:-1], 1) if word[:1].islower()), len(words) - 1)
    particle, family = _particle_parted(words[first:])
    return Name(family, " ".join(words[:first]), particle, suffix)


def natural(text: str) -> str:
    """Return a name as prose has it, from its form in BibTeX."""
    return parsed(text).natural


def _particle_parted(words: list[str]) -> tuple[str, str]:
    """Return the leading words with a small first letter, and the rest."""
    count = next((place for place, word in enumerate(words) if not word[:1].islower()), 0)
    return " ".join(words[:count]), " ".join(words[count:])


def _is_spaced_latin(text: str) -> bool:
    """Whether a name is in words of an alphabet with capital letters."""
    return all(word[:1].lower() != word[:1].upper() for word in text.split())
