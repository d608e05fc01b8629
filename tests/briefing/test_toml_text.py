"""Strings of TOML: what is written is read back, whatever it is."""

import tomli
from hypothesis import given
from hypothesis import strategies as st

from tui.briefing.characters import FORBIDDEN
from tui.briefing.toml_text import basic_string, citation_line

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
HOSTILE = st.text("\"\\\n\t\r'#{}[]= \x00\x7f\x85\u202e\u2028\ufeff\U000e0041ab“”", max_size=40)


@given(TEXTS | HOSTILE)
def test_any_string_comes_back(text: str) -> None:
    assert {"a": text} == tomli.loads(f"a = {basic_string(text)}")


@given(TEXTS | HOSTILE)
def test_nothing_written_could_act_on_a_terminal(text: str) -> None:
    assert FORBIDDEN.search(basic_string(text)) is None
    assert "\n" not in basic_string(text)


@given(HOSTILE, HOSTILE, HOSTILE)
def test_a_citation_is_one_line_that_means_what_was_given(quote: str, prefix: str, suffix: str) -> None:
    line = citation_line("note", quote, prefix, suffix)
    meant = {"source": "note", "quote": quote, "prefix": prefix, "suffix": suffix}
    assert {key: value for key, value in meant.items() if value} == tomli.loads(f"cite = [{line}]")["cite"][0]
    assert "\n" not in line


def test_a_lone_surrogate_is_replaced() -> None:
    assert '"a\ufffdb"' == basic_string("a\ud800b")


def test_a_citation_reads_like_those_written_by_hand() -> None:
    assert '{ source = "seed", quote = "delivered “hundreds”" }' == citation_line("seed", "delivered “hundreds”")
