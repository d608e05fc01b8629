"""A real browser, Chromium without a window."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page, sync_playwright

from tests.programs import program

_ARGUMENTS: Final = ["--no-sandbox", "--disable-gpu"]


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium, or skip the test without it."""
    path = program("chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield started
        started.close()


@contextlib.contextmanager
def opened(browser: Browser, file: Path, query: str = "", **options: Any) -> Iterator[Page]:
    """Open a file of a site; `options` are those of a context."""
    context = browser.new_context(**options)
    page = context.new_page()
    page.goto(f"{file.as_uri()}{query}")
    yield page
    context.close()
