"""The rule on a language without word lists."""

from collections.abc import Iterator
from typing import Final

from tui.checks.rule import Finding, Rule, Subject
from tui.language.lexicon import lexicon


def no_lists(subject: Subject) -> Iterator[Finding]:
    """Find a briefing in whose language the rules on wording cannot read."""
    lang = subject.briefing.briefing.lang
    if lexicon(lang) is None:
        yield Finding(
            ("briefing", "lang"), f"there are no word lists for {lang!r}, so the rules on wording were left out"
        )


_HEADER: Final = """\
[briefing]
id = "example"
title = "An example"
bluf = "It shows one rule."
lang = "LANG"
as_of = "2026-11-22"
"""

RULES: Final = (
    Rule(
        "B002",
        "info",
        "the language has no word lists",
        "The rules on hedges, speakers and tone read word lists; where there are none they find nothing, and that nothing"
        " was found must not be taken for praise.",
        "read for these yourself, or add the lists of the language",
        no_lists,
        _HEADER.replace("LANG", "mi"),
        _HEADER.replace("LANG", "en-GB"),
    ),
)
