"""The bars of a site that can be measured in seconds; ``python -m tests.site`` measures all."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.programs import REQUIRED, program
from tests.site import bars
from tests.site.browser import opened
from tests.site.conftest import CONTENT


def test_axe_finds_nothing(browser: Browser, small_site: Path) -> None:
    files = bars.html_files(small_site)
    assert [] == bars.axe_violations(browser, files, bars.SCHEMES[:1])
    assert [] == bars.axe_violations(browser, [small_site / "sample/index.html"], bars.SCHEMES[1:])


def test_axe_finds_nothing_on_any_kind_of_page_in_any_scheme(browser: Browser, site: Path) -> None:
    files = [*site.glob("*.html"), *(site / "dprk-missiles").glob("*.html")]
    assert 6 == len(files)
    assert [] == bars.axe_violations(browser, files, once=True)


def test_no_text_is_squeezed_at_any_width(browser: Browser, site: Path) -> None:
    widths = (320, 390, 600, 768, 900, 992, 1100, 1440)
    assert [] == bars.narrow_columns(browser, site / "dprk-missiles/index.html", widths)


def test_the_claims_stay_beside_a_table_that_scrolls_on_a_phone(browser: Browser, site: Path) -> None:
    with opened(browser, site / "dprk-missiles/evidence.html", viewport={"width": 390, "height": 700}) as page:
        page.evaluate("document.querySelector('.wide').scrollLeft = 400")
        for cell in page.locator(".wide caption span, .wide thead th[rowspan]:first-child, .wide tbody th").all()[:6]:
            box = cell.bounding_box()
            assert box
            assert 0 <= box["x"] < 100
        assert "△\N{NO-BREAK SPACE}weak for" in page.inner_text("caption")


def test_the_html_checker_finds_nothing(small_site: Path) -> None:
    program("java")
    if not bars.JAR.exists():
        refuse = pytest.fail if os.environ.get(REQUIRED) else pytest.skip
        refuse(f"the Nu Html Checker is not here: {bars.INSTALL}")
    assert [] == bars.vnu_messages(small_site)


def test_no_page_scrolls_sideways_on_a_phone(browser: Browser, site: Path) -> None:
    assert [] == bars.too_wide(browser, bars.html_files(site))


def test_pages_are_whole_without_javascript(browser: Browser, small_site: Path) -> None:
    files = [file for file in bars.html_files(small_site) if file.name != "search.html"]
    assert [] == bars.without_script(browser, files)
    with opened(browser, small_site / "search.html", java_script_enabled=False) as page:
        assert "The search needs JavaScript" in page.inner_text("main")


def test_nothing_is_asked_of_anywhere(browser: Browser, site: Path) -> None:
    files = [file for file in bars.html_files(site) if file.parent.name != "dprk-missiles"]
    assert [] == bars.foreign_requests(browser, files)


def test_the_first_page_and_the_index_are_small(site: Path) -> None:
    assert bars.first_page_size(site, "dprk-missiles") <= 150_000
    assert bars.index_ratio(site, CONTENT) <= 2


def test_a_footnote_out_of_sight_is_peeked_at(browser: Browser, site: Path) -> None:
    with opened(browser, site / "dprk-missiles/index.html", viewport={"width": 390, "height": 300}) as page:
        mark = page.locator("#hundreds sup a").first
        mark.scroll_into_view_if_needed()
        page.evaluate(
            "window.scrollTo(0, document.querySelector('#hundreds sup a').getBoundingClientRect().top + scrollY - 200)"
        )
        mark.click()
        assert page.locator("#hundreds\\:1:popover-open").count() == 1
        assert page.locator(":popover-open").count() == 1
        page.keyboard.press("Escape")
        assert page.locator(":popover-open").count() == 0


def test_footnotes_stand_beside_the_text_where_there_is_room(browser: Browser, site: Path) -> None:
    with opened(browser, site / "dprk-missiles/index.html", viewport={"width": 1200, "height": 800}) as page:
        said, note = (page.locator(f"#hundreds {part}").bounding_box() for part in (".said", ".notes"))
        assert said
        assert note
        assert note["x"] >= said["x"] + said["width"]
        assert abs(note["y"] - said["y"]) < 30
        # Each stands at the top of its entry, and pushes no heading down.
        tops = "articles => articles.map(one => [...one.querySelectorAll(':scope > h3, :scope > ol')].map(part => part.offsetTop - one.offsetTop))"
        for entry in page.locator("article.entry:has(> .notes)").evaluate_all(tops):
            assert max(entry[0], entry[-1]) < 30


def test_relations_are_said_once_on_paper_and_where_all_are_open(browser: Browser, site: Path) -> None:
    with opened(browser, site / "dprk-missiles/index.html") as page:
        brief, all_of_them = page.locator("#hundreds .brief"), page.locator("#hundreds details ul")
        assert (True, False) == (brief.is_visible(), all_of_them.is_visible())
        page.emulate_media(media="print")
        assert (False, True) == (brief.is_visible(), all_of_them.is_visible())
        page.emulate_media(media="screen")
        page.locator("#hundreds summary").click()
        assert (False, True) == (brief.is_visible(), all_of_them.is_visible())


@pytest.mark.parametrize("name", ["index", "evidence"])
def test_what_is_printed_is_whole(browser: Browser, site: Path, tmp_path: Path, name: str) -> None:
    with opened(browser, site / f"dprk-missiles/{name}.html") as page:
        page.pdf(path=tmp_path / "paper.pdf", format="A4")
        wanted = page.locator(".front p, .said > p, .block p").all_text_contents()
    command = [program("pdftotext"), str(tmp_path / "paper.pdf"), "-"]
    pages = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.split("\f")
    # Columns in a grid once pushed all but the title from the first page, and made the rest small.
    assert len(pages[0].split()) > 100
    assert 50 < len(pages) < 200
    said, printed = (set(re.findall("[A-Za-z]{2,}", " ".join(texts))) for texts in (wanted, pages))
    assert len(said - printed) < 5  # but for words that end on another line


def test_bars_are_drawn_and_not_written(site: Path) -> None:
    written = [file for file in bars.html_files(site) if set("█▏┄") & set(file.read_text(encoding="utf-8"))]
    assert [] == written
