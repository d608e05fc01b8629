"""Provenance hops, traces of recommendations, the spread of views, the timeline and the coverage."""

from collections.abc import Callable
from datetime import date

import pytest

from tui.evidence.coverage import MEASURES, Share, coverage_of, has
from tui.evidence.opposition import opposition
from tui.evidence.provenance import chains
from tui.evidence.spread import spread_of
from tui.evidence.timeline import Timeline, window
from tui.evidence.traceability import traces_of
from tui.library.volume import Volume


class TestHops:
    def test_from_what_was_read_down_to_what_it_rests_on(self, port: Volume) -> None:
        (_, way), (_, other) = chains(port, port.entries["thousand"])
        assert [(hop.name, hop.state, hop.depth, hop.cited, hop.primary, hop.direct) for hop in way] == [
            ("post", "excerpt", 0, False, False, False),
            ("letter", "reported", 1, True, True, True),
        ]
        assert [(hop.name, hop.state, hop.primary) for hop in other] == [
            ("gazette", "excerpt", False),
            ("harbour-office", "named", True),
        ]

    def test_a_chain_that_was_not_found(self, sample: Volume) -> None:
        ways = dict(chains(sample, sample.entries["geese"]))
        letter = next(way for note, way in ways.items() if note.source == "letter")
        assert [(hop.name, hop.state) for hop in letter] == [
            ("pond", "full"),
            ("miller", "reported"),
            ("letter", "not-found"),
        ]

    def test_an_origin_that_is_a_source_is_followed_further(self, sample: Volume) -> None:
        ways = dict(chains(sample, sample.entries["seven"]))
        twin = next(way for note, way in ways.items() if note.source == "twin")
        assert [(hop.name, hop.depth, hop.primary) for hop in twin] == [
            ("twin", 0, False),
            ("pond", 1, False),
            ("mill", 2, True),
            ("unnamed", 1, True),
        ]

    def test_a_circle_ends_where_it_closes(self, made: Callable[..., Volume]) -> None:
        volume = made(
            '[[source]]\nid = "a"\ntype = "report"\norigin = ["b"]\n'
            '[[source]]\nid = "b"\ntype = "report"\norigin = ["a"]\n'
            '[[claim]]\nid = "c"\ntext = "."\ncite = [{ source = "a" }]\n'
        )
        ((_, way),) = chains(volume, volume.entries["c"])
        assert [hop.name for hop in way] == ["a", "b"]

    def test_every_way_has_an_end(self, volume: Volume) -> None:
        for entry in volume.edition.entries:
            found = chains(volume, entry)
            assert {note.source for note, _ in found} == {note.source for note in entry.notes}
            for note, way in found:
                assert any(hop.primary for hop in way)
                assert [hop.name for hop in way if hop.cited] == [note.source]


class TestTraces:
    def test_what_a_claim_rests_on_counts_too(self, port: Volume) -> None:
        trace = port.derived(traces_of)[0]
        assert [(basis.entry.id, [one.id for one in basis.through]) for basis in trace.bases] == [
            ("alone", []),
            ("counted", ["alone"]),
        ]
        assert not trace.at_risk

    def test_a_recommendation_over_a_contested_claim_is_at_risk(self, sample: Volume) -> None:
        count, look = sample.derived(traces_of)
        assert count.at_risk
        assert [(basis.entry.id, [(one.name, one.other.id) for one in basis.doubts]) for basis in count.bases] == [
            ("seven", [("conflicts", "eleven")]),
            ("eleven", [("conflicts", "seven"), ("attacks", "geese")]),
        ]
        assert not look.at_risk
        assert look.bases == ()

    def test_an_undercut_far_below_puts_it_at_risk(self, made: Callable[..., Volume]) -> None:
        claim = '[[claim]]\nid = "{}"\ntext = "."\nby = "x"\n{}\n'
        volume = made(
            claim.format("a", 'rests_on = ["b"]')
            + claim.format("b", 'rests_on = ["a"]')
            + claim.format("c", 'undercuts = ["b"]')
            + '[[recommendation]]\nid = "r"\naction = "."\nactor = "x"\nrests_on = ["a"]\n'
        )
        (trace,) = volume.derived(traces_of)
        assert trace.at_risk
        assert [basis.entry.id for basis in trace.bases if basis.doubts] == ["b"]

    @pytest.mark.parametrize(
        ("conflict", "at_risk"),
        [("contradiction", True), ("reading", True), ("denial", True), ("tension", False), ("other-count", False)],
    )
    def test_only_what_excludes_a_ground_puts_it_at_risk(
        self, made: Callable[..., Volume], conflict: str, *, at_risk: bool
    ) -> None:
        claim = '[[claim]]\nid = "{}"\ntext = "."\nby = "x"\n{}\n'
        volume = made(
            claim.format("a", f'conflicts = [{{ to = "b", kind = "{conflict}" }}]')
            + claim.format("b", "")
            + '[[recommendation]]\nid = "r"\naction = "."\nactor = "x"\nrests_on = ["a"]\n',
            format="2",
        )
        (trace,) = volume.derived(traces_of)
        (basis,) = trace.bases
        assert (trace.at_risk, bool(basis.doubts), bool(basis.tensions)) == (at_risk, at_risk, not at_risk)

    def test_another_position_of_a_dispute_puts_it_at_risk(self, quay: Volume) -> None:
        ledger = quay.entries["ledger-says"]
        assert [("positions", "denial"), ("positions", "gazette-says"), ("positions", "post-says")] == [
            (one.name, one.other.id) for one in opposition(quay, ledger)
        ]


def views(*stances: str) -> str:
    """Write a view for each stance, each held by somebody else."""
    return "".join(
        f'[[view]]\nid = "v{n}"\nwho = "w{n}"\ntext = "."\n' + (f'stance = "{stance}"\n' if stance else "")
        for n, stance in enumerate(stances)
    )


class TestSpread:
    def test_who_holds_what_since_when(self, port: Volume) -> None:
        (camp,) = port.derived(spread_of).camps
        assert (camp.stance, camp.holders) == ("doubtful", 2)
        pilot, carter = camp.holdings
        assert (pilot.view.id, pilot.since, pilot.published) == ("pilot", "2024-05", True)
        assert (carter.view.id, carter.since, carter.published, carter.via) == ("carter", "2024-06", False, None)

    @pytest.mark.parametrize(
        ("stances", "leans"),
        [
            (("for", "for", "for", "against"), True),
            (("for", "for", "against", "against"), False),
            (("for", "for", "for"), False),  # too few
            (("for", "for", "for", "against", "neutral", "neutral"), False),
            (("for", "for", "for", "for", "against", "neutral", ""), True),
            (("", "", "", ""), False),
        ],
    )
    def test_more_than_half_of_at_least_four_lean(
        self, made: Callable[..., Volume], stances: tuple[str, ...], *, leans: bool
    ) -> None:
        assert leans == made(views(*stances)).derived(spread_of).leans

    def test_who_says_it_twice_is_counted_once(self, made: Callable[..., Volume]) -> None:
        text = views("for", "for", "for", "against").replace("w1", "w0").replace("w2", "w0")
        spread = made(text).derived(spread_of)
        assert (spread.holders, spread.camps[0].holders, spread.leans) == (2, 1, False)

    def test_no_views(self, made: Callable[..., Volume]) -> None:
        spread = made().derived(spread_of)
        assert (spread.camps, spread.holders, spread.share, spread.leading) == ((), 0, 0.0, None)


def day(text: str) -> int:
    """Give a day as an ordinal."""
    return date.fromisoformat(text).toordinal()


class TestTimeline:
    def test_three_kinds_are_kept_apart(self, port: Volume) -> None:
        kinds: dict[str, list[str]] = {}
        for item in port.derived(Timeline).items:
            kinds.setdefault(item.kind, []).append(item.thing.id)
        assert kinds == {
            "event": ["landed"],
            "statement": ["thousand", "carter"],
            "publication": ["ledger", "gazette", "post"],
        }

    def known(self, volume: Volume, name: str, on: str) -> str:
        """Tell whether something was known on a day."""
        timeline = volume.derived(Timeline)
        item = next(item for item in timeline.items if item.thing.id == name)
        return timeline.known(item, day(on))

    @pytest.mark.parametrize(
        ("name", "on", "state"),
        [
            ("gazette", "2024-02-29", "not-yet"),
            ("gazette", "2024-03-01", "known"),
            ("post", "2024-04-30", "not-yet"),
            ("post", "2024-05-10", "perhaps"),
            ("post", "2024-05-31", "known"),
            ("ledger", "2024-06-01", "perhaps"),
            ("ledger", "2030-01-01", "perhaps"),  # 2024? may be another year
            ("landed", "2024-02-20", "not-yet"),  # it had happened, and nobody had printed it
            ("landed", "2024-03-01", "known"),
            ("thousand", "2024-03-01", "known"),
            ("carter", "2024-05-31", "not-yet"),
            ("carter", "2024-06-15", "undated"),
        ],
    )
    def test_what_was_known_on_a_day(self, port: Volume, name: str, on: str, state: str) -> None:
        assert self.known(port, name, on) == state

    def test_what_is_known_stays_known(self, volume: Volume) -> None:
        timeline = volume.derived(Timeline)
        rank = {"not-yet": 0, "undated": 1, "perhaps": 1, "known": 2}
        for item in timeline.items:
            states = [rank[timeline.known(item, on)] for on in timeline.days]
            assert states == sorted(states)

    def test_the_slider_stops_wherever_something_changes(self, port: Volume) -> None:
        timeline = port.derived(Timeline)
        assert timeline.step(None, 1) is None
        stops = []
        at = timeline.step(None, -1)
        while at is not None and at not in stops:
            stops.append(at)
            at = timeline.step(at, -1)
        assert stops == sorted(timeline.days, reverse=True)
        assert timeline.step(stops[0], 1) is None
        assert timeline.step(stops[1], 1) == stops[0]

    def test_undated_ones_are_counted(self, port: Volume) -> None:
        assert port.derived(Timeline).undated == (5, 2)

    def test_what_lies_far_before_the_rest_is_left_off_the_axis(self, missiles: Volume) -> None:
        begin, end = window(missiles.derived(Timeline).items)
        assert (date.fromordinal(begin), date.fromordinal(end)) == (date(2023, 8, 1), date(2026, 2, 28))

    def test_an_axis_of_nothing(self) -> None:
        assert window(()) == (0, 1)


class TestCoverage:
    def test_shares_of_what_can_have_it(self, sample: Volume) -> None:
        coverage = sample.derived(coverage_of)
        assert coverage.whole == {"quote": Share(3, 8), "origins": Share(2, 8), "rating": Share(2, 5)}
        assert coverage.by_table["claim"]["quote"] == Share(3, 3)
        assert [entry.id for entry in coverage.lacking["rating"]] == ["eleven", "geese", "other-view"]

    def test_a_quote_in_another_text_is_not_checked(self, sample: Volume) -> None:
        sources = tuple(source._replace(sha256="0" * 64) for source in sample.edition.sources)

        coverage = coverage_of(Volume(sample.edition._replace(sources=sources), sample.path))

        assert coverage.whole["quote"].part == 1, "the one that a lock lists"

    def test_the_kinds_add_up(self, volume: Volume) -> None:
        coverage = volume.derived(coverage_of)
        for measure in MEASURES:
            parts = [shares[measure] for shares in coverage.by_table.values()]
            assert coverage.whole[measure] == Share(sum(one.part for one in parts), sum(one.whole for one in parts))
            assert coverage.whole[measure].whole - coverage.whole[measure].part == len(coverage.lacking[measure])

    def test_questions_and_assumptions_have_nothing_to_be_checked(self, sample: Volume) -> None:
        for name in ("how-many", "swans-stay"):
            assert [has(sample, sample.entries[name], measure) for measure in MEASURES] == [None, None, None]

    def test_a_share_of_nothing(self) -> None:
        assert Share(0, 0).fraction == 0


def test_a_briefing_is_opened_without_any_of_it() -> None:
    """Neither the reader nor an open volume imports the evidence before it is asked for."""
    import subprocess
    import sys

    code = "import sys, tui.reader.launch, tui.library.volume; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not [name for name in loaded if "evidence." in name and name.startswith("tui.")]
