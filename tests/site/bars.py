"""The bars that a site has to clear, measured with a real browser and the checkers of others."""

import gzip
import json
import re
import subprocess
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.programs import program
from tests.site.browser import opened
from tests.site.crawling import pages_of
from tui.library.catalogue import Catalogue
from tui.library.published_catalogue import PublishedCatalogue
from tui.search.index.documents import passages, unpacked
from tui.site.export import export

JAR: Final = Path(__file__).parents[2] / ".ci/vnu/node_modules/vnu-jar/build/dist/vnu.jar"
"""The Nu Html Checker, as `.ci/run` installs it."""
INSTALL: Final = "npm install --no-save --prefix .ci/vnu vnu-jar@26.9.27"
SCHEMES: Final[tuple[dict[str, Any], ...]] = (
    {"color_scheme": "light", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "none"},
    {"color_scheme": "light", "forced_colors": "active"},
)
_RULES: Final = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
_ONE_OF_EACH_FORM: Final = """() => {
  const seen = new Set();
  const nameOf = (one) => `${one.tagName} ${one.getAttribute("class")}`;
  for (const one of document.querySelectorAll("li, tr, article, .block, .use")) {
    if (!one.isConnected) continue;
    const form = [...new Set([one, ...one.querySelectorAll("*")].map(nameOf))].sort().join();
    if (seen.has(form)) one.remove(); else seen.add(form);
  }
}"""
"""Leaves one item of each set of elements and classes."""
_OF_A_FILE: Final = re.compile(r"Content Security Policy .*blocked by “(style|script)-src”")
"""The checker takes no file for a file of the same origin; browsers do."""


def html_files(site: Path) -> list[Path]:
    """Return the pages of a site."""
    return sorted(site.rglob("*.html"))


def axe_violations(
    browser: Browser, files: Iterable[Path], schemes: Sequence[dict[str, Any]] = SCHEMES, *, once: bool = False
) -> list[str]:
    """Return what axe-core finds on pages, in each scheme of colours.

    Args:
        browser: a browser.
        files: the pages.
        schemes: the schemes of colours.
        once: whether one item of each form is enough. A long page takes minutes otherwise.
    """
    found = []
    for file in files:
        with opened(browser, file) as page:
            if once:
                page.evaluate(_ONE_OF_EACH_FORM)
            for scheme in schemes:
                page.emulate_media(**scheme)
                for one in Axe().run(page, options=_RULES).response["violations"]:
                    nodes = one["nodes"]
                    found.append(
                        f"{file.parent.name}/{file.name} {scheme}: {one['id']} ×{len(nodes)} {nodes[0]['html'][:160]}"
                    )
    return found


def narrow_columns(browser: Browser, file: Path, widths: Iterable[int], least: int = 140) -> list[str]:
    """Return the texts of a page that stand in a column of a few letters, at each width."""
    script = """(least) => [...document.querySelectorAll(".proposition, .said > p, .rows p, .line > *, .notes")]
        .filter((one) => one.clientHeight > 80 && one.clientWidth < least).map((one) => one.textContent.slice(0, 60))"""
    with opened(browser, file) as page:
        found = []
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{width}: {text}" for text in page.evaluate(script, least)]
    return found


def vnu_messages(site: Path) -> list[str]:
    """Return what the Nu Html Checker says about the pages of a site and its style."""
    files = [str(path) for path in (*html_files(site), *site.glob("*.css"))]
    command = [program("java"), "-jar", str(JAR), "--format", "json", "--also-check-css", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    messages = json.loads(done.stderr)["messages"]
    return [
        f"{one.get('url', '')[-60:]}:{one.get('lastLine')}: {one['message']}"
        for one in messages
        if not _OF_A_FILE.search(one["message"])
    ]


def too_wide(browser: Browser, files: Iterable[Path], width: int = 320) -> list[str]:
    """Return the pages that scroll sideways in a narrow window."""
    found = []
    with opened(browser, next(iter(files)), viewport={"width": width, "height": 640}) as page:
        for file in files:
            page.goto(file.as_uri())
            wide = page.evaluate("document.documentElement.scrollWidth")
            found += [f"{file.parent.name}/{file.name}: {wide}"] * (wide > width)
    return found


def without_script(browser: Browser, files: Iterable[Path]) -> list[str]:
    """Return the pages that show less without JavaScript than with it."""
    found = []
    for file in files:
        texts = []
        for is_on in (True, False):
            with opened(browser, file, java_script_enabled=is_on) as page:
                texts.append(page.locator("main").inner_text())
        found += [f"{file.parent.name}/{file.name}"] * (texts[0] != texts[1])
    return found


def foreign_requests(browser: Browser, files: Iterable[Path]) -> list[str]:
    """Return the requests of pages, and of a search, to anywhere but the site's folder."""
    files = list(files)
    site = next(file.parent for file in files if file.name == "search.html")
    requests: list[str] = []
    with opened(browser, site / "search.html", "?q=swan") as page:
        page.on("request", lambda request: requests.append(request.url))
        for file in files:
            page.goto(file.as_uri())
        page.goto(f"{(site / 'search.html').as_uri()}?q=missiles")
        page.wait_for_selector("#hits li")
    policy = [
        f"no policy: {path}"
        for path, text in pages_of(site)
        if path.endswith(".html") and "default-src 'none'" not in text
    ]
    return policy + [url for url in requests if not url.startswith(site.as_uri())]


def first_page_size(site: Path, name: str) -> int:
    """Return the compressed bytes of a first page with its style and script."""
    files = (site / name / "index.html", site / "site.css", site / "site.js")
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def index_ratio(site: Path, content: Path) -> float:
    """Return the bytes of the index for each byte of the text that is searched."""
    catalogue = Catalogue(None, [content], content / "none")
    volumes = [catalogue.open(row.path).volume for row in catalogue.all_rows()]
    texts = (
        len(text.encode())
        for volume in volumes
        if volume
        for passage in passages(volume)
        if unpacked(passage.item)[0] != "text"
        for text in passage.texts
    )
    size = sum(file.stat().st_size for file in (site / "search").rglob("*.js"))
    catalogue.close()
    return size / sum(texts)


def query_times(browser: Browser, site: Path, queries: Sequence[str]) -> list[float]:
    """Return the milliseconds of queries whose parts of the index are loaded, the median of five runs of each."""
    script = """async (all) => {
      const times = [];
      for (const one of all) {
        const runs = [];
        await found(one);
        for (let run = 0; run < 5; run += 1) {
          const begin = performance.now();
          await found(one);
          runs.push(performance.now() - begin);
        }
        times.push(runs.sort((a, b) => a - b)[2]);
      }
      return times;
    }"""
    with opened(browser, site / "search.html") as page:
        times = page.evaluate(script, list(queries))
    return [float(one) for one in times]


def export_seconds(content: Path, folder: Path) -> tuple[float, float, float]:
    """Return the seconds of a first export, of a second one, and of one with a changed briefing.

    The library is compiled before, as it is for a reader.
    """
    catalogue = PublishedCatalogue(folder / "cache.sqlite", [content], folder / "held")
    catalogue.refresh()
    seconds = [_timed(catalogue, folder)]
    seconds.append(_timed(catalogue, folder))
    file = next(content.glob("*/briefing.toml"))
    file.write_text(file.read_text(encoding="utf-8").replace('title = "', 'title = "New: ', 1), encoding="utf-8")
    seconds.append(_timed(catalogue, folder))
    catalogue.close()
    return seconds[0], seconds[1], seconds[2]


def _timed(catalogue: PublishedCatalogue, folder: Path) -> float:
    begin = time.perf_counter()
    catalogue.refresh()
    export(catalogue, folder / "site", (), folder / "memory")
    return time.perf_counter() - begin
