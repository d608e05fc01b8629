"""The answer: what is found, in which order, how many, and what was searched."""

import itertools
import re
import string
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.effort import effort
from tests.search.conftest import CLAIM, Library
from tests.search.test_query import NASTY
from tui.library.volume import Volume
from tui.render.formats import text as text_format
from tui.render.hits import SearchResult
from tui.search.facets import facet_query, facets, listed
from tui.search.fields import FACETS
from tui.search.in_process import HitReader
from tui.search.index.passages import entity_texts, entry_texts, fronts, paragraphs_of, source_texts
from tui.search.matcher import Matcher
from tui.search.query import parse
from tui.search.run import grouped, search
from tui.search.spelling import IndexLexicon, alternatives, errors
from tui.state.stores import open_state

BOUND = 100.0
"""Milliseconds of the processor that any text may take, as `effort` counts them."""
SYLLABLES = [f"{a}{b}" for a in "bdfgklmnprstvz" for b in "aeiou"][::3]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("keeper", "sample#keeper"),  # an exact id
        ("quillby pond", "sample#water"),  # an exact heading
        ("the setting", "sample#setting"),
        ("C2", "sample#eleven"),  # a number
        ("sample#look", "sample#look"),
        ("swans of the world", "sample#stray"),
    ],
)
def test_an_exact_heading_or_id_ranks_first(swans: Library, query: str, first: str) -> None:
    assert first == swans.found(query)[0]
    assert first == swans.found(query, typing=True)[0]


@pytest.mark.parametrize("typing", [False, True])
@pytest.mark.parametrize("query", ["C2", "c2", "twin", "b#twin"])
def test_the_number_or_id_of_the_open_briefing_is_on_top(library: Library, query: str, typing: bool) -> None:
    """Whichever briefing is newer."""
    tables = [CLAIM.format(id="first", text="One."), CLAIM.format(id="twin", text="The twin of C2, twin, twin.")]
    for name, as_of in (("a", "2026"), ("b", "2020"), ("c", "2025")):
        library.put(name, "".join(tables), as_of=as_of)
    library.update()
    for name in "abc":
        answer = search(library.index, library.catalogue, parse(query, typing=typing), first=name)
        expected = "b#twin" if "#" in query else f"{name}#twin"
        assert library.addresses(answer)[0] == expected
        assert answer.total.number == (1 if "#" in query else 3)


UNSPACED = {
    "thai": ("ไทยไม่มีช่องว่างระหว่างคำ", ["ไม่มี", "ช่องว่าง", "ช่อง", "คำ", "ไทย", "ไ"], ["ไม่เคย", "ว่าไม่"]),
    "lao": ("ພາສາລາວບໍ່ມີຍະຫວ່າງ", ["ລາວ", "ບໍ່ມີ", "ຍະຫວ່າງ"], ["ລາວມີ"]),
    "khmer": ("ភាសាខ្មែរមិនមានចន្លោះ", ["ខ្មែរ", "មិនមាន", "ចន្លោះ"], ["ខ្មែរមាន"]),
    "mixed": ("ขีปนาวุธKN-23ถูกส่ง", ["ขีปนาวุธ", "KN-23", "ถูกส่ง", "ส่ง"], ["KN-24"]),
}


@pytest.mark.parametrize("typing", [False, True])
@pytest.mark.parametrize("script", UNSPACED)
def test_words_within_unspaced_scripts_are_found(library: Library, script: str, typing: bool) -> None:
    """Wherever they stand between others, and marked where they are; no other words are."""
    text, inside, outside = UNSPACED[script]
    library.claims("b", text, "Something else.")
    library.update()
    for word in inside:
        assert library.found(word, typing=typing) == ["b#c0"], word
        spans = Matcher(parse(word, typing=typing).node).spans(text)
        assert next(text[start:end] for start, end in spans).startswith(word[:1])
    for word in outside:
        assert not library.search(word, typing=typing).total, word


@pytest.mark.parametrize("typing", [False, True])
@pytest.mark.parametrize("query", ["صواريخ", "الصواريخ", "والصواريخ", "وبالصواريخ"])
def test_an_arabic_word_is_found_with_its_article_and_without_it(library: Library, query: str, typing: bool) -> None:
    library.claims("b", "وصلت الصواريخ اليوم", "صواريخ كثيرة", "والصواريخ هناك", "لا شيء", "وبالصواريخ أيضا")
    library.update()
    assert set(library.found(query, typing=typing)) == {"b#c0", "b#c1", "b#c2", "b#c4"}
    assert Matcher(parse(query, typing=typing).node).spans("وصلت الصواريخ اليوم")


def test_stances_are_a_field(library: Library) -> None:
    view = '[[view]]\nid = "{0}"\ntext = "T."\nwho = "x"\nstance = "{1}"\n'
    library.put("b", view.format("v1", "openly sceptical") + view.format("v2", "in favour"))
    library.update()
    assert library.found("stance:sceptical") == ["b#v1"]
    assert library.found("stance:=openly_sceptical") == ["b#v1"]
    assert facets(library.index, library.catalogue, parse("kind:view"))["stance"] == [
        ("in favour", 1),
        ("openly sceptical", 1),
    ]
    assert library.found(facet_query("stance", "in favour")) == ["b#v2"]
    assert set(listed(library.index, library.catalogue, "stance").known) == {"in favour", "openly sceptical"}


@pytest.mark.parametrize("typing", [False, True])
@pytest.mark.parametrize("query", ["cooperation", "co-operation", "Co\u2010operation", "non-aligned"])
def test_a_word_is_found_with_its_hyphen_and_without_it(library: Library, query: str, typing: bool) -> None:
    texts = [
        "Their co-operation grew.",
        "Their cooperation grew.",
        "The nonaligned met.",
        "The non-aligned met.",
        "An operation.",
    ]
    library.claims("b", *texts)
    library.update()
    expected = ["b#c2", "b#c3"] if query.startswith("non") else ["b#c0", "b#c1"]
    assert expected == sorted(library.found(query, typing=typing))
    matcher = Matcher(parse(query, typing=typing).node)
    assert expected == [f"b#c{place}" for place, text in enumerate(texts) if matcher.matches(text)]
    assert all(matcher.spans(texts[int(address[-1])]) for address in expected)


@pytest.mark.parametrize("query", ["paparo", "papari", "samuel", "Samuel Paparo", "papar"])
def test_a_person_comes_before_a_view_that_is_called_alike(library: Library, query: str) -> None:
    view = '[[view]]\nid = "paparo"\ntext = "Paparo says so, and Paparo knows."\nwho = "samuel-paparo"\nrole = "admiral"\nstance = "sure"\n'
    person = '[[entity]]\nid = "samuel-paparo"\nname = "Samuel J. Paparo"\ntype = "person"\naka = ["Samuel Paparo"]\n'
    library.put("b", view + person)
    library.update()
    assert ["b#samuel-paparo", "b#paparo"] == library.found(query, typing=True)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind:claim", {"seven", "eleven", "geese"}),
        ("kind:claim seven", {"seven", "eleven"}),
        ('kind:claim "seven swans"', {"seven"}),
        ("kind:claim -seven", {"geese"}),
        ("kind:claim (mill OR misty)", {"seven"}),
        ("kind:prediction", {"keeper-view"}),
        ("by:keeper kind:claim", {"seven", "eleven"}),
        ('by:"ann keeper" kind:claim', {"seven", "eleven"}),
        ("about:quillby kind:claim", {"seven"}),
        ("source:miller kind:claim", {"eleven"}),
        ("in:sample kind:assumption", {"swans-stay", "swans-swim"}),
        ("in:swans kind:assumption", {"swans-stay", "swans-swim"}),
        ("in:elsewhere", set()),
        ("rating:B2", {"seven"}),
        ("rating:A1..C3", {"seven"}),
        ("kind:claim reliability:A..C", {"seven", "geese"}),
        ("likelihood:likely", {"seven"}),
        ("likelihood:unlikely..likely", {"seven"}),
        ("date:2026-11-08 kind:claim", {"seven"}),
        ("date:2026 kind:claim", {"seven"}),
        ("date:1998..2000", {"stray"}),
        ("date:..2000", {"stray"}),
        ("date:2027..", set()),
        ("has:conflict", {"seven", "eleven"}),
        ("has:quantity", {"seven", "eleven"}),
        ('quote:"some said"', {"geese"}),
        ("quote:sees", set()),
        ("kind:text geese", {"pond"}),
        ("kind:claim -(kind:claim swans)", set()),
    ],
)
def test_fields(swans: Library, query: str, found: set[str]) -> None:
    answer = swans.search(query)
    assert {f"sample#{name}" for name in found} == (set() if answer.fuzzy else set(swans.addresses(answer)))
    assert answer.total.number == (0 if answer.fuzzy else len(answer.hits))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind:key-judgment", {"kj-seven", "kj-nine"}),
        ("kind:judgment", {"by-day"}),
        ("kind:dispute", {"how-many"}),
        ("kind:question", {"how-many", "whose"}),
        ("kind:indicator", {"recount"}),
        ("likelihood:likely", {"kj-seven"}),
        ("likelihood:>=likely", {"kj-seven"}),
        ("likelihood:<unlikely", {"kj-nine"}),
        ("likelihood:<=improbable", {"kj-nine"}),
        ("confidence:moderate", {"kj-seven"}),
        ("confidence:<moderate", {"kj-nine"}),
        ("position:seven", {"by-day", "kj-seven"}),
        ('position:"seven birds"', {"by-day", "kj-seven"}),
        ("position:how-many#eleven", {"by-dusk"}),
        ("evidence:kj-seven", {"by-day", "by-dusk"}),
        ("evidence:J2", {"by-day"}),
        ("evidence:how-many", {"quiet"}),
        ("party:neutral", {"by-day", "quiet", "recount", "warden", "ledger"}),
        ("party:seller", {"by-dusk", "guest"}),
        ('party:"seller of swans" kind:claim', {"by-dusk"}),
        ("J2", {"kj-nine"}),
        ("foggy", {"kj-seven"}),
        ("Dell", {"ledger"}),
    ],
)
@pytest.mark.parametrize("typing", [False, True])
def test_fields_of_judgments(judged: Library, query: str, found: set[str], typing: bool) -> None:
    answer = judged.search(query, typing=typing)
    assert {f"judged#{name}" for name in found} == set(judged.addresses(answer))
    assert (len(found), False) == (answer.total.number, answer.fuzzy)


@pytest.mark.parametrize(
    ("query", "told", "suggested"),
    [
        ("by:nobody", "by: nothing here has 'nobody'; there are a guest, a passer-by, warden", ()),
        ("by:waden swans", "by: nothing here has 'waden'; did you mean warden?", ("by:warden swans",)),
        ("swans -kind:claim party:neutal", "party: nothing here has 'neutal'; did you mean neutral?", ("swans -kind:claim party:neutral",)),
        ('party:"sellers of swan"', "party: nothing here has 'sellers of swan'; did you mean seller of swans?", ('party:"seller of swans"',)),
        ("in:judge", "in: nothing here has 'judge'; did you mean judged?", ("in:judged",)),
        ("about:pond", "about: nothing here has 'pond'; there are guest, warden", ()),
        ("source:lodger", "source: nothing here has 'lodger'; did you mean ledger?", ("source:ledger",)),
        ("stance:hopeful", "stance: nothing here has 'hopeful', nor any other value", ()),
        ("position:elevn", "position: nothing here has 'elevn'; did you mean how-many#eleven?", ("position:how-many#eleven",)),
        ("evidence:kj-mine", "evidence: nothing here has 'kj-mine'; did you mean kj-nine?", ("evidence:kj-nine",)),
        ("quote:noom", "quote: nothing here has 'noom'; did you mean noon?", ("quote:noon",)),
        ('quote:"no such words"', "quote: nothing here has 'no such words'", ()),
        ("rating:B2", "rating: nothing here has 'B2', nor any other value", ()),
        ("likelihood:>=almost-certain", "likelihood: nothing here has '>=almost-certain'; there are likely, very unlikely", ()),
    ],
)  # fmt: skip
def test_a_value_that_nothing_has_is_explained(judged: Library, query: str, told: str, suggested: tuple[str]) -> None:
    answer = judged.search(query)
    assert (0, 0, (told,), suggested) == (answer.total.number, answer.alike, answer.unmet, answer.suggestions)


def test_nothing_is_explained_where_each_value_is_met(judged: Library) -> None:
    assert () == judged.search("kind:dispute party:neutral").unmet
    assert () == judged.search("-by:nobody swans").unmet


def test_an_unfinished_index_does_not_say_what_there_is(library: Library) -> None:
    library.claims("b", "one")
    library.update()
    assert library.search("by:nobody").unmet
    library.catalogue.scanned.pending = 1
    assert () == library.search("by:nobody").unmet


def test_facets_of_judgments_count_what_their_filters_find(judged: Library) -> None:
    for name, values in facets(judged.index, judged.catalogue, parse("-zyzzyva")).items():
        for value, number in values:
            assert number == judged.search(facet_query(name, value)).total.number, (name, value)


@pytest.mark.parametrize(
    ("text", "queries"),
    [
        (
            "The missiles of KN-23 type, cooperation, U.S. aid",
            ["missile", "KN23", "kn-23", "co-operation", "US", "aid"],
        ),
        ("Naïve Łódź, Straße", ["naive", "lodz", "strasse", "NAÏVE"]),
        ("ｆｕｌｌ width", ["full"]),
        ("mis\u00adsile", ["missile"]),
        ("don’t say “no” — ever", ["don't", "don’t", '"say no"', '"say no ever"']),
        ("북한의 미사일", ["미사일", "북한", '"북한의 미사일"']),
        ("北朝鮮の弾道ミサイル", ["弾道ミサイル", "北朝鮮", "道ミ"]),
        ("The armies negotiated", ["army", "negotiate", "negotiating"]),
    ],
)
def test_text_is_found_however_it_is_written(library: Library, text: str, queries: list[str]) -> None:
    library.claims("b", text)
    library.update()
    for query in queries:
        assert library.found(query) == ["b#c0"], query
        assert not library.search(query).fuzzy
        assert Matcher(parse(query).node).matches(text)


def test_stems_are_those_of_the_language_of_the_briefing(library: Library) -> None:
    library.put("de", CLAIM.format(id="c", text="Die Raketen wurden geliefert."), lang="de")
    library.update()
    assert ["de#c"] == library.found("Rakete")


def test_names_are_found_under_their_transliterations(library: Library) -> None:
    entity = '[[entity]]\nid = "kim"\nname = "Kim Jong Un"\ntype = "person"\naka = ["김정은", "Ким Чен Ын", "Gim Jeongeun"]\n'
    claim = '[[claim]]\nid = "c"\ntext = "He said so."\nby = "kim"\n'
    library.put("b", entity + claim)
    library.update()
    for name in ("김정은", "ким чен ын", "Gim Jeongeun", "kim jong un"):
        assert library.found(name) == ["b#kim", "b#c"], name


def test_one_more_letter_refines_the_list(library: Library) -> None:
    """What is left keeps its order: the lists of a word's beginnings are each a part of the one before."""
    ends = ["", "s", "d", "ry", "ries"]
    texts = [f"{'filler ' * (place % 7)} missile{ends[place % 5]} text {place}" for place in range(40)]
    library.claims("b", *texts)
    library.update()
    lists = [library.found("missile"[:length], typing=True) for length in range(3, 8)]
    for longer, shorter in itertools.pairwise(reversed(lists)):
        assert longer == [address for address in shorter if address in set(longer)]


def test_equals_stand_in_the_order_of_their_places(library: Library) -> None:
    library.put("new", "".join(CLAIM.format(id=f"c{n}", text="alike") for n in range(30)), as_of="2026-02-01")
    library.put("old", "".join(CLAIM.format(id=f"c{n}", text="alike") for n in range(30)), as_of="2026-01-01")
    library.update()
    expected = [f"{name}#c{n}" for name in ("new", "old") for n in range(30)]
    assert expected == library.addresses(library.search("alike", limit=100))
    assert expected == library.addresses(library.search("kind:claim", limit=100))
    paged = [library.search("alike", limit=7, offset=start) for start in range(0, 60, 7)]
    assert expected == [address for answer in paged for address in library.addresses(answer)]
    assert {60} == {answer.total.number for answer in paged}
    # The order does not depend on what was indexed first.
    library.put("new", "".join(CLAIM.format(id=f"c{n}", text="alike") for n in range(30)), as_of="2026-02-01", bluf="x")
    library.update()
    assert expected == library.addresses(library.search("kind:claim", limit=100))


def _texts(volume: Volume) -> list[tuple[str, ...]]:
    texts = [tuple(entry_texts(volume, entry)) for entry in volume.edition.entries]
    texts += [front.texts for front in fronts(volume)]
    texts += [tuple(entity_texts(entity)) for entity in volume.edition.entities]
    texts += [tuple(source_texts(source)) for source in volume.edition.sources]
    return texts + [(text,) for source in volume.edition.sources for _, text in paragraphs_of(volume, source)]


WORD = st.sampled_from(
    ["swan", "swans", "seven", "geese", "pond", "the", "mill", "miller", "count", "eleven", "s", "nothere"]
)
SIMPLE = st.one_of(
    WORD, st.lists(WORD, min_size=2, max_size=3).map(lambda words: f'"{" ".join(words)}"'), WORD.map("{}*".format)
)
QUERY = st.recursive(
    SIMPLE,
    lambda part: st.one_of(
        st.tuples(part, part).map(" ".join),
        st.tuples(part, part).map(" OR ".join).map("({})".format),
        st.tuples(part, part).map(lambda pair: f"{pair[0]} -{pair[1]}"),
    ),
    max_leaves=5,
)


@given(QUERY)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_index_and_the_matcher_agree_and_the_number_is_exact(swans: Library, query: str) -> None:
    """What the matcher says of each passage, read one after another, is what the index finds."""
    parsed = parse(query)
    volume = swans.catalogue.open(swans.root / "sample" / "briefing.toml").volume
    assert volume
    matcher = Matcher(parsed.node, ("en",))
    # No phrase goes from one text of a passage to the next.
    expected = sum(matcher.matches(" between ".join(texts)) for texts in _texts(volume))
    answer = swans.search(query, limit=5)
    assert expected == answer.total.number
    everything = swans.search(query, limit=1000)
    assert everything.total.number in {len(everything.hits), 0}
    if not everything.fuzzy:
        assert list(answer.hits) == list(everything.hits)[:5]


HARD = [
    "x-" * 1900, "the-of-" * 570, "kn-23" * 790, "s* " * 63, " ".join(f"{letter}*" for letter in string.ascii_lowercase),
    " OR ".join(["swans"] * 33), "-swans " * 63, "swans " * 64, f'"{"the " * 250}"', f'"{"the " * 900}"', "北" * 250,
    " ".join(["elxvne", "fexthres", "swqnz", "kexpqr"] * 15), " OR ".join(["fexthres", "kexpqr"] * 15), "#" * 4000,
    'quote:"' + "a " * 1900 + '"', "about:" + "a-" * 1900, "(" * 40 + "a" + ")" * 40, "-" * 39 + "a", "a'" * 1999,
]  # fmt: skip
"""What costs most for its length."""


@pytest.mark.timed
@pytest.mark.parametrize("typing", [False, True])
@pytest.mark.parametrize("text", HARD, ids=range(len(HARD)))
def test_hard_texts_give_hits_or_an_error_soon(bundled: Library, text: str, typing: bool) -> None:
    bundled.search("warm")

    def search() -> None:
        answer = bundled.search(text, typing=typing, limit=50)
        Matcher(answer.node).spans("Seven swans " * 200)

    assert effort(search) < BOUND


class Words:
    """The searcher of an index with a large vocabulary."""

    def __init__(self, words: Sequence[str]) -> None:
        self._found = {word: len(words) - place for place, word in enumerate(words)}
        self._begins = {first: [pair for pair in self._found.items() if pair[0][0] == first] for first in "abcdefgh"}

    def doc_freq(self, _field: str, word: str) -> int:
        """Count the documents with a word."""
        return self._found.get(word, 0)

    def search(self, _query: object, _limit: int, *, count: bool) -> Any:
        """Find something."""
        return SimpleNamespace(hits=[(1.0, count)])

    def terms_with_prefix(self, _field: str, prefix: str) -> list[tuple[str, int]]:
        """Give the words that begin so."""
        return self._begins[prefix]


@pytest.mark.timed
def test_misspelt_words_are_looked_up_soon_in_a_large_vocabulary() -> None:
    words = [f"{a}{b}{c}{d}" for a in "abcdefgh" for b, c, d in itertools.product(SYLLABLES, repeat=3)]
    assert len(words) > 90_000
    searcher: Any = Words(words)
    lexicon = IndexLexicon(searcher, lambda query: query)
    wrong = " ".join(f"{word[:3]}x{word[4:-1]}q" for word in words[:: len(words) // 20])
    assert effort(lambda: alternatives(parse(wrong), lexicon)) < BOUND
    word = words[1234]
    found = alternatives(parse(f"{word[:3]}x{word[4:-1]}q"), lexicon)
    assert found
    assert any(errors(word, query, 2) <= 2 for query in found.queries)


@pytest.mark.timed
@given(st.text(max_size=40), st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_searches_in_bounded_time(swans: Library, text: str, typing: bool) -> None:
    assert effort(lambda: swans.search(text, typing=typing)) < BOUND


@pytest.mark.timed
@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_nasty_texts_give_hits_or_nothing_soon(swans: Library, text: str) -> None:
    swans.search("warm")

    def search() -> None:
        answer = swans.search(text, typing=True)
        Matcher(answer.node).spans("Seven swans " * 200)
        assert answer.total.number >= 0

    assert effort(search) < BOUND


def test_what_was_searched_is_told(swans: Library) -> None:
    searched = swans.search("nothing like it").searched
    assert (1, 13, 6, 5) == (searched.briefings, searched.entries, searched.sources, searched.texts_not_held)
    assert searched.complete
    assert searched == swans.search("").searched


def test_nothing_found_gives_the_nearest_spellings_marked_as_such(swans: Library) -> None:
    answer = swans.search("elevne swans")
    assert (0, True) == (answer.total.number, answer.fuzzy)
    assert "eleven swans" == answer.suggestions[0]
    assert answer.alike == len(answer.hits) > 0
    assert swans.search("eleven swans").total.number == answer.alike
    assert ("keeper",) == swans.search("keaper").suggestions
    assert ("feathers",) == swans.search("faethres").suggestions  # two errors
    nothing = swans.search("zzzzzzz")
    assert ((), 0, False, ()) == (nothing.hits, nothing.total.number, nothing.fuzzy, nothing.suggestions)


def test_nothing_with_all_of_the_words_gives_what_has_half_of_them_marked_as_such(library: Library) -> None:
    library.claims("b", "alpha beta gamma", "alpha beta delta", "gamma delta", "alpha")
    library.put("c", CLAIM.format(id="c0", text="alpha beta delta"))
    library.update()
    answer = library.search("alpha beta gamma delta in:b")
    assert (0, 3, True, True) == (answer.total.number, answer.alike, answer.fuzzy, answer.lacking)
    assert {"b#c0", "b#c1"} == set(library.addresses(answer)[:2])
    assert () == answer.suggestions
    matcher = Matcher(answer.node)
    texts = ["alpha beta gamma", "alpha gamma delta", "gamma delta", "alpha"]
    assert [True, True, True, False] == [matcher.matches(text) for text in texts]
    assert ["b#c0"] == library.addresses(library.search("alpha beta gamma xxqzw -delta in:b"))
    assert not library.search("alpha gamma xxqzw wqzxx -beta").fuzzy
    assert not library.search("gamma xxqzw").fuzzy  # of two words both are wanted
    misspelt = library.search("alpha beta gammma delta in:b")
    assert (True, 3) == (misspelt.lacking, misspelt.alike)
    assert not library.search("alpha beta delta").fuzzy


def test_words_that_mean_the_same_count_where_nothing_has_those_of_the_query(library: Library) -> None:
    library.claims("b", "The missiles hit the factory.", "A ship was bought.", "The rocketry club met.")
    library.update()
    answer = library.search("rockets plant")
    assert (0, True, ["b#c0"]) == (answer.total.number, answer.lacking, library.addresses(answer))
    assert "missiles" in [text[start:end] for text in ["missiles"] for start, end in Matcher(answer.node).spans(text)]
    assert ["b#c1"] == library.addresses(library.search("vessel"))
    assert () == library.search("vessel").suggestions  # a word that is rightly spelt
    assert ["b#c1"] == library.addresses(library.search("kind:claim vessels purchased -rockets"))
    assert not library.search("rocketry missiles").hits  # both are there, and nothing has both
    assert (1, False) == (library.search("ship").total.number, library.search("ship").fuzzy)


def test_a_query_is_relaxed_by_its_function_words_first(library: Library) -> None:
    library.claims("b", "how many geese", "hundreds of missiles", "missiles and how", "many casks")
    library.update()
    answer = library.search("how are missiles")
    assert answer.lacking
    assert ["b#c1", "b#c2"] == sorted(library.addresses(answer))
    assert "b#c2" == library.addresses(answer)[0]  # what has more of the others stands before what has less
    assert not library.search("how many cranes").fuzzy or "b#c0" not in library.addresses(library.search("casks geese"))


def test_a_question_that_is_only_repeated_finds_the_claims(library: Library) -> None:
    """By a front page or by questions."""
    asked = '[[question]]\nid = "q"\ntext = "How many missiles were there?"\n'
    figure = 'quantity = { of = "missiles", min = 100, note = "a floor" }\n'
    library.put(
        "b",
        CLAIM.format(id="c0", text="hundreds of missiles") + figure + CLAIM.format(id="c1", text="many casks") + asked,
    )
    path = library.catalogue.find("b")
    assert path
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub('bluf = "[^"]*"', 'bluf = "How many missiles are there?"', text), encoding="utf-8")
    library.update()
    answer = library.search("how many missiles")
    assert (answer.lacking, answer.total.number, answer.alike) == (True, 2, 3)
    assert [hit.kind for hit in answer.hits] == ["claim", "question", "briefing"]
    assert library.addresses(answer)[0] == "b#c0"
    written = "\n".join(text_format.answer(SearchResult("", answer, lambda _hit: None, dict), 80))
    assert (
        "No claim or view has all words. 3 hits with half of the words or more, or with others that mean the same:"
        in written
    )
    named = library.search("kind:briefing how many missiles")
    assert (named.fuzzy, named.total.number) == (False, 1)
    library.put("b", CLAIM.format(id="c0", text="how many missiles") + CLAIM.format(id="c1", text="missiles"))
    library.update()
    assert ["b#c0"] == library.addresses(library.search("how many missiles"))


def test_a_question_for_an_amount_puts_figures_first(library: Library) -> None:
    figure = 'quantity = { of = "missiles", min = 100, note = "a floor" }'
    library.put(
        "b",
        CLAIM.format(id="c0", text="many missiles how missiles")
        + CLAIM.format(id="c1", text="some hundred missiles were counted in all of that time and since then")
        + figure,
    )
    library.update()
    assert "b#c1" == library.addresses(library.search("how many missiles are there"))[0]


def test_relaxed_answers_have_the_open_briefing_first_and_the_handbook_last(library: Library) -> None:
    for name, number in (("handbook", 9), ("b", 3), ("c", 1)):
        library.put(name, CLAIM.format(id="c0", text="missiles " * number))
    library.update()
    parsed = parse("how many missiles")
    answers = {}
    for first, order in (
        ("", ["b", "c", "handbook"]),
        ("c", ["c", "b", "handbook"]),
        ("handbook", ["handbook", "b", "c"]),
    ):
        answer = answers[first] = search(library.index, library.catalogue, parsed, first=first)
        assert order == [hit.briefing for hit in answer.hits]
        assert 3 == answer.alike
        pages = [search(library.index, library.catalogue, parsed, first=first, limit=1, offset=at) for at in range(4)]
        assert order == [hit.briefing for page in pages for hit in page.hits]
    assert ["c", "b"] == list(dict.fromkeys(hit.briefing for hit in grouped(answers["handbook"].hits[1:], "c")))


def test_what_the_handbook_alone_says_in_most_words_comes_before_what_has_fewer(library: Library) -> None:
    library.put("handbook", CLAIM.format(id="c0", text="ferries harbours lanterns"))
    library.put("b", CLAIM.format(id="c0", text="ferries harbours"))
    library.update()
    parsed = parse("ferries harbours lanterns mooring")
    assert ["handbook#c0", "b#c0"] == library.addresses(search(library.index, library.catalogue, parsed))
    pages = [search(library.index, library.catalogue, parsed, limit=1, offset=at) for at in range(2)]
    assert ["handbook", "b"] == [hit.briefing for page in pages for hit in page.hits]

    library.put("c", CLAIM.format(id="c0", text="ferries harbours lanterns and quays"))
    library.update()
    found = search(library.index, library.catalogue, parsed)
    assert "handbook" == found.hits[-1].briefing


def test_what_is_found_is_never_mixed_with_what_resembles_it(library: Library) -> None:
    library.claims("b", "paparo", "papara", "papar")
    library.update()
    answer = library.search("paparo")
    assert (1, False, ["b#c0"]) == (answer.total.number, answer.fuzzy, library.addresses(answer))


def test_facets_count_what_their_filters_find(swans: Library) -> None:
    for query in ("swans", "kind:claim", "-swans"):
        found = facets(swans.index, swans.catalogue, parse(query))
        assert found
        for name, values in found.items():
            assert sorted(values, key=lambda pair: (-pair[1], pair[0])) == values
            for value, number in values:
                assert number == swans.search(f"{query} {facet_query(name, value)}").total.number, (query, name, value)


def test_few_and_many_hits_have_facets_without_what_was_deleted(library: Library) -> None:
    """Facets of few hits are counted by hits, those of many by the lists of their values."""
    for name in ("a", "b"):
        library.claims(name, *["common"] * 30, "common rare")
    library.update()
    library.claims("b", "common")
    library.update()
    for word, number in (("common", 32), ("rare", 1)):
        found = facets(library.index, library.catalogue, parse(word))
        assert {"claim": number} == dict(found["kind"])
        assert number == sum(many for _, many in found["in"])


@pytest.mark.parametrize("field", FACETS)
def test_every_field_has_values_in_the_index(swans: Library, judged: Library, field: str) -> None:
    """A new field whose values no document has would find nothing, ever."""
    assert any(listed(library.index, library.catalogue, field).known for library in (swans, judged))


def test_values_are_listed_for_completion(swans: Library) -> None:
    assert ("sample",) == listed(swans.index, swans.catalogue, "in").known
    assert "miller" in listed(swans.index, swans.catalogue, "source").known
    assert () == listed(swans.index, swans.catalogue, "date").known


def test_what_was_read_and_what_has_changed_since(library: Library, tmp_path: Path) -> None:
    library.claims("b", "one", "two", "three")
    library.update()
    state = open_state(tmp_path / "state.sqlite")
    volume = library.catalogue.open(library.root / "b" / "briefing.toml").volume
    assert volume
    state.mark_read("b", [(entry.id, entry.digest) for entry in volume.edition.entries[:2]])
    library.claims("b", "one", "two, changed", "three")
    library.update()
    read = state.read_items()
    state.close()

    def found(text: str) -> list[str]:
        return library.addresses(search(library.index, library.catalogue, parse(text), read))

    assert ["b#c2"] == found("is:unread")
    assert ["b#c1"] == found("is:changed")
    assert ["b#c0", "b#c1"] == sorted(found("-is:unread kind:claim"))
    assert [] == library.found("is:changed")


def test_a_hit_is_shown_with_where_it_stands(swans: Library) -> None:
    shelf = HitReader(swans.catalogue)
    by_kind = {hit.kind: shelf.show(hit) for hit in swans.search("kind:claim OR swans", limit=100).hits}
    claim, text, source = by_kind["claim"], by_kind["text"], by_kind["source"]
    assert claim
    assert text
    assert source
    assert ("claims", claim.id) == (claim.page, claim.block)
    assert ("text:pond", str(text.hit.paragraph), f"¶{text.hit.paragraph}") == (text.page, text.block, text.number)
    assert ("sources", source.id) == (source.page, source.block)
    assert "“I saw eleven swans.”" in text.texts[0] or "swans" in text.texts[0].lower()


def test_the_text_shown_is_the_one_that_says_why(swans: Library) -> None:
    answer = swans.search("misty kind:claim")
    shown = HitReader(swans.catalogue).show(answer.hits[0])
    assert shown
    assert "It was misty." == shown.best(Matcher(answer.node, answer.languages))


@pytest.mark.parametrize(
    ("query", "number"), [("s", 96), ("sw", 96), ("swa", 96), ("swan", 96), ("swans", 72), ("s* -swans", 24)]
)
def test_the_number_is_exact_where_few_are_ranked_and_others_were_deleted(
    library: Library, query: str, number: int
) -> None:
    """What stands behind the hits that are asked for is counted apart, of a letter or two from the dictionary."""
    texts = [f"{form} number {place}" for place in range(12) for form in ("swan", "swans", "swanlike", "swansdown")]
    gone = library.claims("one", *texts)
    library.claims("two", *texts)
    library.update()
    view = library.index.view()
    assert view
    assert view.is_sound
    whole = library.search(query, typing=True, limit=500)
    few = library.search(query, typing=True, limit=5)
    assert few.total.number == whole.total.number == len(whole.hits) == number
    assert list(few.hits) == list(whole.hits[:5])
    gone.unlink()
    library.update()
    view = library.index.view()
    assert view
    assert not view.is_sound
    assert whole.total.number // 2 == library.search(query, typing=True, limit=5).total.number


def test_what_is_gone_is_not_shown(library: Library) -> None:
    path = library.claims("b", "one", "two")
    library.update()
    answer = library.search("two")
    library.claims("b", "one")
    assert HitReader(library.catalogue).show(answer.hits[0]) is None
    path.unlink()
    assert HitReader(library.catalogue).show(answer.hits[0]) is None
