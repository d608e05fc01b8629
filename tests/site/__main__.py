"""Measures all bars of a site: ``python -m tests.site [--large]``, which adds the library of 10,000 briefings."""

import argparse
import gc
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser

from tests.relevance.judging import HELD_OUT, REWORDED, TUNED, judged
from tests.site import bars
from tests.site.browser import browser
from tests.site.conftest import CONTENT, make_site
from tests.site.crawling import dead_links
from tests.site.libraries import QUERIES, library
from tests.site.test_search import QUERIES as BUNDLED
from tests.site.test_search import Reference, differences
from tui.start import COLLECT_EVERY

_ENTRIES: Final = 20
_AT_TEN_THOUSAND: Final = 500
"""Briefings of 20 entries that have 10,000."""


def say(bar: str, figure: object, *, is_met: bool) -> None:
    """Print a bar with its figure."""
    sys.stdout.write(f"{'met ' if is_met else 'MISSED'}  {bar}: {figure}\n")
    sys.stdout.flush()


def _counted(found: list[str]) -> str:
    return f"{len(found)}{''.join(f'{chr(10)}          {one}' for one in found[:12])}"


def measure(folder: Path, *, large: bool) -> None:
    """Measure everything on the bundled briefings, and on made-up libraries."""
    site = make_site(folder / "bundled", CONTENT)
    files = bars.html_files(site)
    checks: dict[str, Callable[[], list[str]]] = {
        "dead links": lambda: sorted(map(str, dead_links(site))),
        "messages of the Nu Html Checker": lambda: bars.vnu_messages(site),
    }
    for bar, check in checks.items():
        found = check()
        say(f"{bar} (0)", _counted(found), is_met=not found)
    size = bars.first_page_size(site, "dprk-missiles")
    say(
        "first page of dprk-missiles, compressed, with style and script (150 kB)",
        f"{size / 1000:.0f} kB",
        is_met=size <= 150_000,
    )
    ratio = bars.index_ratio(site, CONTENT)
    say("index beside the text (2)", f"{ratio:.2f}", is_met=ratio <= 2)
    with browser() as started:
        reference = Reference(CONTENT, folder / "held")
        asked = [query.text for file in (TUNED, HELD_OUT, REWORDED) for query in judged(file)]
        others = differences(started, site, reference, [*asked, *BUNDLED])
        compared = sum(reference.hits(query) is not None for query in (*asked, *BUNDLED))
        say(f"of {compared} queries, those with other hits than briefing search (0)", others or 0, is_met=not others)
        ten = make_site(library(folder / "ten", _AT_TEN_THOUSAND, _ENTRIES).parent, folder / "ten/content")
        times = bars.query_times(started, ten, QUERIES)
        said = f"median {statistics.median(times):.1f} ms, slowest {max(times):.1f} ms of {len(times)}"
        say("a query at 10,000 entries (16 ms)", said, is_met=max(times) <= 16)
        for bar, check in _in_browser(started, files):
            found = check()
            say(f"{bar} (0)", _counted(found), is_met=not found)
    for number, least in ((3, 1.5), *([(10_000, 180)] if large else [])):
        root = library(folder / f"of-{number}", number, _ENTRIES) if number > 3 else _copied(folder / "of-3")
        first, second, changed = bars.export_seconds(root, folder / f"of-{number}")
        name = "bundled briefings" if number == 3 else f"{number:,} briefings of {_ENTRIES} entries"
        say(f"{name}, first export ({least} s)", f"{first:.2f} s; again {second:.2f} s", is_met=first <= least)
        say(f"{name}, one changed (1 s)", f"{changed:.2f} s", is_met=changed <= 1)


def _copied(folder: Path) -> Path:
    return Path(shutil.copytree(CONTENT, folder / "content"))


def _in_browser(started: Browser, files: list[Path]) -> Iterator[tuple[str, Callable[[], list[str]]]]:
    yield "pages that scroll sideways at 320 px", lambda: bars.too_wide(started, files)
    yield (
        "pages that lack something without JavaScript",
        lambda: bars.without_script(started, [file for file in files if file.name != "search.html"]),
    )
    yield "requests to anywhere", lambda: bars.foreign_requests(started, files)
    yield "violations of axe-core in light, dark and forced colours", lambda: bars.axe_violations(started, files)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="also export 10,000 briefings")
    gc.set_threshold(COLLECT_EVERY)  # as the program does
    with tempfile.TemporaryDirectory() as temporary:
        measure(Path(temporary), large=parser.parse_args().large)
