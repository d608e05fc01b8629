"""The run of a parsed query against the index."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.briefing.kinds import KINDS
from tui.language.synonyms import synonyms
from tui.library.catalogue import Catalogue
from tui.search.answers import Answer, Hit, Searched, Total
from tui.search.facets import HITS, unmet_in
from tui.search.fields import TAGS
from tui.search.index.documents import unpacked
from tui.search.index.library_index import SearchIndex
from tui.search.index.view import View
from tui.search.nodes import And, Field, Node, Not, leaves
from tui.search.query import Parsed
from tui.search.relaxation import empty_words, relaxed
from tui.search.spelling import IndexLexicon, alternatives
from tui.search.translation import ReadItem, Translator

if TYPE_CHECKING:
    from tantivy import DocAddress, Query, SearchResult

HANDBOOK: Final = "handbook"
"""The briefing on this program, which seldom answers a question on anything else."""
BATCH: Final = 50
"""Hits that are ranked and grouped together, so that later hits move none of those on the screen."""
_ENOUGH: Final = 5
"""Hits from which on no wider query is tried."""
_SOURCED: Final = tuple(TAGS[kind.name] for kind in KINDS.values() if kind.is_sourced)
"""The kinds of entries that state the words of a source."""
_TIES: Final = 64
"""Hits that are read beyond the requested ones, so that equal scores are ordered by position."""
_Found = dict[tuple[int, int], tuple[float, "DocAddress"]]
"""Ranked hits, by their addresses in the index."""


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
    """Search the index, in any thread. An empty or mistaken query finds nothing.

    Args:
        index: the index, complete or not.
        catalogue: the library, whose register says what may be shown.
        parsed: the query.
        read: the items that the reader has read, as `State.read_items` returns them; used by the field `is` alone.
        limit: the number of hits.
        offset: the number of best hits to leave out.
        first: the id of the briefing whose hits come first where nothing has all words.

    Raises:
        ValueError: the index cannot be searched, not even after a rebuild.
    """
    items = tuple(read)

    pending, failed = catalogue.pending, index.failed  # before the rows, so that none is missed

    def answer(view: View) -> Answer:
        request = _Request(view, items, view.withdrawn_numbers(catalogue), limit, offset, first)
        searched = _searched(view, catalogue)
        waiting = searched.waiting + (pending or 0)
        searched = replace(searched, waiting=waiting, listed=pending is not None, failed=failed)
        return _answer(parsed, request, searched)

    view = index.view()
    if view is None:
        waiting = (pending or 0) + catalogue.count()
        nothing = Searched(0, 0, 0, 0, waiting=waiting, listed=pending is not None, failed=failed)
        return Answer((), Total(0, nothing), node=parsed.node)
    try:
        return answer(view)
    except ValueError:  # tantivy's error of an unreadable file
        return answer(index.renewed(catalogue))


def search_grouped(
    index: SearchIndex, catalogue: Catalogue, parsed: Parsed, read: Iterable[ReadItem] = (), *, limit: int, offset: int
) -> Answer:
    """Search like `search`, with the hits in the order of the screen."""
    first = offset // BATCH * BATCH
    read = tuple(read)
    answer = search(index, catalogue, parsed, read, limit=BATCH, offset=first)
    hits = list(grouped(answer.hits))
    while len(hits) + first < min(offset + limit, answer.whole):
        more = search(index, catalogue, parsed, read, limit=BATCH, offset=first + len(hits)).hits
        if not more:
            break
        hits += grouped(more)
    return replace(answer, hits=tuple(hits[offset - first : offset - first + limit]))


def grouped(hits: Iterable[Hit], first: str = "") -> tuple[Hit, ...]:
    """Group hits by briefing. The briefing `first` comes first, then the best."""
    hits = sorted(hits, key=lambda hit: hit.briefing != first) if first else hits
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(str(hit.path), []).append(hit)
    return tuple(hit for group in groups.values() for hit in group)


class _Request(NamedTuple):
    """The arguments of a search without the query."""

    view: View
    read: tuple[ReadItem, ...]
    withdrawn: tuple[int, ...]
    """The numbers of briefings that may not be shown."""
    limit: int
    offset: int
    first: str = ""


def _answer(parsed: Parsed, request: _Request, searched: Searched) -> Answer:
    view = request.view
    answer = Answer((), Total(0, searched), node=parsed.node, languages=view.languages)
    if parsed.node is None:
        return answer
    hits, number = _found(request, parsed.node)
    total = Total(number, searched)
    answer = replace(answer, hits=hits, total=total)
    if total.is_absence and (unmet := unmet_in(view, request.withdrawn, parsed)):
        return replace(answer, unmet=unmet.lines, suggestions=unmet.queries)
    if not total:
        return _resembling(request, answer, parsed)
    return _lacking(request, answer, parsed.node) if _is_hardly_answered(request, answer) else answer


def _searched(view: View, catalogue: Catalogue) -> Searched:
    indexed, standing = view.searched, view.standing(catalogue)
    gone = [record for record in standing.withdrawn if not record.broken]
    return replace(
        indexed,
        briefings=indexed.briefings - len(gone),
        entries=indexed.entries - sum(record.entries for record in gone),
        sources=indexed.sources - sum(record.sources for record in gone),
        texts_not_held=indexed.texts_not_held - sum(record.unheld for record in gone),
        unread=tuple(filter(catalogue.find, indexed.unread)),  # broken briefings that the library shows
        waiting=standing.waiting,
        outdated=standing.outdated,
        away=len(catalogue.unread),
    )


def _found(request: _Request, node: Node) -> tuple[tuple[Hit, ...], int]:
    """Search without grouping. Fields alone leave the order of the library."""
    from tantivy import Order

    view, end = request.view, request.offset + request.limit
    translate = Translator(view, request.read, request.withdrawn)
    whole = translate.query(node)
    if all(isinstance(leaf, Field) for leaf in leaves(node)):
        result = view.searcher.search(whole, max(1, end), order_by_field="order", order=Order.Asc)
        ranked = [(0.0, address) for _, address in result.hits]
        return _hits(view, ranked[request.offset : end]), _count(result)
    found: _Found = {}
    for query in translate.first(node, whole, request.first):
        if len(found) < end:
            found = _merged(found, _in_order(view, view.searcher.search(query, end + _TIES, count=False)))
    if len(found) >= end:  # hits of lower rank are only counted
        total = _counted(request, translate.short(node), whole)
    else:
        result = view.searcher.search(whole, end + _TIES)
        found, total = _merged(found, _in_order(view, result)), _count(result)
    return _hits(view, list(found.values())[request.offset : end]), total


def _merged(first: _Found, behind: _Found) -> _Found:
    return first | {address: hit for address, hit in behind.items() if address not in first}


def _counted(request: _Request, short: str, whole: "Query") -> int:
    """Count the hits without ranking, by the dictionary where that is exact."""
    view = request.view
    if short and view.is_sound and not request.withdrawn:
        return view.searcher.doc_freq("begins", short)
    return int(view.searcher.aggregate(whole, HITS)["hits"]["value"])


def _count(result: "SearchResult") -> int:
    return int(result.count)  # type: ignore[attr-defined]  # the stubs of 0.27 leave it out


def _in_order(view: View, result: "SearchResult") -> _Found:
    """Order hits by score, and equal scores by position in the library."""
    orders = view.searcher.fast_field_values("order", [address for _, address in result.hits])
    ranked = sorted(
        (-float(f"{hit[0]:.4g}"), int(order or 0), hit) for hit, order in zip(result.hits, orders, strict=True)
    )
    return {(hit[1].segment_ord, hit[1].doc): hit for _, _, hit in ranked}


def _hits(view: View, found: list[tuple[float, "DocAddress"]]) -> tuple[Hit, ...]:
    addresses = [address for _, address in found]
    numbers = view.searcher.fast_field_values("of", addresses)
    items = view.searcher.fast_field_values("item", addresses)
    hits = []
    for (score, _), number, item in zip(found, numbers, items, strict=True):
        named = view.ledger.named(int(number or 0))
        if named is not None:
            kind, index, paragraph = unpacked(int(item or 0))
            hits.append(Hit(*named, kind, index, paragraph, score))
    return tuple(hits)


def _resembling(request: _Request, answer: Answer, parsed: Parsed) -> Answer:
    """Search for the nearest spellings, or else for other and fewer words."""
    spelt = alternatives(parsed, _lexicon(request), synonyms(answer.languages).of)
    if spelt is not None:
        hits, alike = _found(request, spelt.node)
        if alike:
            return replace(answer, hits=hits, alike=alike, fuzzy=True, suggestions=spelt.queries, node=spelt.node)
    suggestions = spelt.queries if spelt else ()
    return _lacking(request, replace(answer, suggestions=suggestions), spelt.node if spelt else parsed.node)


def _lexicon(request: _Request) -> IndexLexicon:
    return IndexLexicon(request.view.searcher, Translator(request.view, (), request.withdrawn).shown)


def _lacking(request: _Request, answer: Answer, node: Node | None) -> Answer:
    """Search for other and fewer words. Return the same answer where that finds no more hits."""
    wider = answer
    for most in relaxed(node, answer.languages):
        hits, alike = _by_briefing(request, most)
        if alike > max(answer.total.number, wider.alike):
            wider = replace(answer, hits=hits, alike=alike, fuzzy=True, node=most)
        if wider.alike >= _ENOUGH:
            break
        if alike and not request.first and _is_of_handbook(request, most):
            request = request._replace(first=HANDBOOK)  # what is wider still does not stand before it
    return wider


def _is_hardly_answered(request: _Request, answer: Answer) -> bool:
    """Whether only questions and the like have all words of a question."""
    node = answer.node
    if not isinstance(node, And) or not empty_words(node, answer.languages):
        return False
    if any(isinstance(part, Field) and part.name == "kind" for part in node.parts):
        return False
    if any(TAGS[hit.kind] in _SOURCED for hit in answer.hits):  # then the index need not be asked
        return False
    statement = Field("kind", _SOURCED, node.start, node.end)
    return not _found(request._replace(limit=0, offset=0), And((node, statement), node.start, node.end))[1]


def _by_briefing(request: _Request, node: Node) -> tuple[tuple[Hit, ...], int]:
    """Search the open briefing first, then the others, and the handbook last."""
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


def _is_of_handbook(request: _Request, node: Node) -> bool:
    """Whether the handbook has all hits of a query, on any page."""
    other = Not(Field("in", (f"={HANDBOOK}",), node.start, node.end), node.start, node.end)
    return not _found(request._replace(limit=0, offset=0), And((node, other), node.start, node.end))[1]
