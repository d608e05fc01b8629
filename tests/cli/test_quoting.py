"""`briefing quote` with the words given: the footnote of words that stand once, and every place of those that do not."""

from collections.abc import Callable
from pathlib import Path

import pytest
import tomli

from tests.cli.conftest import Done

Run = Callable[..., Done]


@pytest.fixture
def quote(run: Run, sample_folder: Path) -> Callable[..., Done]:
    """Give what asks for a quote of the made-up briefing."""

    def ask(*words: str) -> Done:
        return run("quote", "--content", sample_folder.parent, "sample", *words)

    return ask


def test_words_that_stand_once(quote: Callable[..., Done]) -> None:
    assert Done(0, '{ source = "pond", quote = "There were seven swans" }\n', "") == quote(
        "pond", "There were seven swans"
    )


def test_words_in_pieces_are_one_quote(quote: Callable[..., Done]) -> None:
    assert '{ source = "pond", quote = "There were seven" }\n' == quote("pond", "There", "were", "seven").out


def test_a_source_whose_words_another_carries_keeps_its_own_name(quote: Callable[..., Done]) -> None:
    assert '{ source = "miller", quote = "I saw eleven swans" }\n' == quote("miller", "I saw eleven swans").out


def test_words_that_stand_twice_are_told_with_their_footnotes(quote: Callable[..., Done]) -> None:
    done = quote("pond", "swans")
    assert (1, "") == (done.code, done.out)
    first, *places = done.err.splitlines()
    assert "these words stand 3 times" in first
    lines = [place.partition("¶")[2].partition(": ")[2] for place in places]
    cited = [tomli.loads(f"cite = [{line}]")["cite"][0] for line in lines]
    assert [("swans", "seven"), ("swans", "The"), ("swans", "eleven")] == [
        (one["quote"], one["prefix"]) for one in cited
    ]


def test_words_that_do_not_stand_there(quote: Callable[..., Done]) -> None:
    done = quote("pond", "There were nine swans on the pond")
    assert (1, "") == (done.code, done.out)
    assert "the text of Pond book does not have exactly these words" in done.err
    assert "the nearest, only a suggestion: “There were seven swans on the pond”" in done.err
    assert len(quote("pond", "zebra").err.splitlines()) == 1


def test_remarks_are_told_and_the_line_is_given(quote: Callable[..., Done]) -> None:
    done = quote("pond", "on the pond. The swans were white.\n\nNobody counted the geese")
    assert done.code == 0
    assert "It runs over the end of a paragraph (Q003)." in done.err
    assert tomli.loads(f"a = {done.out}")["a"]["quote"].startswith("on the pond. The swans were white. Nobody")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("pondd", "x"), "has no source 'pondd'; did you mean 'pond'?"),
        (("zzz", "x"), "the sources are: pond, miller"),
        (("stray", "x"), "the text of 'stray' is not held here; hold it: briefing hold "),
        (("pond", ""), "there are no words to look for"),
        (("pond", " ", " "), "there are no words to look for"),
        (("pond",), "picking words needs a terminal"),
    ],
)
def test_wrong_uses(quote: Callable[..., Done], words: tuple[str, ...], said: str) -> None:
    done = quote(*words)
    assert (2, "", 1) == (done.code, done.out, len(done.err.splitlines()))
    assert said in done.err
