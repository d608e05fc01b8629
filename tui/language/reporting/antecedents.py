"""Antecedents of pronouns, last names and offices in a text."""

import re
from typing import Final, NamedTuple

from tui.language.reporting.speakers import (
    ARTICLE,
    DEFINITE,
    DETERMINER,
    TITLES,
    gender,
    holders,
    is_firm,
    is_named,
    is_person,
    is_plural,
)


class Place(NamedTuple):
    """A place in a text, by the numbers of paragraph and sentence."""

    paragraph: int
    sentence: int


class _Known(NamedTuple):
    said: str
    bare: str
    """The same in small letters, without its article."""
    place: Place
    gender: str
    person: bool
    plural: bool


_REACH: Final = {"he": 4, "she": 4, "it": 2, "they": 1}
"""Sentences over which a pronoun reaches back, within its paragraph and the one before."""
_OWN: Final = {"he": "his ", "she": "her ", "it": "its ", "they": "their "}
"""“She doubts it, her lawyer said”: the lawyer is another person."""
_PARAGRAPHS: Final = 1
_AND: Final = re.compile(r",?\s(?:and|&)\s")
_MOST: Final = 100
"""Speakers that are remembered: a book has thousands."""


def _bare(said: str) -> str:
    article = ARTICLE.match(said)
    return said[article.end() :] if article else said


def _fits(pronoun: str, one: _Known) -> bool:
    if pronoun == "they":
        return one.plural
    if pronoun == "it":
        return not one.plural and (not one.person or is_firm(one.said))
    return one.person and not one.plural and one.gender in {"", pronoun}


def _reaches(pronoun: str, here: Place, there: Place) -> bool:
    return here.sentence - there.sentence <= _REACH[pronoun] and here.paragraph - there.paragraph <= _PARAGRAPHS


def _is_own(pronoun: str, here: Place, one: _Known) -> bool:
    """Whether a phrase of the same sentence leans on the pronoun."""
    return one.place == here and one.said.lower().startswith(_OWN[pronoun])


class Antecedents:
    """The persons and bodies named so far, the latest last."""

    def __init__(self) -> None:
        self._known: list[_Known] = []
        self._offices: dict[str, str] = {}

    def meet(self, said: str, here: Place) -> str:
        """Remember a speaker or subject, and return the fullest known name.

        Args:
            said: the phrase.
            here: where it stands.
        """
        full = self._fullest(said)
        before = next((one for one in reversed(self._known) if one.said == full), None)
        sex = gender(said) or (before.gender if before else "")
        self._known = [one for one in self._known[-_MOST:] if one.said != full]
        self._known.append(_Known(full, _bare(full).lower(), here, sex, is_person(full), is_plural(full)))
        return full

    def resolve(self, pronoun: str, here: Place) -> str:
        """Return the latest antecedent that fits a pronoun.

        The result is empty where nobody fits, or where two persons of one sentence do.
        """
        there = [one for one in self._known if _reaches(pronoun, here, one.place) and _fits(pronoun, one)]
        near = [one for one in there if not _is_own(pronoun, here, one)]
        if not near:
            return ""
        rivals = [one for one in near if one.person and one.place == near[-1].place and not one.gender]
        if len(rivals) > 1:
            return ""
        # “The surveyor … she”: the description says again who was named before.
        named = [one for one in near if one.gender == pronoun and is_named(one.said)]
        one = named[-1] if named and not near[-1].gender and DEFINITE.match(near[-1].said) else near[-1]
        sex = pronoun if one.person and not one.plural else one.gender
        self._known.remove(one)
        self._known.append(one._replace(gender=sex, place=here))
        return one.said

    def call(self, office: str, name: str) -> None:
        """Remember an office that somebody named holds: “Ann Lee, the harbour master, …”."""
        self._offices[re.split(r"\s(?:of|for|at|in)\s", office.lower())[0]] = name

    def holder(self, office: str) -> str:
        """Return the name of an office's holder, or an empty string."""
        return self._offices.get(office.lower(), "")

    def knows(self, said: str) -> bool:
        """Whether a name is the last part of one that was met."""
        return self._fullest(said) != said

    def _fullest(self, said: str) -> str:
        """Return the longest phrase met that ends in the same name. Each of several names is looked up."""
        several = _AND.split(said)
        if len(several) > 1 and len(holders(full := " and ".join(map(self._fullest, several)))) > 1:
            return full
        if said.lower() in self._offices and said[0].isupper():
            return self._offices[said.lower()]
        bare = said.split()
        if bare[:1] in (["The"], ["the"]) and len(bare) <= 4:
            return self._holder(" ".join(bare[1:]).lower()) or said
        if not bare or not bare[-1][0].isupper() or len(said) > 60:
            return said
        last = bare[-1]
        short = len([word for word in bare if word[0].isupper() and word.lower().rstrip(".") not in TITLES]) == 1
        if not short or DETERMINER.match(said):
            return said
        named = [one for one in reversed(self._known) if is_named(one.said) and last in one.said.split()]
        ending = next((one.said for one in named if one.said.split()[-1] == last), "")
        return ending or next((one.said for one in named if one.person and one.said.split()[-1][0].isupper()), said)

    def _holder(self, office: str) -> str:
        """Return the antecedent of “the minister” or “the ministry”, or an empty string."""
        if office in self._offices:
            return self._fullest(self._offices[office])
        for one in reversed(self._known):
            if not (one.bare.startswith(f"{office} ") if one.person else one.bare.endswith(f" {office}")):
                continue
            words = _bare(one.said)
            if is_named(words[len(office) + 1 :] + " X") if one.person else words[0].isupper():
                return one.said
        return ""
