"""Records of all types with varied particulars, to compare notes that nobody wrote by hand."""

import random
from collections.abc import Iterator
from typing import Final

_VALUES: Final = {
    "container": ("The pond book", "Journal of Weirs"),
    "publisher": ("World Press", "Harbour Office"),
    "publisher_place": ("London",),
    "editor": (["Okafor, Ben"], ["Okafor, Ben", "Lim, Bo"], ["Okafor, Ben", "Lim, Bo", "Roy, Al"]),
    "translator": (["Smith, Jo"],),
    "edition": ("2", "11", "rev. ed."),
    "volume": ("4", "12"),
    "issue": ("7", "3"),
    "number": ("X-3", "H 12"),
    "page": ("11-19", "7", "321-328", "101-109"),
    "chapter_number": ("5",),
    "event_title": ("Annual Meeting of Keepers",),
    "archive": ("Record Office",),
    "archive_location": ("Box 3",),
    "DOI": ("10.1000/x.1",),
    "genre": ("memo", "talk"),
    "medium": ("CD",),
    "url": ("https://example.org/x",),
}
_OF_TYPES: Final = {
    "article-journal": "container! volume issue page DOI url",
    "article-magazine article-newspaper": "container! publisher_place? url",
    "post-weblog": "container! url",
    "book classic": "publisher publisher_place edition volume? editor? translator? page? url",
    "chapter": "container! editor? translator? edition? volume? page chapter_number? publisher url?",
    "report": "publisher number genre page? url",
    "thesis": "genre publisher url archive?",
    "webpage": "container? publisher url genre?",
    "post": "container url genre?",
    "dataset software": "publisher edition DOI? url",
    "map graphic": "publisher? archive medium edition?",
    "motion_picture": "publisher! medium url",
    "broadcast": "container? publisher! number url medium?",
    "song": "container? publisher medium url",
    "manuscript document": "archive archive_location publisher? url?",
    "personal_communication": "archive? archive_location? url?",
    "interview": "container! genre? url",
    "speech": "event_title! genre? url?",
    "paper-conference": "event_title! publisher_place? url?",
    "entry-encyclopedia entry-dictionary entry": "container! edition? publisher url",
    "patent": "number! genre",
    "standard": "number publisher url?",
    "pamphlet": "publisher publisher_place? page?",
    "bill": "number! url",
    "legislation regulation legal_case treaty": "container! volume page! url?",
    "article": "publisher url",
}
"""The particulars of types: with `!` always, with `?` now and then, others mostly."""


def varied(each: int, seed: int) -> Iterator[str]:
    """Yield tables of sources, some of each type."""
    choose = random.Random(seed)  # noqa: S311 (records, not secrets)
    for types, particulars in _OF_TYPES.items():
        for kind in types.split():
            for number in range(each):
                yield "\n".join(_lines(kind, f"{kind}-{number}", particulars.split(), choose))


def _lines(kind: str, name: str, particulars: list[str], choose: random.Random) -> Iterator[str]:
    yield from ("[[source]]", f'id = "{name.replace("_", "-")}"', f'type = "{kind}"', 'title = "Swans of the weir"')
    # The parties of a treaty are families to CSL, and a work without authors begins otherwise in print.
    if kind != "treaty" and (choose.random() < 0.8 or kind.startswith(("entry", "motion", "classic"))):
        yield f"author = {choose.choice((['Keeper, Ann'], ['Ng, Ada', 'Roy, Al'], ['Ng, Ada', 'Roy, Al', 'Lim, Bo']))}"
    yield f'issued = "{choose.choice(("2020", "2021-03", "2022-04-05"))}"'
    for one in particulars:
        key = one.rstrip("!?")
        if choose.random() < {"!": 1, "?": 0.2}.get(one[-1], 0.75):
            value = choose.choice(_VALUES[key])
            yield f"{key} = {value!r}"
