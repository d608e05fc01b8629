"""The rules on wording, where their examples do not say it all."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.checks.precision import READING_LANGUAGE
from tui.briefing.model import Briefing
from tui.checks.rule import Finding, Subject
from tui.checks.rules import BY_ID
from tui.library.source_texts import SourceText

HEADER = {"id": "x", "title": "X", "bluf": "X.", "lang": "en", "as_of": "2026-11-22"}
Find = Callable[..., list[Finding]]


@pytest.fixture
def find() -> Find:
    """Run one rule over tables, with held texts."""

    def run(rule: str, *, lang: str = "en", texts: dict[str, str] | None = None, **tables: Any) -> list[Finding]:
        briefing = Briefing.model_validate({"format": 1, "briefing": HEADER | {"lang": lang}, **tables})
        return list(
            BY_ID[rule].check(Subject(briefing, texts={name: SourceText(text) for name, text in (texts or {}).items()}))
        )

    return run


def claim(text: str, **keys: Any) -> dict[str, Any]:
    return {"id": "one", "text": text, "by": "x", **keys}


def source(**keys: Any) -> dict[str, Any]:
    return {"id": "note", "type": "article-newspaper", **keys}


def test_a_finding_points_at_its_words(find: Find) -> None:
    (found,) = find("C009", claim=[claim("He fled the regime.")])

    assert ("claim", 0, "text") == found.path
    assert "He fled the regime."[found.offset : found.offset + found.length] == "regime"


def test_ids_in_links_and_code_are_no_prose(find: Find) -> None:
    text = "See [[regime|the note]], [[brutal]] and `regime`, not the brutal one."
    (found,) = find("C009", claim=[claim(text)])

    assert text.rindex("brutal") == found.offset


@pytest.mark.parametrize("lang", ["mi", "it-CH"])
def test_without_lists_the_rules_are_silent_and_say_so_once(find: Find, lang: str) -> None:
    text = "Officials said that the brutal regime will fall last week with high confidence, which is likely."

    assert [] == [found for rule in READING_LANGUAGE for found in find(rule, lang=lang, claim=[claim(text)])]
    assert [("briefing", "lang")] == [found.path for found in find("B002", lang=lang)]


def test_with_some_lists_the_others_are_silent(find: Find) -> None:
    quote = [{"source": "note", "quote": "etwa 100 Raketen"}]
    german = claim("Das Regime lieferte 100 Raketen.", cite=quote)

    assert [] == find("C009", lang="de", claim=[german], source=[source()])
    assert 1 == len(find("C001", lang="de", claim=[german], source=[source()]))


def test_a_quote_is_read_in_the_language_of_its_source(find: Find) -> None:
    cited = claim("It delivered 100 missiles.", cite=[{"source": "note", "quote": "etwa 100 Raketen"}])

    assert 1 == len(find("C001", claim=[cited], source=[source(lang="de")]))
    assert [] == find("C001", claim=[cited], source=[source(lang="it")])
    assert [] == find("C001", claim=[cited], source=[source()])


class TestQuotes:
    TEXT = "The plant may have closed, Ann Holt said. It shut in 2020."

    def test_a_hedge_that_is_recorded_is_not_lost(self, find: Find) -> None:
        cite = [{"source": "note", "quote": "have closed"}]
        entry = claim("It may be so.", cite=cite)

        assert 1 == len(find("Q004", claim=[entry], source=[source()], texts={"note": self.TEXT}))
        assert [] == find("Q004", claim=[entry | {"hedge": "may"}], source=[source()], texts={"note": self.TEXT})

    @pytest.mark.parametrize("end", ["", "\n\nThe notice was dated 3 May.\n"])
    @pytest.mark.parametrize(("quote", "hedged"), [("the work, Marlin Inc", 0), ("a notice", 0), ("will begin", 1)])
    def test_a_sentence_ends_with_its_paragraph(self, find: Find, quote: str, hedged: int, end: str) -> None:
        """“Inc.” would end none, and the “if” stands in the next paragraph."""
        text = (
            "The board decides on Friday, it said in a\nnotice that names the firm for the work, Marlin Inc.\n"
            "    It will begin in May if it gets the\nstone, the chair told the paper.\n"
        )
        entry = claim("So.", cite=[{"source": "note", "quote": quote}])

        assert hedged == len(find("Q004", claim=[entry], source=[source()], texts={"note": text + end}))

    @pytest.mark.parametrize("quote", ["closed in 2020", "shut"])
    def test_a_sentence_runs_over_wrapped_lines(self, find: Find, quote: str) -> None:
        text = "The plant may have\nclosed in 2020.\nIf it rains, the board\nhas it shut.\nNobody asks."
        entry = claim("So.", cite=[{"source": "note", "quote": quote}])

        assert 1 == len(find("Q004", claim=[entry], source=[source()], texts={"note": text}))

    def test_what_is_missing_or_ambiguous_is_left_to_other_rules(self, find: Find) -> None:
        for quote in ("not there", "e"):
            entry = claim("So.", cite=[{"source": "note", "quote": quote, "direct": True}])
            for rule in ("Q004", "Q005"):
                assert [] == find(rule, claim=[entry], source=[source()], texts={"note": self.TEXT})

    def test_a_speakers_own_text_needs_no_quotation_marks(self, find: Find) -> None:
        entry = claim("So.", cite=[{"source": "note", "quote": "may have closed", "direct": True}])
        written = source(type="speech")
        signed = source(author=["x"])

        assert 1 == len(find("Q005", claim=[entry], source=[source()], texts={"note": self.TEXT}))
        assert [] == find("Q005", claim=[entry], source=[written], texts={"note": self.TEXT})
        assert [] == find("Q005", claim=[entry], source=[signed], texts={"note": self.TEXT})

    def test_the_message_names_the_words_that_are_paraphrased(self, find: Find) -> None:
        text = "“It closes gaps,” the admiral said. He called it a threat.\n"
        for quote, words in (
            ("“It closes gaps,” the admiral said", "“the admiral said” of these words"),
            ("gaps,” the admiral said", "“the admiral said” of these words"),
            ("called it a threat", "these words"),
        ):
            entry = claim("So.", cite=[{"source": "note", "quote": quote, "direct": True}])
            (found,) = find("Q005", claim=[entry], source=[source()], texts={"note": text})
            assert found.message == f"the text of 'note' has {words} outside quotation marks"

    def test_words_of_two_quotations_are_all_direct(self, find: Find) -> None:
        text = "“The first stays open.\n\n“The second closes,” she wrote.\n"
        entry = claim("So.", cite=[{"source": "note", "quote": "stays open.\n\n“The second", "direct": True}])

        assert [] == find("Q005", claim=[entry], source=[source()], texts={"note": text})

    def test_an_assumption_may_take_for_granted_what_its_source_holds_back(self, find: Find) -> None:
        entry = {"id": "one", "text": "It is so.", "cite": [{"source": "note", "quote": "have closed"}]}

        assert [] == find("Q004", assumption=[entry], source=[source()], texts={"note": self.TEXT})
        assert 1 == len(find("Q004", background=[entry], source=[source()], texts={"note": self.TEXT}))

    def test_footnotes_of_entities_are_read_too(self, find: Find) -> None:
        cite = [{"source": "note", "quote": "have closed", "direct": True}]
        entity = {"id": "plant", "name": "Plant", "type": "place", "text": "A plant.", "cite": cite}

        for rule in ("Q004", "Q005"):
            (found,) = find(rule, entity=[entity], source=[source()], texts={"note": self.TEXT})
            assert ("entity", 0, "cite", 0, "quote") == found.path


class TestSpeakers:
    def test_an_entity_is_a_name(self, find: Find) -> None:
        entity = {"id": "officials", "name": "Officials of the ministry", "type": "organisation"}

        assert [] == find("S004", claim=[claim("So.", by="officials")], entity=[entity])
        assert [("claim", 0, "by")] == [one.path for one in find("S004", claim=[claim("So.", by="officials")])]

    def test_who_says_that_nobody_is_named_has_said_so(self, find: Find) -> None:
        view = {"id": "one", "who": "unnamed analysts", "text": "Analysts said that it is so."}

        assert [] == find("S004", view=[view])

    def test_a_question_may_ask_about_experts(self, find: Find) -> None:
        text = "Who are the experts, of whom Ann Holt says that they know?"

        assert [] == find("V003", question=[{"id": "one", "text": text}])
        assert 1 == len(find("V003", claim=[claim(text.replace("the experts", "experts"))]))

    def test_people_of_the_entry_count_as_named(self, find: Find) -> None:
        people = [{"id": name, "name": f"{name.title()} Holt", "type": "person"} for name in ("ann", "ben")]
        text = "Experts are alarmed."

        assert [] == find("V003", claim=[claim(text)], entity=people)
        assert 1 == len(find("V003", claim=[claim(text, about=["ann"])], entity=people))
        assert [] == find("V003", claim=[claim(text, about=["ann", "ben"])], entity=people)


class TestClaims:
    ENTITY = ({"id": "yard", "name": "yard", "type": "place"},)

    def test_a_link_between_claims_acknowledges_the_doubt(self, find: Find) -> None:
        first = claim("It may sell the yard.", about=["yard"])
        later = claim("The sale of the yard cost jobs.", about=["yard"]) | {"id": "two"}

        assert 1 == len(find("C003", claim=[first, later], entity=self.ENTITY))
        assert [] == find("C003", claim=[first, later | {"rests_on": ["one"]}], entity=self.ENTITY)

    def test_what_was_stated_in_between_is_settled(self, find: Find) -> None:
        first = claim("It may sell the yard.", about=["yard"])
        between = claim("It sold the yard.", about=["yard"]) | {"id": "two"}
        later = claim("The sale of the yard cost jobs.", about=["yard"]) | {"id": "three"}

        assert [] == find("C003", claim=[first, between, later], entity=self.ENTITY)

    def test_an_assumption_words_nobodys_statement(self, find: Find) -> None:
        cite = [{"source": "note", "quote": "if this alliance lasts"}]
        assumption = {"id": "one", "text": "That this alliance lasts.", "cite": cite}

        assert [] == find("C001", assumption=[assumption], source=[source()])

    def test_a_dated_entry_needs_no_date_in_its_text(self, find: Find) -> None:
        assert [] == find("S007", claim=[claim("It closed last week.", date="2024-05")])
        assert 1 == len(find("S007", claim=[claim("It closed last week.")]))

    def test_only_reports_must_not_foretell(self, find: Find) -> None:
        assert [] == find("C005", claim=[claim("It will close.", kind="prediction")])
        assert 1 == len(find("C005", claim=[claim("It will close.", kind="report")]))

    def test_header_descriptors_and_reasons_are_prose_too(self, find: Find) -> None:
        entry = claim("So.", assess={"confidence": "low", "why": "Brutal."}, supports=[{"to": "one", "why": "Brutal."}])
        found = find("C009", claim=[entry], source=[source(descriptor="Brutal.")])

        assert [
            ("source", 0, "descriptor"),
            ("claim", 0, "supports", 0, "why"),
            ("claim", 0, "assess", "why"),
        ] == [one.path for one in found]


def test_an_actor_that_is_missing_is_told_from_one_that_is_implied(find: Find) -> None:
    recommendation = {"id": "one", "action": "Close it.", "by": "x"}

    assert [("recommendation", 0, "id")] == [one.path for one in find("R001", recommendation=[recommendation])]
    implied = recommendation | {"actor": "the town", "actor_implied": True}
    assert [("recommendation", 0, "actor")] == [one.path for one in find("R001", recommendation=[implied])]
