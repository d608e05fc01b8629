"""Searching: a parsed query against the index, ranked, counted and with what was searched."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.language.function_words import AMOUNTS, function_words
from tui.language.tokens import words_of
from tui.library.catalogue import Catalogue
from tui.search.answers import Answer, Hit, Searched
from tui.search.index.documents import unpacked
from tui.search.index.known import known_of, translator
from tui.search.index.library_index import SearchIndex, View
from tui.search.nodes import And, Field, Most, Node, Not, Word, leaves
from tui.search.query import Parsed
from tui.search.spelling import IndexLexicon, alternatives
from tui.search.translation import ReadItem

if TYPE_CHECKING:
    from tantivy import DocAddress, Query, SearchResult

HANDBOOK: Final = "handbook"
"""The briefing on the program itself, of which a question about anything else seldom is."""
_TIES: Final = 64
"""Hits that are looked at beyond those asked for, so that equals at the end stand in the order of their places."""
_Found = dict[tuple[int, int], tuple[float, "DocAddress"]]
"""Hits in their order, each by its address in the index."""
NOTHING: Final = Searched(0, 0, 0, 0, complete=False)


class SearchError(Exception):
    """A search that cannot be done; the message is the reason."""


def search(
    index: SearchIndex,
    catalogue: Catalogue,
    parsed: Parsed,
    read: Iterable[ReadItem] = (),
    *,
    limit: int = 20,
    offset: int = 0,
    first: str = "",
) -> Answer:
    """Search; an empty or mistaken query finds nothing. It may run in any thread.

    Args:
        index: where to look; it need not be complete, and the answer says so.
        catalogue: the library.
        parsed: the query.
        read: what the reader has read, as `State.read_items` gives it; only `is:` asks for it (`"is" in parsed.fields`).
        limit: how many hits to give.
        offset: how many of the best to leave out.
        first: the id of the briefing whose hits come first where nothing is found as it is written.

    Raises:
        SearchError: the index cannot be searched, although it was built anew.
    """
    items = tuple(read)
    view = index.view()
    if view is None:
        return Answer((), 0, NOTHING, node=parsed.node)
    try:
        return _answer(index, catalogue, parsed, _Request(view, items, limit, offset, catalogue.id_of, first))
    except ValueError:  # so tantivy tells of a file that it cannot read
        pass
    try:
        view = index.renewed(catalogue)
        return _answer(index, catalogue, parsed, _Request(view, items, limit, offset, catalogue.id_of, first))
    except ValueError as error:
        raise SearchError(str(error).partition("\n")[0][:120]) from error


def _answer(index: SearchIndex, catalogue: Catalogue, parsed: Parsed, request: "_Request") -> Answer:
    known = known_of(request.view)
    away = len(catalogue.unread)
    searched = _so_far(replace(known.searched, away=away), catalogue, complete=index.complete and not away)
    answer = Answer((), 0, searched, node=parsed.node, languages=known.languages)
    if parsed.node is None:
        return answer
    hits, total = _found(request, parsed.node)
    answer = replace(answer, hits=hits, total=total)
    if not total:
        return _resembling(request, answer, parsed)
    return _lacking(request, answer, parsed.node) if _is_hardly_answered(request, answer) else answer


def _so_far(searched: Searched, catalogue: Catalogue, *, complete: bool) -> Searched:
    # Of the broken ones those alone are named that the library shows.
    searched = replace(searched, unread=tuple(filter(catalogue.find, searched.unread)))
    if complete:
        return searched
    waiting = catalogue.count() - searched.briefings - len(searched.unread)
    return replace(searched, complete=False, waiting=max(0, waiting))


class _Request(NamedTuple):
    """What is asked for, but for the query."""

    view: View
    read: tuple[ReadItem, ...]
    limit: int
    offset: int
    id_of: Callable[[Path], str]
    """Returns the id under which a file may be shown; what the index has of others was removed since."""
    first: str = ""


def _found(request: _Request, node: Node) -> tuple[tuple[Hit, ...], int]:
    """Search; queries of fields alone rank nothing, and give the order of the library."""
    from tantivy import Order

    view, end = request.view, request.offset + request.limit
    translate = translator(view, request.read)
    whole = translate.query(node)
    if all(isinstance(leaf, Field) for leaf in leaves(node)):
        result = view.searcher.search(whole, max(1, end), order_by_field="order", order=Order.Asc)
        ranked = [(0.0, address) for _, address in result.hits]
        return _there(request, ranked[request.offset : end], _count(result))
    found: _Found = {}
    for query in translate.first(node, request.first):
        if len(found) < end:
            found = _merged(found, _in_order(view, view.searcher.search(query, end + _TIES, count=False)))
    if len(found) >= end > 0:  # what ranks behind them is only counted
        counted = _counted(view, translate.short(node), whole)
        return _there(request, list(found.values())[request.offset : end], counted)
    result = view.searcher.search(whole, end + _TIES)
    found = _merged(found, _in_order(view, result))
    return _there(request, list(found.values())[request.offset : end], _count(result))


def _merged(first: _Found, behind: _Found) -> _Found:
    """Put hits behind others, those apart that are among them already."""
    return first | {address: hit for address, hit in behind.items() if address not in first}


def _counted(view: View, short: str, whole: "Query") -> int:
    """Count the hits without ranking them: a beginning of a letter or two from the dictionary, where it is exact."""
    if short and known_of(view).sound:
        return view.searcher.doc_freq("begins", short)
    found = view.searcher.aggregate(whole, {"hits": {"value_count": {"field": "of"}}})  # each has one of these
    return int(found["hits"]["value"])


def _count(result: "SearchResult") -> int:
    return int(result.count)  # type: ignore[attr-defined]  # the stubs of 0.27 leave it out


def _in_order(view: View, result: "SearchResult") -> _Found:
    """Order hits by their score, and equals by their place in the library, which two briefings may share."""
    places = view.searcher.fast_field_values("order", [address for _, address in result.hits])
    ranked = sorted(
        (-float(f"{hit[0]:.4g}"), int(place or 0), hit) for hit, place in zip(result.hits, places, strict=True)
    )
    return {(hit[1].segment_ord, hit[1].doc): hit for _, _, hit in ranked}


def _there(request: _Request, found: list[tuple[float, "DocAddress"]], total: int) -> tuple[tuple[Hit, ...], int]:
    """Return the hits that may still be shown, and how many hits there are without the others among them."""
    hits = _hits(request.view, found)
    ids = {path: request.id_of(path) for path in {hit.path for hit in hits}}
    there = tuple(hit for hit in hits if ids[hit.path] == hit.briefing)
    return there, total - len(found) + len(there)


def _hits(view: View, found: list[tuple[float, "DocAddress"]]) -> tuple[Hit, ...]:
    addresses = [address for _, address in found]
    numbers = view.searcher.fast_field_values("of", addresses)
    items = view.searcher.fast_field_values("item", addresses)
    hits = []
    for (score, _), number, item in zip(found, numbers, items, strict=True):
        named = view.ledger.named(int(number or 0))
        if named is not None:
            kind, place, paragraph = unpacked(int(item or 0))
            hits.append(Hit(*named, kind, place, paragraph, score))
    return tuple(hits)


def _resembling(request: _Request, answer: Answer, parsed: Parsed) -> Answer:
    """Where nothing is found, give what is found with the nearest spellings or has most of the words, marked as such."""
    spelt = alternatives(parsed, IndexLexicon(request.view.searcher))
    if spelt is not None:
        hits, alike = _found(request, spelt.node)
        if alike:
            return replace(answer, hits=hits, alike=alike, fuzzy=True, suggestions=spelt.queries, node=spelt.node)
    suggestions = spelt.queries if spelt else ()
    return _lacking(request, replace(answer, suggestions=suggestions), spelt.node if spelt else parsed.node)


def _lacking(request: _Request, answer: Answer, node: Node | None) -> Answer:
    """Give what has most of the words; the answer as it is where nothing more has."""
    for most in _relaxed(node, answer.languages):
        hits, alike = _by_briefing(request, most)
        if alike > answer.total:
            return replace(answer, hits=hits, alike=alike, fuzzy=True, node=most)
    return answer


def _is_hardly_answered(request: _Request, answer: Answer) -> bool:
    """Whether none but the fronts of briefings have all words of a question; they say what it is about, and answer it not."""
    node = answer.node
    if not isinstance(node, And) or not _empty_words(node, answer.languages):
        return False
    front = Field("kind", ("briefing",), node.start, node.end)
    others = And((node, Not(front, node.start, node.end)), node.start, node.end)
    return not _found(request._replace(limit=0, offset=0), others)[1]


def _empty_words(node: And, languages: Iterable[str]) -> tuple[Word, ...]:
    """Return the function words of a query."""
    told = function_words(languages)
    return tuple(part for part in node.parts if isinstance(part, Word) and words_of(part.text).strip() in told)


def _relaxed(node: Node | None, languages: Iterable[str]) -> Iterator[Most]:
    """Ask for fewer of the words of a query: for all but its function words, then for two thirds of the others."""
    if not isinstance(node, And):
        return
    empty = _empty_words(node, languages)
    content = tuple(part for part in node.parts if part not in empty)
    asks_amount = any(words_of(part.text).strip() in AMOUNTS for part in empty)
    figures = [Field("has", ("quantity",), node.start, node.end)] if asks_amount else []
    besides: tuple[Node, ...] = (*empty, *figures)
    if words := _words(content):
        if empty:
            yield Most(content, words, node.start, node.end, besides)
        if words > 2:
            yield Most(content, _two_thirds(words), node.start, node.end, besides)
    if empty and (words := _words(node.parts)) > 2:  # better than nothing
        yield Most(node.parts, _two_thirds(words), node.start, node.end)


def _words(parts: Iterable[Node]) -> int:
    return sum(not isinstance(part, Field | Not) for part in parts)


def _two_thirds(words: int) -> int:
    return -(-2 * words // 3)


def _by_briefing(request: _Request, node: Node) -> tuple[tuple[Hit, ...], int]:
    """Search one part of the library after another: the briefing that is open, the others, and the handbook last."""
    names = dict.fromkeys(filter(None, (request.first, HANDBOOK)))
    parts = {name: Field("in", (f"={name}",), node.start, node.end) for name in names}
    others = tuple(Not(part, node.start, node.end) for part in parts.values())
    asked: list[tuple[Node, ...]] = [(parts[name],) for name in names if name == request.first]
    asked += [others, *((parts[name],) for name in names if name != request.first)]
    hits: list[Hit] = []
    total = 0
    for conditions in asked:
        left = request._replace(limit=request.limit - len(hits), offset=max(0, request.offset - total))
        found, number = _found(left, And((node, *conditions), node.start, node.end))
        hits += found
        total += number
    return tuple(hits), total
