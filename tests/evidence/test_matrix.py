"""What a cell of the matrix says, how rows and columns are ordered, and how origins are counted."""

from collections.abc import Callable

import pytest

from tui.evidence.coverage import coverage_of
from tui.evidence.matrix import ORDERS, STANCES, Matrix, Order, Weight
from tui.evidence.opposition import opposition
from tui.evidence.origins import Origins
from tui.evidence.standing import Standings
from tui.library.volume import Volume


def told(volume: Volume, claim: str) -> dict[str, set[str]]:
    """Give what every source that is not silent does to a claim."""
    row = volume.derived(Matrix).row(volume.entries[claim])
    return {source: {ground.stance for ground in grounds} for source, grounds in row.items()}


def test_what_a_claim_cites_supports_it_and_so_does_what_is_cited_for_it(port: Volume) -> None:
    assert told(port, "landed") == {
        "gazette": {"supports", "contradicts"},  # the claim it conflicts with cites it too
        "post": {"supports"},
        "ledger": {"supports"},
        "letter": {"contradicts"},
    }


def test_what_conflicts_attacks_or_undercuts_contradicts(port: Volume) -> None:
    assert told(port, "thousand") == {
        "letter": {"supports"},
        "gazette": {"supports", "contradicts"},
        "post": {"contradicts"},
        "ledger": {"contradicts"},
    }


def test_what_is_about_a_claim_or_one_of_them_rests_on_mentions_it(port: Volume) -> None:
    assert told(port, "counted") == {"ledger": {"supports"}, "idle": {"mentions"}}
    assert told(port, "alone") == {"ledger": {"mentions"}}


def test_each_ground_names_its_entry_and_its_footnote(port: Volume) -> None:
    row = port.derived(Matrix).row(port.entries["thousand"])
    assert [(one.relation, one.entry.id, one.note.source) for one in row["ledger"]] == [
        ("undercuts", "counted", "ledger")
    ]
    for volume_row in row.values():
        for ground in volume_row:
            assert ground.note in ground.entry.notes


def test_every_citation_of_a_claim_supports_it(volume: Volume) -> None:
    for claim in volume.pane("claims"):
        row = volume.derived(Matrix).row(claim)
        for note in claim.notes:
            assert any(one.stance == "supports" and one.note == note for one in row[note.source])


def test_both_sides_of_a_conflict_are_contradicted_where_one_of_them_is_wrong(volume: Volume) -> None:
    for one, other, *_ in volume.links.conflicts:
        expected = "contradicts" if (one.id, other.id) in opposed_pairs(volume) else "mentions"
        for claim, against in ((one, other), (other, one)):
            if claim.table == "claim":
                row = volume.derived(Matrix).row(claim)
                for note in against.notes:
                    assert any(ground.stance == expected for ground in row[note.source])


def opposed_pairs(volume: Volume) -> set[tuple[str, str]]:
    """Give the pairs of which one says that the other is wrong, in both orders."""
    pairs = {(entry.id, one.other.id) for entry in volume.edition.entries for one in opposition(volume, entry)}
    return pairs | {(other, one) for one, other in pairs}


@pytest.mark.parametrize(
    ("kind", "stance"),
    [
        ("contradiction", "contradicts"), ("reading", "contradicts"), ("denial", "contradicts"),
        ("tension", "mentions"), ("other-count", "mentions"), ("other-date", "mentions"),
    ],
)  # fmt: skip
def test_a_conflict_in_which_both_can_be_right_is_not_against_a_claim(
    made: Callable[..., Volume], kind: str, stance: str
) -> None:
    volume = made(
        f"""
[[claim]]
id = "one"
text = "It was one."
cite = [{{ source = "paper" }}]
conflicts = [{{ to = "two", kind = "{kind}" }}]
[[claim]]
id = "two"
text = "It was two."
cite = [{{ source = "post" }}]
[[source]]
id = "paper"
type = "report"
[[source]]
id = "post"
type = "report"
""",
        format="2",
    )
    matrix = volume.derived(Matrix)
    for claim, source in (("one", "post"), ("two", "paper")):
        assert [stance] == [ground.stance for ground in matrix.row(volume.entries[claim])[source]]
        assert bool(opposition(volume, volume.entries[claim])) == (stance == "contradicts")


def test_outlets_with_one_origin_count_once(port: Volume) -> None:
    matrix = port.derived(Matrix)
    assert matrix.weight(port.entries["landed"], "supports") == Weight(3, 2)
    assert matrix.weight(port.entries["landed"], "contradicts") == Weight(2, 1)
    assert matrix.weight(port.entries["counted"], "mentions") == Weight(1, 1)
    assert matrix.breadth == Weight(5, 3)


def test_columns_can_be_origins_with_their_outlets(port: Volume) -> None:
    columns = port.derived(Matrix).columns("given", grouped=True)
    assert {column.label: [source.id for source in column.sources] for column in columns} == {
        "harbour office": ["gazette", "post", "letter"],
        "document": ["ledger"],
        "report": ["idle"],
    }
    cell = port.derived(Matrix).cell(port.entries["landed"], columns[0])
    assert cell.stances == {"supports", "contradicts"}
    assert [note.source for note in cell.notes] == ["gazette", "gazette", "post", "letter"]


def test_a_group_of_a_stance_has_the_members_alone_that_are_counted_for_it(volume: Volume) -> None:
    """By origin and by source, those who are named are as many as the count before them says."""
    matrix = volume.derived(Matrix)
    for claim in matrix.claims:
        for stance in STANCES:
            counted = matrix.counted(claim, stance)
            for grouped in (False, True):
                columns = matrix.columns("given", grouped=grouped)
                groups = [members for column in columns if (members := matrix.members(counted, column))]
                weight = matrix.weight(claim, stance)
                assert len({source.id for members in groups for source in members}) == weight.outlets
                assert len(groups) == (weight.origins if grouped else weight.outlets)


SPEAKING = """
[[entity]]
id = "miller"
name = "The Miller"
type = "person"

[[source]]
id = "paper"
type = "article"
origin = ["council", "miller"]

[[source]]
id = "radio"
type = "broadcast"
origin = ["council"]

[[claim]]
id = "spoken"
text = "."
by = "miller"
cite = [{ source = "paper" }]
supports = ["told"]

[[claim]]
id = "told"
text = "."
by = "somebody"
cite = [{ source = "paper" }, { source = "radio" }]

[[claim]]
id = "named"
text = "."
by = "miller"
cite = [{ source = "paper", origin = "council" }, { source = "radio", origin = ["a letter", "radio"] }]
conflicts = ["told"]
"""


def test_one_speaker_behind_one_footnote_is_one_origin(made: Callable[[str], Volume]) -> None:
    volume = made(SPEAKING)
    origins = volume.derived(Origins)
    assert origins.behind_all(volume.entries["spoken"].notes) == {"miller"}
    assert volume.entries["spoken"].origins == 1
    assert origins.behind_all(volume.entries["told"].notes) == {"somebody", "council"}
    assert origins.label("miller") == "The Miller"


def test_a_footnote_may_name_its_origin(made: Callable[[str], Volume]) -> None:
    volume = made(SPEAKING)
    named = volume.entries["named"]
    behind = [volume.derived(Origins).behind(note) for note in named.notes]
    assert behind == [{"council"}, {"a letter", "council"}]  # followed down: the radio rests on the council
    assert named.origins == 2
    columns = {one.id: one for one in volume.derived(Matrix).columns("given", grouped=True)}
    assert set(columns) == {"council", "miller", "a letter", "somebody"}
    for origin, sources in (("council", ["paper", "radio"]), ("miller", []), ("a letter", ["radio"])):
        cell = volume.derived(Matrix).cell(named, columns[origin])
        own = [one.note.source for one in cell.grounds if one.stance == "supports"]
        assert own == sources
    weight = volume.derived(Matrix).weight(volume.entries["told"], "contradicts")
    assert weight == Weight(2, 2)


@pytest.mark.parametrize(
    ("order", "claims"),
    [
        ("given", ["landed", "thousand", "counted", "alone"]),
        ("conflict", ["thousand", "landed", "counted", "alone"]),
        ("rating", ["landed", "thousand", "counted", "alone"]),
        ("date", ["thousand", "landed", "counted", "alone"]),
        ("origins", ["landed", "thousand", "counted", "alone"]),
    ],
)
def test_claims_in_an_order(port: Volume, order: Order, claims: list[str]) -> None:
    assert [claim.id for claim in port.derived(Matrix).rows(order)] == claims


@pytest.mark.parametrize(
    ("order", "sources"),
    [
        ("given", ["gazette", "post", "letter", "ledger", "idle"]),
        ("conflict", ["gazette", "post", "letter", "ledger", "idle"]),
        ("rating", ["ledger", "gazette", "letter", "idle", "post"]),
        ("date", ["post", "gazette", "ledger", "letter", "idle"]),
    ],
)
def test_sources_in_an_order(port: Volume, order: Order, sources: list[str]) -> None:
    columns = port.derived(Matrix).columns(order, grouped=False)
    assert [column.id for column in columns] == sources


def test_what_cannot_be_judged_is_never_the_worst(made: Callable[[str], Volume]) -> None:
    """Neither a source's F nor a claim's 6 or its want of a figure comes behind what is known to be bad."""
    sources = "".join(f'[[source]]\nid = "{x.lower()}"\ntype = "report"\nreliability = "{x}"\n' for x in "ABCDEF")
    claims = "".join(f'[[claim]]\nid = "c{n}"\ntext = "."\nby = "x"\ncredibility = {n}\n' for n in range(1, 7))
    matrix: Matrix = made(sources + claims).derived(Matrix)
    assert "".join(column.id for column in matrix.columns("rating", grouped=False)) == "abcfde"
    assert "".join(claim.id[1] for claim in matrix.rows("rating")) == "123645"


@pytest.mark.parametrize("order", ORDERS)
def test_an_order_loses_nothing(volume: Volume, order: Order) -> None:
    matrix = volume.derived(Matrix)
    assert sorted(claim.id for claim in matrix.rows(order)) == sorted(claim.id for claim in volume.pane("claims"))
    for grouped in (False, True):
        columns = matrix.columns(order, grouped=grouped)
        assert {source.id for column in columns for source in column.sources} == set(volume.sources)


class TestRating:
    def test_a_claim_has_one_rating_and_the_letter_of_its_best_source(self, made: Callable[..., Volume]) -> None:
        sources = "".join(
            f'[[source]]\nid = "{name}"\ntype = "report"\nreliability = "{letter}"\n'
            for name, letter in (("relay", "D"), ("paper", "B"), ("record", "A"))
        )
        cited = ", ".join(f'{{ source = "{name}" }}' for name in ("relay", "paper"))
        volume = made(
            f'{sources}[[claim]]\nid = "a"\ntext = "."\ncredibility = 3\ncite = [{cited}]\n'
            '[[claim]]\nid = "b"\ntext = "."\ncite = [{ source = "record" }]\nsupports = [{ to = "a", why = "." }]\n'
        )
        assert [volume.rating(claim) for claim in volume.pane("claims")] == ["B3", ""]
        standings = volume.derived(Standings)
        assert [standings.of(claim).rating for claim in volume.pane("claims")] == ["B3", "A"]

    def test_where_there_is_a_rating_it_is_the_same_in_every_view(self, volume: Volume) -> None:
        standings = volume.derived(Standings)
        for claim in volume.pane("claims"):
            assert volume.rating(claim) in {standings.of(claim).rating, ""}


def test_all_counts_of_independent_origins_are_one(volume: Volume) -> None:
    """The coverage, the order of the claims and the table of standings count the same."""
    matrix, coverage = volume.derived(Matrix), volume.derived(coverage_of)
    weights = {claim.id: matrix.weight(claim, "supports").origins for claim in matrix.claims}
    lacking = {entry.id for entry in coverage.lacking["origins"]}
    assert {name for name, origins in weights.items() if origins < 2} == lacking & weights.keys()
    ordered = [weights[claim.id] for claim in matrix.rows("origins")]
    assert ordered == sorted(weights.values(), reverse=True)
