"""Disputes: positions, rows of evidence, and the pairs that are in none."""

from collections.abc import Callable

import pytest

from tests.evidence.quay import QUAY
from tui.evidence.disputes import Dispute, disputes_of, grouped
from tui.evidence.rivals import rivals_of
from tui.library.entry_links import Conflict
from tui.library.volume import Volume


@pytest.fixture(scope="module")
def dispute(quay: Volume) -> Dispute:
    (found,) = quay.derived(disputes_of).disputes
    return found


def test_a_question_without_positions_is_no_dispute(quay: Volume) -> None:
    assert ["how-many"] == [one.question.id for one in quay.derived(disputes_of).disputes]


def test_a_position_has_its_best_source_and_the_voices_behind_its_holders(dispute: Dispute) -> None:
    none, few, hundreds, _ = dispute.stands
    assert hundreds.best is not None
    assert ("post", ["the harbour office"]) == (hundreds.best.source, [one.text for one in hundreds.voices])
    assert [("The captain", "captain")] == [tuple(one) for one in none.voices]
    assert few.best is not None
    assert few.best.source == "ledger"


def test_rows_of_one_voice_count_as_one(dispute: Dispute) -> None:
    rows = {tuple(one.id for one in row.entries): (set(row.speaks_for), set(row.against)) for row in dispute.rows}
    assert rows == {
        ("denial",): ({"none"}, {"few", "hundreds", "thousands"}),
        # The ledger's count leaves no room for the other figures; its other entry speaks for hundreds as well.
        ("ledger-says", "carts"): ({"few", "hundreds"}, {"none", "hundreds", "thousands"}),
        # One voice in two accounts: neither is dropped. Their figures overlap, so that neither excludes the other.
        ("gazette-says", "post-says"): ({"hundreds", "thousands"}, {"none", "few"}),
        ("cellar", "weather"): (set(), {"none", "thousands"}),
    }


def test_rows_that_tell_most_positions_apart_come_first(dispute: Dispute) -> None:
    names = [stand.position.id for stand in dispute.stands]
    told = [row.tells_apart(names) for row in dispute.rows]
    assert told == sorted(told, reverse=True)
    assert (3, 5) == (min(told), max(told))


def test_what_all_positions_share_tells_nothing(dispute: Dispute) -> None:
    row = dispute.rows[0]._replace(speaks_for=frozenset("abcd"), against=frozenset())
    assert row.tells_apart("abcd") == 0


def test_the_positions_with_the_least_against_them_are_named(dispute: Dispute) -> None:
    assert {"none": 3, "few": 2, "hundreds": 2, "thousands": 3} == {
        stand.position.id: stand.against for stand in dispute.stands
    }
    assert ["few", "hundreds"] == [stand.position.id for stand in dispute.least]


def test_figures_that_overlap_do_not_exclude_each_other(made: Callable[..., Volume]) -> None:
    said = 'text = "The post says thousands."\ncite = [{ source = "post"'
    assert f'{said}, origin = "harbour"' in QUAY
    volume = made(QUAY.replace(f'{said}, origin = "harbour"', said), format="2")
    (found,) = volume.derived(disputes_of).disputes
    row = next(row for row in found.rows if "post-says" in {one.id for one in row.entries})
    assert "hundreds" not in row.against


def test_who_speaks_for_a_position_excludes_it_in_no_other(made: Callable[..., Volume]) -> None:
    """The author may say that the holder of one position speaks for another, too."""
    volume = made(
        QUAY.replace("evidence = [\n", 'evidence = [\n  { entry = "ledger-says", for = ["thousands"] },\n'), format="2"
    )
    (found,) = volume.derived(disputes_of).disputes
    row = next(row for row in found.rows if [one.id for one in row.entries] == ["ledger-says", "carts"])
    assert {"few", "hundreds", "thousands"} == row.speaks_for
    assert "thousands" not in row.against


def test_it_has_its_judgments_and_the_pairs_inside(dispute: Dispute) -> None:
    assert [("few-casks", "few")] == [(one.other.id, one.position) for one in dispute.judgments]
    assert [("gazette-says", "post-says", "other-count")] == [
        (one.one.id, one.other.id, one.kind) for one in dispute.pairs
    ]


def test_other_pairs_are_left_over(quay: Volume) -> None:
    groups = quay.derived(disputes_of).groups
    assert [[("weather", "sunny")]] == [[(one.one.id, one.other.id) for one in group] for group in groups]


def test_pairs_that_hang_together_are_a_group(quay: Volume) -> None:
    a, b, c, d, e, f = list(quay.entries.values())[:6]
    pairs = [Conflict(*ends, "", "") for ends in ((a, b), (c, d), (e, f), (b, e))]
    assert [[0, 2, 3], [1]] == [[pairs.index(one) for one in group] for group in grouped(pairs)]


def test_every_pair_is_somewhere(volume: Volume) -> None:
    disputes, groups = volume.derived(disputes_of)
    inside = {pair for dispute in disputes for pair in dispute.pairs}
    left = [pair for group in groups for pair in group]
    assert set(volume.links.conflicts) == inside | set(left)
    assert not inside & set(left)


def test_the_holders_of_other_answers_are_rivals(quay: Volume) -> None:
    rivals = {name: {one.id for one in others} for name, others in rivals_of(quay).items()}
    assert rivals["gazette-says"] == {"denial", "ledger-says"}
    assert rivals["denial"] == {"ledger-says", "gazette-says", "post-says"}
    assert "carts" not in rivals
