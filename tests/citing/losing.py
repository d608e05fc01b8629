"""What a reader of a bibliography lost: words of a file that neither a record nor a problem has.

``python -m tests.citing.losing`` reads mutated records of all formats and names each loss.
"""

import random
import re
import sys
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final

from tests.citing.forms import FORMS
from tui.citing.names import Name
from tui.citing.record import Bibliography, Record

_MARK: Final = re.compile(r"zq[0-9]+z")
"""A word that stands once in a file."""
RECORDS: Final = 2_000
_SNIPPETS: Final = (
    "{", "}", '"', ",", "\\", "#", "%", "$", "~", "@", "=", " and ", "\n", "\n\n", " ", "[", "]", ":", "\x1b", "\u202e", "–",
    "\\emph{", "\\foo ", "\\input{", "\\'", "TY  - ", "ER  - \n", "AU  - ,\n", "ZZ  - ", "null", "[[[", "9" * 30, "n.d.",
    "@book{", "@string{", "\t", "\r", "\\u001b", "\\ud800", "year = ", "undefined # ", "-", "/",
)  # fmt: skip


def lost(text: str, found: Bibliography) -> list[str]:
    """Return the marked words of a file that are neither in a record nor on a told line.

    A problem tells of its own line and of those behind, up to the next record.
    """
    said = unicodedata.normalize(
        "NFKD", repr((found.records, found.problems))
    )  # a command may set an accent on a letter
    kept = "".join(sign for sign in said if not unicodedata.combining(sign))
    begun = (re.search(r"begins in line (\d+)", problem.message) for problem in found.problems)
    told = sorted([*(problem.line for problem in found.problems), *(int(match[1]) for match in begun if match)])
    starts = sorted(found.lines)
    missing = []
    for number, line in enumerate(re.split(r"\r\n?|\n", text), 1):
        for word in _MARK.findall(line):
            # What stands before a record on its first line belongs to what is before it.
            place = bisect_left(starts, number)
            first = starts[place - 1] if place else 0
            before = bisect_right(told, number)
            if word not in kept and not (before and told[before - 1] >= first):
                missing.append(f"{number}: {word}")
    return missing


def mutated(form: str, seed: int) -> str:
    """Return three written records with some characters changed."""
    chance = random.Random(f"{form} {seed}")  # noqa: S311 - no secret
    words = (f"zq{number}z" for number in range(10_000))
    records = [_record(f"key{place}", chance, words) for place in range(3)]
    text = "\n".join(FORMS[form].write(records))
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(text))
        length = chance.choice((0, 0, 1, 1, 2, 5))
        text = text[:at] + chance.choice((*_SNIPPETS, "")) + text[at + length :]
    return text


def _record(key: str, chance: random.Random, words: Iterator[str]) -> Record:
    kind = chance.choice(("book", "article-journal", "report", "chapter", "thesis", "webpage", "treaty", "patent"))
    names = {
        variable: tuple(
            chance.choice((Name(next(words), next(words)), Name(literal=f"{next(words)} & {next(words)}")))
            for _ in range(2)
        )
        for variable in ("author", "editor")
    }
    keys = (
        "title",
        "container",
        "publisher",
        "volume",
        "number",
        "genre",
        "edition",
        "archive",
        "medium",
        "event_title",
    )
    texts = {key: f"{next(words)} {next(words)}" for key in keys}
    texts |= {"url": f"https://a.b/{next(words)}?x=%20#{next(words)}", "DOI": f"10.1/{next(words)}"}
    return Record(key, kind, names, {"issued": "2024-04"}, texts, (f"{next(words)} {next(words)}", f"a {next(words)}"))


def losses(form: str, count: int) -> Iterator[str]:
    """Yield each loss of a format's reader in so many mutated files."""
    for seed in range(count):
        text = mutated(form, seed)
        for missing in lost(text, FORMS[form].read(text)):
            yield f"{form} {seed}: {missing}"


if __name__ == "__main__":
    found_losses = [line for form in FORMS for line in losses(form, RECORDS)]
    said = found_losses or [f"nothing is lost in {RECORDS:,} files of each format"]
    sys.stdout.writelines(f"{line}\n" for line in said)
    sys.exit(bool(found_losses))
