"""Who says what: the clause that was said, its speaker and its hedges, and nothing where nothing is said."""

from typing import Final

import pytest

from tui.authoring.proposals import Proposal, proposals
from tui.briefing import anchors
from tui.language.lexicon import lexicon
from tui.language.reporting.reporting_verbs import sayings


def found(text: str, lang: str = "en") -> list[Proposal]:
    """Propose from a text; its paragraphs as background are left out."""
    return [one for one in proposals(text, anchors.paragraphs(text), lexicon(lang)) if one.table != "background"]


def said(text: str) -> list[tuple[str, str]]:
    """Propose from a text; returns each clause with its speaker."""
    return [(" … ".join(part.of(text) for part in one.parts), one.speaker) for one in found(text)]


BEFORE: Final = [
    ("The board said that the mole would hold.", "the mole would hold", "The board"),
    ("The keeper told us the gate was shut.", "the gate was shut", "The keeper"),
    ("Ann Lee, who runs the yard, believes most hulls are sound.", "most hulls are sound", "Ann Lee"),
    ("Its chief engineer, Dr Ann Lee, wrote: “The mole is sound, and it will hold.”", "The mole is sound, and it will hold", "Dr Ann Lee"),
    ("According to a report seen by Reuters, the gate is shut.", "the gate is shut", ""),
    ("A memo reviewed by Bloomberg said the mole may fail.", "the mole may fail", ""),
    ("According to her colleague Ann Lee, the gate is shut.", "the gate is shut", "Ann Lee"),
    ("The gate is shut.[1] The mayor said it would open in May.", "it would open in May", "The mayor"),
    ("It is shut.[12][13] The mayor said it would open.¹² Nobody knows when.", "it would open", "The mayor"),
    ("In a note on Friday the bank said it had stopped lending.", "it had stopped lending", "the bank"),
    ("According to a clerk who was there, the vote was close.", "the vote was close", "a clerk who was there"),
    ("As Lord Marl put it in his book, the law is an old coat.", "the law is an old coat", "Lord Marl"),
    ("As Ann Lee was saying, the gate was shut.", "the gate was shut", "Ann Lee"),
    ("As the proverb says, the gate may be shut.", "As the proverb says, the gate may be shut", ""),
    ("It was the pilot who warned that the channel was silting.", "the channel was silting", "the pilot"),
    ("The firm is confident that it can deliver.", "it can deliver", "The firm"),
    ("Reed, speaking through an interpreter, said traders expect a fall of a million tons.", "traders expect a fall of a million tons", "Reed"),
    ("The port office said the mole “is kept to the rules”.", "the mole “is kept to the rules”", "The port office"),
]  # fmt: skip
AMID_AND_AFTER: Final = [
    ("The works, he said, were lawful.", "The works … were lawful", ""),
    ("The vote was close, according to a clerk.", "The vote was close", "a clerk"),
    ("The difference, according to the auditor, is explained by fees.", "The difference … is explained by fees", "the auditor"),
    ("The gate sags, said the mayor.", "The gate sags", "the mayor"),
    ("No deal, said Ann Lee.", "No deal", "Ann Lee"),
    ("The shares, said one trader, could fall.", "The shares … could fall", "one trader"),
    ("“We may close it,” the chair told the local paper, which had asked about the cost.", "We may close it", "the chair"),
    ("“It is done,” said Ann Lee, a pilot of forty years.", "It is done", "Ann Lee"),
    ("Four ships were lost that night, the harbour board says.", "Four ships were lost that night", "the harbour board"),
]  # fmt: skip
OTHER_FRAMES: Final = [
    ("We were told by a former pilot, who asked for tea, that the buoy had moved.", "the buoy had moved", "a former pilot"),
    ("A daily dive has been recommended by the harbour board.", "A daily dive", "the harbour board"),
    ("The union called on the owners to open the gates.", "the owners to open the gates", "The union"),
    ("The union called for an inquiry.", "an inquiry", "The union"),
    ("The mayor accused the union of taking money.", "taking money", "The mayor"),
    ("Neighbours describe him as patient, exact and deaf.", "patient, exact and deaf", "Neighbours"),
    ("Whips put the number at thirty.", "the number at thirty", "Whips"),
    ("The claim of the owners that the gate was shut is old.", "the gate was shut is old", "the owners"),
    ("The mayor’s view is that the gate was shut.", "the gate was shut", "The mayor"),
    ("The owners deny that the gate was shut.", "deny that the gate was shut", "The owners"),
    ("The owners have rejected claims that they paid the crew.", "rejected claims that they paid the crew", "The owners"),
    ("So long as it rains, the mayor says, the gate is shut.", "So long as it rains … the gate is shut", "the mayor"),
    ("The owners have denied the report.", "denied the report", "The owners"),
    ("The owners deny any wrongdoing.", "deny any wrongdoing", "The owners"),
    ("The union has repeatedly refuted the allegation, calling it baseless.", "refuted the allegation", "The union"),
    ("Ann Lee dismissed the reports as rumours.", "dismissed the reports as rumours", "Ann Lee"),
    ("The port rejects the idea that the mole is unsafe.", "rejects the idea that the mole is unsafe", "The port"),
    ("Claims that they paid were rejected by the owners on Friday.", "Claims that they paid were rejected", "the owners"),
    ("The mole will not hold, according to the board, says Ada Reed, an engineer.", "The mole will not hold", "the board"),
]  # fmt: skip


OCCASIONS = [
    (
        "“The gate is shut for us all,” Lee said when she was asked about the storm.",
        "The gate is shut for us all",
        "Lee",
    ),
    ("“The gate is shut for us all,” Lee said after being told of it.", "The gate is shut for us all", "Lee"),
    ("“The gate is shut for us all,” said Lee when he was asked to go.", "The gate is shut for us all", "Lee"),
    ("“The gate is shut for us all,” said the mayor as she left.", "The gate is shut for us all", "the mayor"),
    ("The gate would stay shut, Ann Lee said while she was leaving.", "The gate would stay shut", "Ann Lee"),
]
ITEMS = [
    ("3. a member said that the gate was shut.", "the gate was shut", "a member"),
    ("4. The mayor said that the gate was shut.", "the gate was shut", "The mayor"),
    ("12) Ann Lee said that the gate was shut.", "the gate was shut", "Ann Lee"),
]


@pytest.mark.parametrize(
    ("sentence", "clause", "speaker"), [*BEFORE, *AMID_AND_AFTER, *OTHER_FRAMES, *OCCASIONS, *ITEMS]
)
def test_the_clause_that_was_said_and_its_speaker(sentence: str, clause: str, speaker: str) -> None:
    assert said(sentence) == [(clause, speaker)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Additional reporting by Ben Hale.",
        "A report, under which the port has to pay, was published by the office in March.",
        "A spokeswoman would not say whether talks had begun.",
        "Nobody believes that the plan will hold.",
        "The tenants may not sublet.",
        "No tenant may be moved without notice.",
        "Who said that it was over?",
        "The claims were sent to the office.",
        "As the saying goes, the gate was shut.",
        "As the old saying has it, the gate was shut.",
        "The bridge, as the saying goes, is as strong as its last rivet.",
        "The mayor, Tom Beck, said the gate sags.",
    ],
)
def test_what_only_looks_like_a_statement(sentence: str) -> None:
    assert said(sentence) == []


def test_what_is_denied_is_nobodys_statement() -> None:
    """Without its denial a clause says the contrary."""
    for text in ("Moscow has rejected claims that it paid.", "Claims that it paid were denied by Moscow.",
                 "Moscow denied that the board had said that it paid."):  # fmt: skip
        assert all("reject" in clause or "denied" in clause for clause, _ in said(text)), text
        assert len(said(text)) == 1, text


def test_a_denial_is_not_held_back_by_what_it_denies() -> None:
    for text in ("The port denied that the mole may fail.", "Ann Lee dismissed the reports as rumours."):
        assert [one.hedges for one in found(text)] == [()], text


def test_a_denial_is_a_claim() -> None:
    """Neither a demand nor a forecast that is denied is one."""
    assert [one.table for one in found("The port denied that it should pay.")] == ["claim"]


def test_what_is_refused_is_no_denial() -> None:
    for text in ("The board rejected the plan.", "The port denied him entry.", "The office denied the request.",
                 "The owners did not deny that the gate was shut."):  # fmt: skip
        assert said(text) == [], text


@pytest.mark.parametrize(
    ("sentence", "table"),
    [
        ("The board said that the mole had sunk.", "claim"),
        ("The board fears that the mole has sunk.", "view"),
        ("The board recommended that the mole be raised.", "recommendation"),
        ("“Somebody should raise that mole before the winter,” she said.", "recommendation"),
        ("“It has to be on time, and it has to be clean,” she said.", "view"),
    ],
)
def test_the_kind_of_a_candidate(sentence: str, table: str) -> None:
    assert [one.table for one in found(sentence)] == [table]


class TestPronouns:
    @pytest.mark.parametrize(
        ("text", "speaker"),
        [
            ("Ann Lee came on Monday. She said that the gate was shut.", "Ann Lee"),
            ("The harbour board met. It said that the gate was shut.", "The harbour board"),
            ("Ann Lee met Tom Beck. He said that the gate was shut.", ""),
            ("Ann Lee came.\n\nIt rained. He said that the gate was shut.", "Ann Lee"),
            ("Ann Lee came.\n\nIt rained.\n\nNobody came.\n\nHe said that the gate was shut.", ""),
            ("Ann Lee and Tom Beck believe it. He said that the gate was shut.", ""),
            ("Ms Lee met Tom Beck. He said that the gate was shut.", "Tom Beck"),
            ("Ann Lee said it was late. Lee said that the gate was shut.", "Ann Lee"),
            ("Ann Lee, the harbour master, came. The harbour master said that the gate was shut.", "Ann Lee"),
            ("He said that the gate was shut.", ""),
            ("The rain fell. It said that the gate was shut.", ""),
        ],
    )
    def test_a_pronoun_is_resolved_or_left_out(self, text: str, speaker: str) -> None:
        assert said(text)[-1] == ("the gate was shut", speaker)

    def test_whoever_is_spoken_of_does_not_say_it(self) -> None:
        text = "Ann Lee came. Tom Beck was wrong, she said."
        assert said(text) == [("Tom Beck was wrong", "Ann Lee")]

    def test_a_quotation_that_stands_alone_has_the_speaker_beside_it(self) -> None:
        text = "“We built it in a year,” said Sam Odd. “It will last.”\n\n“It will outlast us all.”"
        assert [speaker for _, speaker in said(text)] == ["Sam Odd"] * 3
        text = "Asked for a word, Sam Odd replied:\n\n“We built it in a year.”"
        assert said(text) == [("We built it in a year", "Sam Odd")]

    def test_the_answers_of_an_interview(self) -> None:
        text = "Ann Lee keeps the gate.\n\nQ: Will it hold?\n\nA: It may not last. It could break.\n\nQ: And then?\n\nA: Perhaps nothing."
        assert {speaker for _, speaker in said(text)} == {"Ann Lee"}


class TestHedges:
    def test_a_hedge_of_another_clause_is_none(self) -> None:
        text = "The board could not meet, but the pilot reportedly left."
        assert [one.hedges for one in found(text)] == [("reportedly",)]
        text = "The pilot, who might retire, said that the gate was shut."
        assert [one.hedges for one in found(text)] == [()]

    def test_each_hedge_of_the_clause_is_there(self) -> None:
        assert [one.hedges for one in found("The board said the gate may perhaps hold if it is dry.")] == [
            ("may", "perhaps", "if")
        ]

    @pytest.mark.parametrize(
        ("text", "hedges"),
        [
            ("He reckons the quay is safe, his spokeswoman said.", ("reckons",)),
            ("The data suggest that the quay sinks.", ("suggest that",)),
            ("The mill was built c. 1840, the museum said.", ("c.",)),
            ("It was sold for ca. 300 pounds, the owner said.", ("ca.",)),
            ("The keeper denies that he suspects a leak.", ()),
        ],
    )
    def test_a_hedge_before_the_clause_and_its_full_stop_are_there(self, text: str, hedges: tuple[str, ...]) -> None:
        assert [one.hedges for one in found(text)] == [hedges]

    def test_a_prohibition_is_no_hedge(self) -> None:
        (one,) = found("The mayor said that ships may not enter.")
        assert one.hedges == ()
        (one,) = found("The mayor said that the ship may not have entered.")
        assert one.hedges == ("may",)


@pytest.mark.parametrize(
    ("text", "clause", "speaker"),
    [
        ("The mayor fears a flood, her brother told the paper.", "The mayor fears a flood", "her brother"),
        ("The mayor fears that it floods, her brother told the paper.", "it floods", "The mayor"),
        ("Ann Lee, who said the gate was shut, left the hall.", "the gate was shut", "Ann Lee"),
        (
            "Ann Lee, who said that in May, after the flood, the gate was shut.",
            "in May, after the flood, the gate was shut",
            "Ann Lee",
        ),
        ("The firm, which denied wrongdoing, later paid 40 clerks.", "denied wrongdoing", "The firm"),
        ("The mayor, who believes that it will hold, was absent.", "it will hold", "The mayor"),
        ("The gate was shut, the keeper wrote in the log that day.", "The gate was shut", "the keeper"),
        ("It is shut, Ann Lee told reporters that evening.", "It is shut", "Ann Lee"),
        ("Ann Lee came. She doubts it will hold, her lawyer said.", "doubts it will hold", "Ann Lee"),
    ],
)
def test_a_view_that_another_passes_on(text: str, clause: str, speaker: str) -> None:
    assert said(text) == [(clause, speaker)]


def test_the_number_of_an_item_says_nothing() -> None:
    assert {one.speaker for one in found("7. Claims that the gate is shut are wrong.")} == {""}


def test_what_is_done_to_somebody_is_not_said_by_them() -> None:
    text = "It may open again, she said, if funds are found by the board this year."
    assert [(one.speaker, one.quote.of(text)) for one in found(text)] == [
        ("", "if funds are found by the board this year")
    ]


def test_an_item_of_a_list_is_not_its_number() -> None:
    text = "4. Nobody fishes here at night."
    parts = anchors.paragraphs(text, "")
    assert [one.quote.of(text) for one in proposals(text, parts, lexicon("en"))] == ["Nobody fishes here at night"]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Ann Lee and Tom Beck believe that the gate was shut.", ["Ann Lee", "Tom Beck"]),
        ("The pilot Ann Lee and the clerk Tom Beck believe that the gate was shut.", ["Ann Lee", "Tom Beck"]),
        ("Ann Lee met Tom Beck. Lee and Beck believe that the gate was shut.", ["Ann Lee", "Tom Beck"]),
        ("Ann Lee and the board believe that the gate was shut.", ["Ann Lee and the board"]),
        ("Lee & Beck Ltd believes that the gate was shut.", ["Lee & Beck Ltd"]),
    ],
)
def test_a_view_has_one_holder(text: str, speakers: list[str]) -> None:
    assert [(one.table, one.speaker) for one in found(text)] == [("view", speaker) for speaker in speakers]


def test_duplicates_are_proposed_once() -> None:
    again = "The board said that the gate was shut.\n\n"
    text = again + again + "The mayor said that the gate was shut."
    assert [speaker for _, speaker in said(text)] == ["The board", "The mayor"]
    background = [one for one in proposals(text, anchors.paragraphs(text), lexicon("en")) if one.table == "background"]
    assert len(background) == 2


def test_a_quote_ends_at_its_clause() -> None:
    clause = " ".join(["the gate of the old lock by the mill at the end of the long canal"] * 3) + " was shut"
    text = f"The board said that {clause}, adding that it was sorry."
    assert found(text)[0].quote.of(text) == clause
    opening = "One two three four five six seven eight nine, and " + " ".join(["ten"] * 20) + "."
    assert next(proposals(opening, anchors.paragraphs(opening), None)).quote.of(opening) == opening.split(",")[0]


def test_another_language_has_no_reporting_words() -> None:
    assert sayings("de") is None
    assert sayings("../en") is None
    assert sayings("en-GB") is sayings("en-GB")
    assert found("Die Behörde said that the gate was shut.", "de") == []
    assert [one.hedges for one in found("Das Tor ist vermutlich zu.", "de")] == [("vermutlich",)]


OF_COURTS_AND_RELEASES: Final = [
    ("It was submitted on behalf of the port that the gate was shut.", "the gate was shut", "the port"),
    ("For Mr Hale it was submitted that the gate was shut.", "the gate was shut", "Mr Hale"),
    ("It is the owners’ contention that the gate was shut.", "the gate was shut", "the owners"),
    ("In Ms Lee’s submission, the gate was shut.", "the gate was shut", "Ms Lee"),
    ("The judge found as a fact that the gate was shut.", "the gate was shut", "The judge"),
    ("The tribunal was satisfied that the gate was shut.", "the gate was shut", "The tribunal"),
    ("Both pilots agreed that the gate was shut.", "the gate was shut", "Both pilots"),
    ("As Keynes once wrote, the gate was shut.", "the gate was shut", "Keynes"),
    ("According to Dr Ann Lee, Head of Pilots at the port, the gate was shut.", "the gate was shut", "Dr Ann Lee"),
    (
        "The firm’s chairman, Tom Beck, blamed the wind and said that the gate was shut.",
        "the gate was shut",
        "Tom Beck",
    ),
    ("“The gate was shut,” promises the minister for ports, Ann Lee.", "The gate was shut", "Ann Lee"),
    ("The town’s mayor, Ann Lee, welcomed the news: “The gate was shut.”", "The gate was shut", "Ann Lee"),
    ("One hears it said that the gate was shut.", "the gate was shut", ""),
]


@pytest.mark.parametrize(("sentence", "clause", "speaker"), OF_COURTS_AND_RELEASES)
def test_who_says_it_in_courts_and_releases(sentence: str, clause: str, speaker: str) -> None:
    assert said(sentence) == [(clause, speaker)]


@pytest.mark.parametrize(
    ("before", "sentence", "speaker"),
    [
        ("Marl Estates Ltd (“the Company”) owns it.", "The Company said that the gate was shut.", "Marl Estates Ltd"),
        ("The Institute for Coastal Studies (ICS) met.", "The ICS said that the gate was shut.", "The Institute for Coastal Studies"),
        ("The claimant, Marl Shipping Ltd, owns it.", "The claimant says that the gate was shut.", "Marl Shipping Ltd"),
        ("The Mayor of Hale, Ann Lee, came.", "The mayor says that the gate was shut.", "Ann Lee"),
        ("Counsel for the claimant, Ms Lee, rose.", "The claimant says that the gate was shut.", "The claimant"),
        ("The witness came in.", "She said that the gate was shut.", "The witness"),
        ("Ms Lee kept the lock. The old pilot lives there.", "She said that the gate was shut.", "Ms Lee"),
        ("The operator has two ships.", "It said that the gate was shut.", "The operator"),
        ("Ms Lee, the minister, spoke. Ms Reed, a peer, rose. It rained when the minister left.", "She said that the gate was shut.", "Ms Lee"),
    ],
)  # fmt: skip
def test_names_and_offices_are_remembered(before: str, sentence: str, speaker: str) -> None:
    assert said(f"{before} {sentence}")[-1] == ("the gate was shut", speaker)
