"""From a keystroke to ranked hits among a million passages, beside SQLite FTS5 and ripgrep; building and opening."""

import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Final, NamedTuple

from tests.bench import figures, passages, refreshing
from tests.bench.bench import Bench
from tests.bench.engines import Built, Fts5, Ours, Ripgrep, pattern_of
from tests.bench.figures import Goal, Row
from tests.bench.passages import Library

_KEY: Final = 16.0
_PHRASE: Final = 100.0
"""Milliseconds of the bars."""
_TIMES_FTS5: Final = 1 / 20
_LARGE: Final = 1_000_000
"""Passages from which ours has to be so many times as fast; in a small library both are soon done."""
_QUERIES: Final = 40
"""Different queries of a class, so that nothing was looked up before; what is beside ours is asked some of them."""

ONE_WORD: Final = "common word, whole"
BESIDE_ONE_WORD: Final = {
    "two common words": 2.5,
    "common word of a kind": 1.5,
    "all facets of a common word": 5.0,
}
"""What is asked in turns with one common word, with the times that the 95th of 100 may take of it."""


class Query(NamedTuple):
    """One query in three languages; None where an engine has nothing like it."""

    ours: str
    fts5: str | None
    pattern: str | None
    typing: bool = True


class Case(NamedTuple):
    """A class of queries."""

    name: str
    queries: list[Query]
    bar: float | None = None
    """Milliseconds that the 95th of 100 may take."""
    most: float | None = None
    """The greatest ratio to FTS5."""
    note: str = ""
    """What FTS5 does instead."""


def run(bench: Bench) -> list[Row]:
    """Build and search each library, then measure a change and the opening."""
    bench.say(f"search: writing {bench.passages:,} passages")
    folder = bench.folder / "search"
    rows: list[Row] = []
    library = passages.generated(folder / "generated", bench.passages)
    rows += _library(bench, library)
    bench.say("search: opening the index")
    rows += refreshing.opening(bench, library.file.parent / "index")
    real = passages.factbook(folder / "factbook")
    if real is None:
        rows.append(Row("search in real prose", "skipped", f"{passages.FACTBOOK} is not installed"))
    else:
        rows += _library(bench, real)
    return rows + refreshing.changing(bench)


def _library(bench: Bench, library: Library) -> list[Row]:
    bench.say(f"search: indexing {library.name}")
    ours = Ours(library.file.parent / "index", library)
    built = ours.build()
    bench.say(f"search: {library.name} into FTS5")
    fts5 = Fts5(library.file.parent / "fts5.sqlite", library)
    rows = _building(library, built, fts5.build())
    ripgrep = Ripgrep(library)
    if ripgrep.command is None:
        rows.append(Row(f"ripgrep, {library.name}", "", "skipped: it is not installed"))
    ours.ask(next(reversed(library.frequencies)), typing=True)
    for case in cases(library):
        bench.say(f"search: {library.name}: {case.name}")
        rows += _case(bench, library, case, ours, fts5, ripgrep)
    bench.say(f"search: {library.name}: beside one common word")
    return rows + _beside_one_word(library, ours)


def _beside_one_word(library: Library, ours: Ours) -> list[Row]:
    """Ask for more than one common word in turns with one. All is in processor time."""
    classes = {case.name: case.queries for case in cases(library)}
    found: dict[str, list[float]] = {name: [] for name in (ONE_WORD, *BESIDE_ONE_WORD)}
    for place, word in enumerate(_frequent(library)):
        for name, seconds in found.items():
            query = classes[name][place] if name in classes else None
            work = partial(ours.ask, query.ours, typing=query.typing) if query else partial(ours.count_facets, word)
            began = time.thread_time()
            work()
            seconds.append(time.thread_time() - began)
    one = found[ONE_WORD]
    p95 = {name: figures.percentile(seconds, 95) for name, seconds in found.items()}
    return [
        Row(
            f"{name} beside one, {library.name}",
            _text(found[name]),
            f"{_text(one)} ({ONE_WORD})",
            p95[name] / p95[ONE_WORD],
            most,
        )
        for name, most in BESIDE_ONE_WORD.items()
    ]


def _building(library: Library, ours: Built, beside: Built) -> list[Row]:
    def rate(built: Built) -> float:
        return library.passages / built.all

    def size(built: Built) -> float:
        return built.size / library.passages

    return [
        Row(
            f"passages indexed a second, {library.name}",
            f"{rate(ours):,.0f} ({library.passages / ours.commit:,.0f} until searchable); {_processor(library, ours)}",
            f"{rate(beside):,.0f}; {_processor(library, beside)} (FTS5)",
            rate(beside) / rate(ours),
            goal=Goal(rate(ours), 30_000, "/s", least=True),
        ),
        Row(
            f"bytes a passage, {library.name}",
            f"{size(ours):.0f}; the text itself {library.file.stat().st_size / library.passages:.0f}",
            f"{size(beside):.0f} (FTS5)",
            size(ours) / size(beside),
            goal=Goal(size(ours), 300, "bytes"),
        ),
    ]


def _processor(library: Library, built: Built) -> str:
    """Say what it costs in processor time, which does not depend on what else the machine does."""
    a_passage = 1e6 / library.passages
    return f"{built.cpu * a_passage:.0f} µs of CPU a passage, {built.thread * a_passage:.0f} in the main thread"


def cases(library: Library) -> list[Case]:
    """Make the classes of queries from the words of a library."""
    sample = max(1, library.passages // 20)
    common = _frequent(library)
    by_share = {word: seen / sample for word, seen in library.frequencies.items() if word.isascii() and word.isalpha()}
    middling = _spaced([word for word, share in by_share.items() if 0.002 <= share <= 0.02])
    rare = _spaced([word for word in by_share if library.frequencies[word] <= 2 and len(word) > 3])
    prefixes = [word[: 1 + place % 4] for place, word in enumerate(_spaced([*common, *middling]))]
    pairs = list(zip(common, reversed(middling), strict=False))
    misspelt = [f"{word[: len(word) // 2]}q{word[len(word) // 2 :]}" for word in _spaced(middling + rare)]
    nothing = [f"xqzj{place}vkxw" for place in range(_QUERIES)]
    return [
        Case(ONE_WORD, [_word(word, typing=False) for word in common], _KEY, _TIMES_FTS5),
        Case("common word, while typing", [_word(word) for word in common], _KEY, _TIMES_FTS5, " the whole word"),
        Case("middling word", [_word(word) for word in middling], _KEY, note=" the whole word"),
        Case("rare word", [_word(word) for word in rare], _KEY, note=" the whole word"),
        Case("beginning of 1 to 4 letters", [_prefix(letters) for letters in prefixes], _KEY),
        Case("two words, common and middling", [_two(*pair) for pair in pairs]),
        Case("two common words", [_two(*pair) for pair in library.pairs[:_QUERIES]]),
        Case("phrase of two common words", [_phrase(*pair) for pair in library.pairs[:_QUERIES]], _PHRASE),
        Case("misspelt word", [_word(word) for word in misspelt], note=" finds nothing"),
        Case("common word of a kind", [_of_kind(word) for word in common], note=" the whole word"),
        Case("word that is not there", [_word(word) for word in nothing], _KEY),
        Case("empty query", [Query("", None, None)] * _QUERIES, _KEY),
    ]


def _frequent(library: Library) -> list[str]:
    return [word for word in library.frequencies if word.isascii() and word.isalpha() and len(word) > 1][:_QUERIES]


def _spaced(words: list[str]) -> list[str]:
    return words[:: max(1, len(words) // _QUERIES)][:_QUERIES]


def _word(word: str, *, typing: bool = True) -> Query:
    return Query(word, f'"{word}"', pattern_of(word), typing)


def _prefix(letters: str) -> Query:
    return Query(letters, f'"{letters}"*', pattern_of(letters, prefix=True))


def _two(one: str, other: str) -> Query:
    return Query(f"{one} {other}", f'"{one}" AND "{other}"', pattern_of(f"{one} {other}"), typing=False)


def _phrase(one: str, other: str) -> Query:
    return Query(f'"{one} {other}"', f'"{one} {other}"', pattern_of(f"{one} {other}", phrase=True))


def _of_kind(word: str) -> Query:
    return Query(f"kind:text {word}", f'words:"{word}" AND tags:"kindtext"', None)


def _case(bench: Bench, library: Library, case: Case, ours: Ours, fts5: Fts5, ripgrep: Ripgrep) -> list[Row]:
    """Ask each query once of ours, and in turns with it some of them of the others.

    The bar is for the time that goes by. Beside it stands the processor's, which other work does not lengthen.
    """
    found: dict[str, list[float]] = {"ours": [], "cpu": [], "same": [], "fts5": [], "rg": []}
    every = max(1, len(case.queries) // bench.runs)
    for place, query in enumerate(case.queries):
        began = time.thread_time()
        found["ours"].append(_timed(partial(ours.ask, query.ours, typing=query.typing)))
        found["cpu"].append(time.thread_time() - began)
        if place % every:
            continue
        if query.fts5:
            found["same"].append(found["ours"][-1])
            found["fts5"].append(_timed(partial(fts5.ask, query.fts5)))
        if query.pattern and ripgrep.command:
            found["rg"].append(_timed(partial(ripgrep.ask, query.pattern)))
    beside = f"{_text(found['fts5'])} (FTS5{case.note})" if found["fts5"] else "nothing like it"
    if found["rg"]:
        beside += f"; {_text(found['rg'])} (ripgrep)"
    ratio = figures.ratio(found["same"], found["fts5"]) if found["fts5"] else None
    percentile = figures.percentile(found["ours"], 95) * 1000
    goal = Goal(percentile, case.bar, "ms (p95)") if case.bar else None
    name = f"{case.name}, {library.name}"
    ours_text = f"{_text(found['ours'])} (of CPU {_text(found['cpu'])})"
    rows = [Row(name, ours_text, beside, ratio, goal=goal)]
    if case.most:
        rows.append(
            Row(f"the same queries as FTS5, {name}", _text(found["same"]), _text(found["fts5"]), ratio, case.most)
        )
    return rows


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _text(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.1f} ms, p95 {figures.percentile(seconds, 95) * 1000:.1f}"
