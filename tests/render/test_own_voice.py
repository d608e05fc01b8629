"""The author's own voice on pages and in exports: judgments, disputes, indicators, remarks, voices."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tui.briefing import lock
from tui.briefing.loader import load_bytes
from tui.briefing.naming import PROSE_KEYS
from tui.library.compiling import compile_edition
from tui.library.summaries import Summary, counts_of
from tui.library.volume import Volume, brief
from tui.render import words
from tui.render.exports import EXPORTS
from tui.render.layout import lay_out
from tui.render.library import counts_words
from tui.render.pages import page_of
from tui.render.selection import Selection

POND = """\
format = 2
[briefing]
id = "pond"
title = "Swans on the pond"
bluf = "Seven swans are likely."
lang = "en"
as_of = "2026-11-27"
information_cutoff = "2026-10"

[[revision]]
on = "2026-11-26"
text = "The geese are told apart."

[[judgment]]
id = "kj-seven"
short = "Seven swans in May"
date = "2026-05"
text = "Seven swans were on the pond in May 2026."
likelihood = "likely"
confidence = "low"
why = "One count."
for = ["seven"]
against = [{ to = "eleven", why = "Another count.", weak = true }]
rests_on = ["counted-once"]
answers = "how-many#seven"
alternatives = [{ text = "Geese were counted too.", likelihood = "unlikely" }]
so_what = "Buy corn for seven."
previous = [{ on = "2026-04", likelihood = "very unlikely", confidence = "moderate", why = "A count came." }]
outcome = { on = "2026-06-02", came_true = true, why = "The warden counted again." }
note = "The author keeps geese."

[[judgment]]
id = "kj-eleven"
date = "2026-05"
text = "Eleven swans were on the pond in May 2026."
likelihood = "very unlikely"
why = "Nobody counted so many twice."
for = []
against = []

[[judgment]]
id = "kj-draft"
short = "Nobody has settled this"
draft = true
likelihood = "likely"

[[question]]
id = "how-many"
short = "How many swans?"
text = "How many swans are there?"
positions = [
  { id = "seven", text = "seven", entries = ["seven"] },
  { id = "eleven", text = "eleven", entries = ["eleven"] },
  { id = "none", text = "none", note = "Nobody says so now." },
]
evidence = [{ entry = "feathers", for = ["seven"], against = ["none"], why = "Feathers fall from swans." }]
settled_by = "A count at noon."

[[question]]
id = "where"
text = "Where are the geese?"

[[indicator]]
id = "recount"
short = "A recount"
text = "The warden counts again."
outcomes = [{ text = "He finds seven.", moves = [{ to = "kj-seven", way = "up" }, { to = "kj-eleven", way = "down" }] }]
where = "the mill"
until = "2027"
observed = { on = "2026-06-02", cite = [{ source = "book" }] }

[[claim]]
id = "seven"
short = "Seven swans"
text = "The warden counted seven."
by = "warden"
credibility = 3
cite = [{ source = "book" }]
quantity = { of = "swans", min = 7, max = 7, words = "seven" }
conflicts = [{ to = "eleven", kind = "other-count", why = "Both in May." }, { to = "feathers" }]
note = "On a *foggy* day."

[[claim]]
id = "eleven"
text = "The keeper says that there were eleven swans."
by = "the keeper"
cite = [{ source = "book" }]
conflicts = [{ to = "feathers", kind = "denial" }]

[[claim]]
id = "feathers"
text = "Feathers lie on the bank."
cite = [{ source = "letter", origin = ["pond-day"] }]

[[recommendation]]
id = "buy"
action = "Buy corn."
cite = [{ source = "letter" }]
rests_on = [{ to = "kj-seven", stated = false }, "seven"]

[[assumption]]
id = "counted-once"
text = "Nobody counted twice."

[[entity]]
id = "warden"
name = "Cora Vale"
type = "person"
party = "belligerent"
reliability = "C"

[[origin]]
id = "pond-day"
name = "The count of May 2026"
by = "warden"
note = "She counted at dawn."

[[source]]
id = "book"
type = "book"
title = "The book"
publisher = "Mill Press"
origin = ["pond-day"]
reliability = "B"
edition = "2nd"
translator = ["Ann Holt"]
publisher_place = "Quillby"
republish = true

[[source]]
id = "letter"
type = "personal_communication"
"""


@pytest.fixture(scope="module")
def pond() -> Volume:
    return volume_of(POND)


def volume_of(text: str) -> Volume:
    """Compile a briefing."""
    loaded = load_bytes(text.encode(), "pond.toml")
    assert loaded.problems == ()
    assert loaded.briefing is not None
    return Volume(compile_edition(loaded.briefing, lock.EMPTY, {}), Path("pond.toml"))


def screen(volume: Volume, name: str, width: int = 300) -> str:
    """Give a page as the screen has it, a line a line."""
    page = page_of(volume, name)
    assert page is not None
    blocks = [page.block(index) for index in range(len(page))]
    lines = ["".join(span.text for span in row.spans) for block in blocks for row in lay_out(block, width)]
    return "\n".join(" ".join(one.replace("\u00a0", " ").split()) for one in lines)


def written(volume: Volume, pane: str | None = None, entry: str = "", kind: str = "text") -> str:
    """Give what is written out, a paragraph a line."""
    rows = EXPORTS[kind].briefing(Selection(volume, pane, entry), 1000)
    return "\n".join(" ".join(row.split()) for row in rows)


def data(volume: Volume, entry: str = "", pane: str | None = None) -> Any:
    """Give the JSON of an entry or a pane."""
    found = json.loads("\n".join(EXPORTS["json"].briefing(Selection(volume, pane, entry), 80)))
    return found["content"] if pane else found


@pytest.mark.parametrize("page", ["overview", "questions", "entry:kj-eleven", "entry:how-many", "entry:recount"])
def test_emphasis_is_set_and_no_mark_of_it_is_shown(page: str) -> None:
    """In every key that holds prose, of every table."""
    keys = "|".join(key for key in PROSE_KEYS if key != "bluf")
    marked = re.sub(rf'((?:^|[{{ ])(?:{keys}) = ")(\w+)', r"\1**\2**", POND, flags=re.MULTILINE)
    assert marked.count("**") > 40
    assert "**" not in screen(volume_of(marked), page)


class TestOverview:
    def test_likelihood_stands_before_the_proposition_and_confidence_apart(self, pond: Volume) -> None:
        said = screen(pond, "overview")

        assert "J1 likely 55–80 % Seven swans in May low" in said
        assert "J2 very unlikely 5–20 % Eleven swans were on the pond in May 2026" in said

    def test_a_draft_stands_on_no_front_page(self, pond: Volume) -> None:
        assert "J3" not in screen(pond, "overview")
        assert "draft, to be settled" in screen(pond, "questions")

    def test_disputes_count_their_answers_and_are_not_called_unknown(self, pond: Volume) -> None:
        said = screen(pond, "overview")

        assert "DISPUTED How many swans? 3 answers" in said
        assert "NOT KNOWN Where are the geese?" in said

    def test_written_out_disputes_have_their_answers(self, pond: Volume) -> None:
        said = written(pond, "overview")

        assert "Disputed: 1 question; 1 conflict; 1 of a kind not given" in said
        assert (
            "Q1 How many swans are there? The answers are “seven” (Cora Vale), “eleven” (Cora Vale) and “none”." in said
        )
        assert "Not known\nQ2 Where are the geese?" in said

    def test_what_is_to_be_done_is_called_disputed_if_it_rests_on_something_opposed(self, pond: Volume) -> None:
        assert "TO BE DONE R1 Buy corn 1 of 1 disputed" in screen(pond, "overview")
        assert "To be done: 1 of 1 disputed\nR1 Buy corn." in written(pond, "overview")

    def test_information_cutoff_and_changes(self, pond: Volume) -> None:
        said = screen(pond, "overview")

        assert "As of 27 November 2026, information to October 2026, 2 sources" in said
        assert "Changes\n26 November 2026: The geese are told apart." in said


class TestJudgment:
    def test_its_page_has_all_of_it(self, pond: Volume) -> None:
        said = screen(pond, "entry:kj-seven")

        for words_of in (
            "J1 likely (55–80 %): Seven swans were on the pond in May 2026.",
            "speaks of May 2026",
            "≈ Our confidence in this is low.\nOne count.",
            "It came true, as was known 2 June 2026.\nThe warden counted again.",
            "So what: Buy corn for seven.",
            "Alternatives\n◦ unlikely (20–45 %): Geese were counted too.",
            "Judged before\n◦ April 2026: very unlikely (5–20 %): Seven swans were on the pond in May 2026. Our confidence was moderate.",
            "Changed since: A count came.",
            "Our note: The author keeps geese.",
            "→ for it C1 Seven swans",
            "→ against it (weak, not counted) C2 There were eleven swans\nAnother count.",
            "→ rests on A1 Nobody counted twice",
            "→ answers Q1 How many swans? · “seven”",
            "← to be moved by I1 A recount\nlikelier if: He finds seven.",
        ):
            assert words_of in said

    def test_nothing_found_is_said(self, pond: Volume) -> None:
        said = screen(pond, "entry:kj-eleven")

        assert "Nothing was found that speaks for it." in said
        assert "Nothing was found that speaks against it." in said
        assert "Nothing was found" not in screen(pond, "entry:kj-draft")

    def test_the_pane_has_the_reasons_by_number(self, pond: Volume) -> None:
        said = screen(pond, "questions")

        assert "→ for it C1\n→ against it (weak, not counted) C2\n→ rests on A1\n→ answers Q1 “seven”" in said

    @pytest.mark.parametrize("kind", ["text", "markdown"])
    def test_written_out_the_proposition_is_a_sentence_of_its_own(self, pond: Volume, kind: str) -> None:
        said = written(pond, "questions", kind=kind)
        assert "Seven swans were on the pond in May 2026. Likely (55–80 %)." in said
        assert "(55–80 %):" not in said

    @pytest.mark.parametrize("kind", ["text", "markdown"])
    def test_on_the_front_page_the_likelihood_comes_first_also_in_sentences(self, pond: Volume, kind: str) -> None:
        said = written(pond, "overview", kind=kind).replace("*", "")
        assert "Likely (55–80 %): Seven swans were on the pond in May 2026. Our confidence in this is low." in said

    def test_no_list_names_it_without_its_likelihood(self, pond: Volume) -> None:
        assert brief(pond.entries["kj-seven"]) == "likely: Seven swans in May"
        assert brief(pond.entries["kj-seven"], 20) == "likely: Seven swans…"
        assert brief(pond.entries["kj-eleven"], 60) == "very unlikely: Eleven swans were on the pond in May 2026"


class TestQuestionsAndIndicators:
    def test_positions_have_their_holders_and_notes(self, pond: Volume) -> None:
        pane = screen(pond, "questions")
        page = screen(pond, "entry:how-many")

        assert "◦ “seven”: C1\n◦ “eleven”: C2\n◦ “none”: no entry holds it\nOur note: Nobody says so now." in pane
        assert "◦ “seven”\nC1 Seven swans\n◦ “eleven”\nC2 There were eleven swans" in page

    def test_evidence_and_settling(self, pond: Volume) -> None:
        assert "Evidence\n◦ C3: for “seven”; against “none”\nIt would be settled by: A count at noon." in screen(
            pond, "questions"
        )
        assert "◦ C3 Feathers lie on the bank: for “seven”; against “none”\nFeathers fall from swans." in screen(
            pond, "entry:how-many"
        )

    def test_indicators_have_outcomes_and_the_judgments_they_move(self, pond: Volume) -> None:
        pane = screen(pond, "questions")

        assert "to be seen in the mill · until 2027\nObserved 2 June 2026." in pane
        assert "◦ He finds seven. J1 likelier, J2 less likely" in pane
        assert "◦ He finds seven.\n→ likelier: J1 likely: Seven swans in May" in screen(pond, "entry:recount")


class TestStatements:
    def test_both_ends_show_a_relation(self, pond: Volume) -> None:
        said = screen(pond, "entry:seven")

        assert "← speaks for J1 likely: Seven swans in May" in said
        assert "← holds a position in Q1 How many swans? · “seven”" in said
        assert "← speaks against (weak, not counted) J1" in screen(pond, "entry:eleven")
        assert "← weighed in Q1 How many swans? · for “seven”; against “none”" in screen(pond, "entry:feathers")
        assert "← speaks for J1\n← holds a position in Q1 “seven”" in screen(pond, "claims")

    def test_a_remark_is_set_apart_in_its_own_role(self, pond: Volume) -> None:
        page = page_of(pond, "claims")
        assert page is not None

        remarks = [[span.role for span in para.spans] for para in page.block(0).paras if "Our note" in para.text]
        assert remarks == [["remark", "emphasis", "remark"]]
        assert "Our note: On a foggy day." in screen(pond, "claims")

    def test_inference_is_told_from_the_source(self, pond: Volume) -> None:
        pane = screen(pond, "recommendations")

        assert "→ rests on (our inference) J1\n→ rests on C1" in pane
        assert "→ J1 likely: Seven swans in May our inference" in screen(pond, "evidence:traceability")

    def test_conflicts_have_their_kind(self, pond: Volume) -> None:
        said = screen(pond, "entry:seven")

        assert "⇄ conflicts with (another count) C2 There were eleven swans\nBoth in May." in said
        assert "⇄ conflicts with (kind not given) C3" in said
        assert "Another count. Both in May." in screen(pond, "evidence:conflicts:how-many")

    def test_an_assumption_without_a_speaker_is_our_own(self, pond: Volume) -> None:
        assert "A1 Nobody counted twice.\nour own" in screen(pond, "questions")

    def test_the_voice_has_its_letter_and_party(self, pond: Volume) -> None:
        said = screen(pond, "claims")

        assert "Cora Vale · B3, relayed; the voice: C, a party to the war" in said
        assert "person · a party to the war · reliability C, fairly reliable" in screen(pond, "entity:warden")

    def test_the_voice_behind_an_origin_is_named(self, pond: Volume) -> None:
        assert "the keeper · the voice: Cora Vale, C, a party to the war" in screen(pond, "claims")

    def test_quantities_have_the_words_of_the_source(self, pond: Volume) -> None:
        assert "swans: 7 (“seven”)" in screen(pond, "claims")


class TestSources:
    def test_origins_are_named_with_their_voice(self, pond: Volume) -> None:
        said = screen(pond, "source:book")

        assert "Rests on The count of May 2026 (Cora Vale)" in said
        assert "The count of May 2026 (Cora Vale)\nOur note: She counted at dawn." in said
        assert "The count of May 2026 (Cora Vale)" in screen(pond, "evidence:provenance")

    def test_a_footnote_with_an_origin_of_its_own_names_it(self, pond: Volume) -> None:
        assert "The statement rests on The count of May 2026 (Cora Vale)" in screen(pond, "entry:feathers")

    def test_further_particulars(self, pond: Volume) -> None:
        assert "cited 3 times · may be shown whole" in screen(pond, "source:book")
        assert "translator Ann Holt · edition 2nd · publisher place Quillby" in screen(pond, "sources")


class TestCounts:
    def test_conflicts_that_can_both_be_right_are_not_counted(self, pond: Volume) -> None:
        assert [pair.kind for pair in pond.links.at_odds] == ["denial"]
        assert len(pond.links.of_no_kind) == 1
        assert len(pond.links.conflicts) == 3

    def test_the_library_counts_alike(self, pond: Volume) -> None:
        row = Summary(Path("a"), "pond", "", "", "2026", "", counts_of(pond.edition), ())
        said = counts_words(row).replace("\u00a0", " ")

        assert "1 conflict · 1 conflict of a kind not given" in said

    def test_conflicts_of_format_1_count_all(self, sample: Volume) -> None:
        assert sample.links.at_odds == sample.links.conflicts
        assert sample.links.of_no_kind == ()
        assert "kind not given" not in screen(sample, "entry:seven")


class TestJSON:
    def test_a_judgment_has_the_keys_of_its_table(self, pond: Volume) -> None:
        judged = data(pond, "kj-seven")

        assert judged["likelihood"] == "likely"
        assert judged["confidence"] == "low"
        assert judged["so_what"] == "Buy corn for seven."
        assert judged["for"] == ["seven"]
        assert judged["against"] == ["eleven"]
        assert judged["alternatives"] == [{"text": "Geese were counted too.", "likelihood": "unlikely"}]
        assert judged["previous"][0]["on"] == "2026-04"
        assert judged["outcome"] == {"on": "2026-06-02", "came_true": True, "why": "The warden counted again."}
        assert "assess" not in judged
        assert {
            "relation": "against",
            "declared_here": True,
            "entry": "eleven",
            "why": "Another count.",
            "stated": True,
            "kind": "",
            "weak": True,
            "position": "",
        } in (judged["relations"])

    def test_questions_and_indicators(self, pond: Volume) -> None:
        asked, watched = data(pond, "how-many"), data(pond, "recount")

        assert asked["positions"][2] == {"id": "none", "text": "none", "entries": [], "note": "Nobody says so now."}
        assert asked["evidence"] == [
            {"entry": "feathers", "for": ["seven"], "against": ["none"], "why": "Feathers fall from swans."}
        ]
        assert watched["outcomes"][0]["moves"][0] == {"to": "kj-seven", "way": "up"}
        assert (watched["where"], watched["until"], watched["observed"]) == ("the mill", "2027", "2026-06-02")

    def test_statements_sources_and_header(self, pond: Volume) -> None:
        claim, source, header = data(pond, "seven"), data(pond, "book"), data(pond, pane="overview")

        assert (claim["short"], claim["note"]) == ("Seven swans", "On a *foggy* day.")
        assert (source["csl"]["edition"], source["csl"]["translator"]) == ("2nd", ["Ann Holt"])
        assert header["revisions"] == [{"on": "2026-11-26", "text": "The geese are told apart."}]
        assert header["origins"][0]["name"] == "The count of May 2026"
        assert header["information_cutoff"] == "2026-10"
        assert False in [one["stated"] for one in data(pond, "buy")["relations"]]

    def test_format_1_has_the_same_keys(self, pond: Volume, sample: Volume) -> None:
        one, two = data(sample), data(pond)
        assert (one.keys(), 1, 2) == (two.keys(), one["toml_format"], two["toml_format"])
        assert {"claim", "view"} <= {entry["table"] for entry in one["entries"]}
        for table in ("claim", "view"):
            found = [{*entry} for each in (one, two) for entry in each["entries"] if entry["table"] == table]
            assert all(keys == found[0] for keys in found)


def test_every_relation_has_words_for_both_ends(pond: Volume) -> None:
    for entry in pond.edition.entries:
        for relation in pond.links.relations(entry):
            assert (relation.name, relation.outgoing) in words.RELATION_WORDS
            assert (relation.name, relation.name == "conflicts" or not relation.outgoing) in words.RELATION_WORDS
