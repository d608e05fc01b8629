"""Words that mean nearly the same."""

import pytest
import tomli

from tui.language.synonyms import FOLDER, Synonyms, synonyms
from tui.language.tokens import words_of


@pytest.fixture(scope="module")
def english() -> Synonyms:
    """Give the synonyms of English."""
    return synonyms(("en-GB",))


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("rockets", "missile"),
        ("Rocket", "missile"),
        ("Moscow", "russia"),
        ("anti-aircraft", "air defence"),
        ("upgraded", "improve"),
        ("permanent", "lasting"),
    ],
)
def test_any_form_of_a_word_has_its_synonyms(english: Synonyms, word: str, other: str) -> None:
    assert other in english.of(word)


@pytest.mark.parametrize("word", ["", "xyzzy", "  ", "the", "ракета", "KN-23"])
def test_other_words_have_none(english: Synonyms, word: str) -> None:
    assert () == english.of(word)


def test_no_word_is_a_synonym_of_its_own_forms(english: Synonyms) -> None:
    assert not {"delivery", "deliveries", "deliver"} & set(english.of("deliveries"))


def test_another_language_has_those_of_english_too() -> None:
    assert "missile" in Synonyms(["de"]).of("rocket")


def test_the_list_has_each_group_once(english: Synonyms) -> None:
    written = (FOLDER / "en.toml").read_text(encoding="utf-8")
    groups = [frozenset(map(words_of, group.split(","))) for group in tomli.loads(written)["groups"]]
    assert len(groups) == len(set(groups))
    assert all(len(group) > 1 for group in groups)
    assert max(len(english.of(word)) for group in groups for word in group) <= 30
