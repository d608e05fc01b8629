"""Offices and short forms of names: “Ann Lee, the harbour master”, “the Institute (ICS)”."""

import re
from collections.abc import Iterator
from typing import Final

from tui.language.reporting.speakers import is_person, is_speaker

NAME: Final = re.compile(r"[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){1,3}")
_OFFICE_FIRST: Final = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|\w+['’]s)\s(?P<office>(?:[A-Za-z-]+\s){0,2}[A-Za-z-]+)"
    rf"(?:\s(?:of|for|at|in)\s[^,;]{{1,60}})?,\s(?P<name>(?:(?:Mr|Mrs|Ms|Dr)\.?\s)?{NAME.pattern}),"
)
_NAME_FIRST: Final = re.compile(
    rf"(?P<name>{NAME.pattern}),\s(?:(?:the|its|his|her|an?)\s)?(?P<office>(?:[A-Za-z-]+\s){{0,2}}[a-z-]+)"
    r"(?:\s(?:of|for|at|in)\s[^,;]{1,60})?,"
)
_OF_OTHERS: Final = re.compile(r"\b(?:for|of|to|by|from)\s\Z")
"""“Counsel for the claimant, Ann Lee, …”: the name is not the claimant’s."""
_SHORT_FORM: Final = re.compile(
    r"(?P<name>\b[A-Z][\w'’&.-]*(?:,?\s(?:(?:of|for|and|the|on|in|&)\s){0,2}[A-Z][\w'’&.-]*){1,7})\s"
    r"\((?:(?:hereafter|hereinafter|henceforth|or),?\s)?(?:the\s)?"
    r"(?:[“\"‘'](?:the\s)?(?P<short>[A-Z][\w’ -]{0,40})[”\"’']|(?P<letters>[A-Z]{2,8}))\)"
)
_MENTIONED: Final = re.compile(r"\b[Tt]he\s(?P<office>[a-z-]+)\b(?=(?P<noun>\s[a-z-]+)?)")


def offices(text: str) -> Iterator[tuple[str, str]]:
    """Yield the offices of persons and bodies, each with the name."""
    for pattern in (_OFFICE_FIRST, _NAME_FIRST):
        for match in pattern.finditer(text):
            if (is_person(match["name"]) or is_speaker(match["name"])) and not _OF_OTHERS.search(
                text, 0, match.start()
            ):
                yield match["office"], match["name"]


def short_forms(text: str) -> Iterator[tuple[str, str]]:
    """Yield the short forms in brackets, each with the name."""
    for match in _SHORT_FORM.finditer(text):
        yield match["short"] or match["letters"], match["name"]


def mentioned(text: str) -> Iterator[str]:
    """Yield possible offices: “the mayor”, “the harbour master”."""
    for match in _MENTIONED.finditer(text):
        yield match["office"]
        if match["noun"]:
            yield match["office"] + match["noun"]
