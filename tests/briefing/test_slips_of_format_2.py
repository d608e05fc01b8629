"""A table of slips in a file of format 2: each is one error, at its line and in the words of the file."""

from typing import NamedTuple

import pytest

from tests.whole import WHOLE
from tui.briefing.loader import load_bytes
from tui.briefing.scales import likelihood_words

AGAINST = 'against = [\n  { to = "post-says", why = "It has more." }, # a paper\n  "gazette-says", # another\n]\n'
NO_DATE = 'is no EDTF date; write "2025", "2025-04", "2025-04-10", "2024?", "2024~", "2024/2025" or "2024/.."'
BOTH = "yes"
"""A value that is neither true nor false."""
NO_BOOL = "is text; write true or false, without quotes"


class Slip(NamedTuple):
    """Words of the sample, the slip in their place, and the error: key path, message and remedy."""

    old: str
    new: str
    said: str


SLIPS = (
    # the header
    Slip(
        'information_cutoff = "2026-10"', 'information_cutoff = "Oct"', f"briefing.information_cutoff: 'Oct' {NO_DATE}"
    ),
    Slip("public", "pubic", "briefing.status: 'pubic' is no word for this key; did you mean 'public'?"),
    Slip(
        "from = 2026-11-22T09:00:00+01:00",
        "from = 2026-11-22T09:00:00",
        "briefing.from: has no offset from UTC; write it as 2026-11-27T09:00:00+01:00",
    ),
    # sources
    Slip('DOI = "10', 'doi = "10', "source[1].doi: unknown key 'doi'; did you mean 'DOI'?"),
    # judgments
    Slip('for = ["led', 'for_ = ["led', "judgment[1].for_: unknown key 'for_'; did you mean 'for'?"),
    Slip(AGAINST, "", "judgment[1]: the judgment has no 'against'; add against = [\"…\"]; [] says that none was found"),
    Slip(AGAINST, 'against = "post-says"\n', "judgment[1].against: is text; write an array, [ … ]"),
    Slip(
        "draft = true",
        "",
        "judgment[2]: the judgment has no 'text', 'date', 'likelihood', 'why', 'for' and 'against'; "
        "add them, or draft = true while they are not written",
    ),
    Slip("weak = true", f'weak = "{BOTH}"', f"judgment[1].for[2].weak: {NO_BOOL}"),
    Slip(
        "stated = false }]\nanswers",
        "weak = true }]\nanswers",
        "judgment[1].rests_on[1].weak: unknown key 'weak'; known here: to, why, stated",
    ),
    Slip(
        'to = "book-whole"',
        'to = "carts"',
        "judgment[1].rests_on[1].to: 'carts' is of kind claim; name the id of an assumption or a judgment",
    ),
    Slip(
        "many#few",
        "many#fwe",
        "judgment[1].answers: the question 'how-many' has no position 'fwe'; did you mean 'few'?",
    ),
    Slip("how-many#few", "how-may#few", "judgment[1].answers: 'how-may' is not there; did you mean 'how-many'?"),
    Slip(
        "how-many#few",
        "how-many#",
        "judgment[1].answers: 'how-many#' does not fit; write an id of small letters, digits and hyphens, at most 64",
    ),
    Slip(
        '"unlikely" }]',
        '"unlikly" }]',
        "judgment[1].alternatives[1].likelihood: 'unlikly' is no likelihood word of the scale icd203; "
        "did you mean 'unlikely'?",
    ),
    Slip(
        '"unlikely" }]',
        '"quite likely" }]',
        "judgment[1].alternatives[1].likelihood: 'quite likely' is no likelihood word of the scale icd203; "
        f"write one of: {', '.join(likelihood_words('icd203'))}",
    ),
    Slip(
        "[[judgment.previous]]",
        "[judgment.previous]",
        "[judgment.previous] here is a single table; write [[judgment.previous]]",
    ),
    Slip("came_true = true", f'came_true = "{BOTH}"', f"judgment[1].outcome.came_true: {NO_BOOL}"),
    Slip("quantity = { of", "quantity = { fo", "judgment[1].quantity.fo: unknown key 'fo'; did you mean 'of'?"),
    Slip(
        '"gazette-says", # another',
        '"gazette", # another',
        "judgment[1].against[2]: 'gazette' is of kind source; name the id of an entry",
    ),
    Slip(
        '"gazette-says", # another',
        '"gazete-says", # another',
        "judgment[1].against[2]: 'gazete-says' is not there; did you mean 'gazette-says'?",
    ),
    Slip(
        '"gazette-says", # another',
        '"Gazette says", # another',
        "judgment[1].against[2]: 'Gazette says' is not there; did you mean 'gazette-says'?",
    ),
    Slip(
        'for = ["led',
        'for = ["few-casks", "led',
        "judgment[1].for[1]: 'few-casks' points at itself; name another entry",
    ),
    Slip(
        'likelihood = "likely"',
        'likelihood = "LIKELY"',
        "judgment[1].likelihood: 'LIKELY' is no likelihood word of the scale icd203; did you mean 'likely'?",
    ),
    Slip(
        "many#few",
        "many#Few",
        "judgment[1].answers: the question 'how-many' has no position 'Few'; did you mean 'few'?",
    ),
    # questions
    Slip(
        '[[question.positions]]\n  id = "few"',
        '[[question.postions]]\n  id = "few"',
        "question[1].postions: unknown key 'postions'; did you mean 'positions'?",
    ),
    Slip(
        'id = "hundreds"',
        'id = "few"',
        "question[1].positions[3].id: the position 'few' stands twice; give each position its own id",
    ),
    Slip(
        'id = "none"',
        'id = "nine"',
        "question[1].positions[1].id: nothing names the position 'nine', and 'none' is named 2 times and is not there "
        "(also in lines 70, 71); did you mean 'none'?",
    ),
    Slip(
        'entries = ["ledger-says"]',
        'entries = ["ledger-said"]',
        "question[1].positions[2].entries[1]: 'ledger-said' is not there; did you mean 'ledger-says'?",
    ),
    Slip(
        'against = ["none"], why',
        'against = ["nobody"], why',
        "question[1].evidence[1].against[1]: the question 'how-many' has no position 'nobody'; "
        "write one of: none, few, hundreds",
    ),
    Slip('entry = "carts"', 'entry = ["carts"]', "question[1].evidence[1].entry: is an array; write text in quotes"),
    Slip('entry = "cellar", ', "", "question[1].evidence[2].entry: the key 'entry' is missing; add entry = …"),
    Slip(
        'text = "Who paid?"',
        'text = "Who paid?"\nkey = true',
        "question[2].key: another question is the key question already; delete it here or there",
    ),
    # indicators
    Slip(
        'way = "up"',
        'way = "upwards"',
        "indicator[1].outcomes[1].moves[1].way: 'upwards' is no word for this key; write one of: up, down",
    ),
    Slip(
        'to = "few-casks", way = "up"',
        'to = "carts", way = "up"',
        "indicator[1].outcomes[1].moves[1].to: 'carts' is of kind claim; name the id of a judgment",
    ),
    Slip('until = "2027-06"', 'until = "mid-2027"', f"indicator[1].until: 'mid-2027' {NO_DATE}"),
    Slip(
        'cite = [{ source = "ledger", quote',
        'cite = [{ source = "ledgre", quote',
        "indicator[1].observed.cite[1].source: 'ledgre' is not there; did you mean 'ledger'?",
    ),
    # relations and quantities
    Slip(
        'kind = "denial"',
        'kind = "denail"',
        "claim[1].conflicts[1].kind: 'denail' is no word for this key; did you mean 'denial'?",
    ),
    Slip(
        "stated = false }]\n\n[[claim]]",
        'kind = "tension" }]\n\n[[claim]]',
        "claim[2].supports[1].kind: unknown key 'kind'; known here: to, why, stated",
    ),
    Slip('words = "hundreds"', "words = 300", "claim[3].quantity.words: is a number; write text in quotes"),
    Slip(
        'words = "hundreds"',
        'note = "hundreds"',
        "claim[3].quantity.note: format 2 has no 'note' here; call it 'words'",
    ),
    Slip(
        "credibility = 3",
        'assess = { likelihood = "likely" }',
        "claim[1].assess: format 2 has no 'assess' here; write it as a [[judgment]]",
    ),
    Slip(
        'stance = "worried"',
        "credibility = 2",
        "view[1].credibility: format 2 has no 'credibility' here; delete it: a view is neither true nor false",
    ),
    Slip(
        'rests_on = [{ to = "few-casks"',
        'rests_on = [{ to = "fewer-casks"',
        "recommendation[1].rests_on[1].to: 'fewer-casks' is not there; it is called 'few-casks' now",
    ),
    Slip(
        '{ to = "few-casks", stated = false }',
        '"few-casks"',
        "recommendation[1].rests_on[1]: no source says that it rests on 'few-casks', a judgment of yours; "
        'write { to = "few-casks", stated = false }',
    ),
    # origins, entities, sources, revisions
    Slip("[[origin]]", "[[orgin]]", "[[orgin]] is no table of the format; write [[origin]]"),
    Slip('name = "The captain, in March"\n', "", "origin[1].name: the key 'name' is missing; add name = …"),
    Slip('party = "interested"', 'party = ["interested"]', "entity[1].party: is an array; write text in quotes"),
    Slip(
        'reliability = "C"',
        'reliability = "G"',
        "entity[1].reliability: 'G' is no word for this key; write one of: A, B, C, D, E, F",
    ),
    Slip(
        "publisher_place",
        "publisher-place",
        "source[1].publisher-place: unknown key 'publisher-place'; did you mean 'publisher_place'?",
    ),
    Slip("DOI", "doi", "source[1].doi: unknown key 'doi'; did you mean 'DOI'?"),
    Slip('volume = "7"', "volume = 7", "source[1].volume: is a number; write text in quotes"),
    Slip("republish = true", f'republish = "{BOTH}"', f"source[1].republish: {NO_BOOL}"),
    Slip("[[revision]]", "[revision]", "[revision] here is a single table; write [[revision]]"),
    Slip(
        "[[few-casks]] is new",
        "[[few-cask]] is new",
        "revision[1].text: the link [[few-cask]] leads nowhere; did you mean [[few-casks]]?",
    ),
    # the format itself
    Slip(
        "format = 2",
        "format = 1",
        "briefing.information_cutoff: the key 'information_cutoff' belongs to format 2 "
        "(also in lines 14, 15, 16, 22, 24, 35, 41, 63, …); write format = 2",
    ),
)


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.old.split()[0]} {slip.new[:20]}".strip())
def test_a_slip_is_one_error_in_the_words_of_the_file(slip: Slip) -> None:
    assert slip.old in WHOLE
    problems = load_bytes(WHOLE.replace(slip.old, slip.new, 1).encode(), "b.toml").problems
    assert [f"{problem.key}: {problem.message}; {problem.remedy}".removeprefix(": ") for problem in problems] == [
        slip.said
    ]
    line = WHOLE[: WHOLE.index(slip.old)].count("\n") + 1
    # What a table lacks stands at its header.
    assert line - 10 < problems[0].line <= line + slip.new.count("\n") or "format" in slip.old


def test_a_file_of_format_1_that_says_2_is_one_error() -> None:
    from tests.conftest import SAMPLE

    text = SAMPLE.format(sha256="0" * 64).replace("format = 1", "format = 2")
    [problem] = load_bytes(text.encode(), "b.toml").problems
    assert "format 2 has no" in problem.message
    assert "(also in lines " in problem.message
    assert problem.remedy == "write format = 1 and run `briefing check --fix --to-format 2`"


@pytest.mark.parametrize(
    "other",
    [
        'cite = [{ source = "ledger" }]',
        'conflicts = [{ to = "carts", kind = "tension", why = "Both." }]',
        'rests_on = [{ to = "few-casks", why = "So." }]',
    ],
)
def test_other_tables_of_a_question_are_taken_for_no_position(other: str) -> None:
    text = WHOLE.replace("key = true\n", f"key = true\n{other}\n", 1).replace("how-many#few", "how-many#fwe", 1)
    said = [problem.message for problem in load_bytes(text.encode(), "b.toml").problems]
    assert "the question 'how-many' has no position 'fwe'" in said
