"""The pages of a text."""

from hypothesis import given
from hypothesis import strategies as st

from tui.briefing.page_breaks import PAGE, PageBreaks


def test_a_text_without_pages_has_none() -> None:
    assert 0 == PageBreaks("seven swans").page_of(3)


def test_a_page_begins_at_its_mark() -> None:
    text = f"one{PAGE}two{PAGE}{PAGE}four"
    breaks = PageBreaks(text)
    assert [1, 2, 4] == [breaks.page_of(text.index(word)) for word in ("one", "two", "four")]
    assert 0 == breaks.page_of(-1)


@given(st.lists(st.text("ab "), min_size=2))
def test_every_character_is_on_the_page_that_it_was_put_on(pages: list[str]) -> None:
    text = PAGE.join(pages)
    breaks = PageBreaks(text)
    told = [(breaks.page_of(at), sign) for at, sign in enumerate(text) if sign != PAGE]
    assert told == [(number, sign) for number, page in enumerate(pages, 1) for sign in page]
