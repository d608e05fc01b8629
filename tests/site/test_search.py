"""The search on the page finds what `briefing search` finds."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.relevance.judging import HELD_OUT, REWORDED, TUNED, judged
from tests.site.browser import opened
from tests.site.conftest import CONTENT
from tui.language.stems import Stemmer
from tui.language.tokens import words_of
from tui.library.catalogue import Catalogue
from tui.library.volume import Volume
from tui.search.index.documents import passages, unpacked
from tui.search.index.library_index import SearchIndex
from tui.search.nodes import And, Field, Node, Phrase, Word
from tui.search.query import parse
from tui.search.translation import Translator

FOLDED = (
    "Hwasŏng-11", "P’yŏngyang", "ＫＮ－２３", "weiß Straße ΣΊΣΥΦΟΣ", "북한 미사일", "ข้อความไทย", "co‑operate", "soft\u00adhyphen",
    "Łódź Æsop", "हिन्दी शब्द", "العربية", "ﬁne ½ x²", "don't “quote”", "東京都、", "e\u0301a", "Ⅻ ①", "a_b-c.d", "x\u200bz",
)  # fmt: skip
QUERIES = (
    "kind:claim hundreds", "by:paparo", 'by:"Kyrylo Budanov" missiles', "rating:B2", "rating:A..B", "rating:B1..C2",
    "reliability:A..C kind:source", "likelihood:>=likely", "likelihood:<unlikely", "confidence:>=moderate", "date:2025-04",
    "date:2024..2024-06 kind:claim", "date:2025..", "has:conflict has:quantity", 'quote:"hundreds of"', "quote:hundreds",
    '"ballistic missiles" russia', "in:handbook swan", "about:russia", "stance:sceptical", "position:thousands",
    "evidence:how-many", "party:belligerent kind:claim", "source:ap", "kind:dispute", "kind:report by:shin", "UN", "US",
    "cooperate", "co-operate", "exporting", "nuclearisation", "dprk-missiles#hundreds", "tariffs prices", 'KN23 "start of 2025"',
)  # fmt: skip
REFUSED = (
    "swan -pond", "swan OR pond", "(swan)", "sw*", "is:unread", "colour:red", '"open', "rating:Z9", "date:soon", "by:",
    "date:2025-13", "likelihood:>likeliest",
)  # fmt: skip


def is_plain(node: Node | None) -> bool:
    """Whether a query has words, phrases and fields alone."""
    parts = node.parts if isinstance(node, And) else (node,)
    return all(
        isinstance(part, Phrase) or (isinstance(part, Word) and not part.prefix) or isinstance(part, Field)
        for part in parts
    )


def _id(volume: Volume, kind: str, index: int) -> str:
    edition = volume.edition
    if kind == "source":
        return edition.sources[index].id
    return edition.entities[index].id if kind == "entity" else edition.entries[index].id


class Reference:
    """The hits of `briefing search`, all of them and no others."""

    def __init__(self, content: Path, folder: Path) -> None:
        self._catalogue = Catalogue(None, [content], folder)
        self._catalogue.refresh()
        self._index = SearchIndex(None)
        self._index.update(self._catalogue)
        self._view = self._index.view()
        self._names: dict[tuple[str, int], str] = {}
        for path in self._catalogue.stamps():
            volume = self._catalogue.open(Path(path)).volume
            for passage in passages(volume) if volume else ():
                kind, index, _ = unpacked(passage.item)
                if volume and kind != "text":
                    name = volume.edition.id
                    self._names[name, passage.item] = (
                        name if kind == "briefing" else f"{name}#{_id(volume, kind, index)}"
                    )

    def hits(self, text: str) -> list[str] | None:
        """Return the addresses of all hits, in order. None for a query of other operators."""
        node = parse(text).node
        if node is None or not is_plain(node) or self._view is None:
            return None
        result = self._view.searcher.search(Translator(self._view).query(node), 10_000)
        addresses = [address for _, address in result.hits]
        items = self._view.searcher.fast_field_values("item", addresses)
        numbers = self._view.searcher.fast_field_values("of", addresses)
        named = [self._view.ledger.named(int(number or 0)) for number in numbers]
        found = (self._names.get((one[0], int(item or 0))) for one, item in zip(named, items, strict=True) if one)
        return sorted(name for name in found if name)


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    """Give the hits of `briefing search` on the bundled briefings."""
    return Reference(CONTENT, tmp_path_factory.mktemp("held"))


def differences(
    browser: Browser, site: Path, reference: Reference, queries: Iterable[str]
) -> dict[str, tuple[int, int]]:
    """Return the queries with other hits on the page, with the numbers of both."""
    wanted = {query: hits for query in queries if (hits := reference.hits(query)) is not None}
    with opened(browser, site / "search.html") as page:
        script = "async (all) => { const o = {}; for (const q of all) o[q] = (await namesOf(await found(q))).sort(); return o; }"
        found = page.evaluate(script, list(wanted))
    return {query: (len(found[query]), len(hits)) for query, hits in wanted.items() if sorted(found[query]) != hits}


def test_the_hits_are_those_of_the_program(browser: Browser, site: Path, reference: Reference) -> None:
    asked = {query.text for file in (TUNED, HELD_OUT, REWORDED) for query in judged(file)}
    compared = [query for query in (*sorted(asked), *QUERIES) if reference.hits(query) is not None]
    assert len(compared) >= 150
    assert {} == differences(browser, site, reference, compared)


def test_words_are_folded_and_stemmed_alike(browser: Browser, site: Path) -> None:
    text = (CONTENT / "dprk-missiles/briefing.toml").read_text(encoding="utf-8")
    words = sorted({word for word in words_of(text).split() if word.isalpha() and word.isascii()})
    stemmer = Stemmer(["en"])
    with opened(browser, site / "search.html") as page:
        assert [words_of(one).split() for one in FOLDED] == page.evaluate("(all) => all.map(wordsOf)", list(FOLDED))
        stems = page.evaluate("(all) => all.map(stemmed)", words)
    assert [stemmer.stems(word)[0] for word in words] == stems


def test_other_operators_are_refused_in_one_line(browser: Browser, site: Path) -> None:
    with opened(browser, site / "search.html") as page:
        for query in REFUSED:
            page.fill("#q", query)
            page.wait_for_selector(f"#said[data-query={json.dumps(query)}]")
            said = page.inner_text("#said")
            assert "hit" not in said, query
            assert said, query


def test_counts_and_what_was_searched_are_said(browser: Browser, site: Path) -> None:
    with opened(browser, site / "search.html", "?q=swan") as page:
        page.wait_for_selector("#hits li")
        said = page.inner_text("#said")
        assert " in 3 briefings, " in said
        page.fill("#q", "missiles")
        page.wait_for_selector("#said[data-query=missiles]")
        assert 20 == page.locator("#hits li").count()
        page.click("#more")
        page.wait_for_selector("#hits li:nth-child(21)")
        href = page.get_attribute("#hits li a", "href")
        assert href
        page.click("#hits li a")
        assert page.url.endswith(href)
