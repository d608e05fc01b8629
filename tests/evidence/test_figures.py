"""Quantities by what is counted, and the scale of their axis."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.evidence.figures import JUDGED, counted, kinds_in, kinds_of, numbers
from tui.evidence.number_scale import scale_of
from tui.library.volume import Volume


def claim(name: str, quantity: str, by: str = "somebody") -> str:
    """Write a claim with a quantity."""
    return f'[[claim]]\nid = "{name}"\ntext = "."\nby = "{by}"\nquantity = {{ {quantity} }}\n'


@pytest.mark.parametrize(
    ("phrase", "thing", "group"),
    [
        ("ballistic missiles delivered", "missiles", "delivered"),
        ("KN-23 and KN-24 missiles supplied by early 2025", "missiles", "supplied"),
        ("missiles fired, January to June 2024", "missiles", "fired"),
        ("short-range missiles sent by June", "missiles", "sent"),
        ("error of the missiles in early 2025", "error", "error"),
        ("first error of the KN-23", "error", "first error"),
        ("Pantsir systems in Pyongyang", "systems", "Pantsir systems"),
        ("swans", "swans", "swans"),
        ("seed", "seed", "seed"),
        ("confirmed deaths", "deaths", "confirmed deaths"),
        ("of the many", "many", "of the many"),
        ("gelieferte Raketen", "raketen", "gelieferte Raketen"),
        (",", "", ""),
    ],
)
def test_what_is_counted(phrase: str, thing: str, group: str) -> None:
    assert (thing, group) == counted(phrase)


def test_units_and_things_stand_apart_and_one_and_many_together(made: Callable[[str], Volume]) -> None:
    volume = made(
        claim("a", 'of = "casks landed", min = 3, max = 3')
        + claim("b", 'of = "casks landed", min = 3, unit = "tonnes"')
        + claim("c", 'of = "cask sold", max = 9')
        + claim("d", 'of = "ships landed", min = 1')
    )
    found = [(kind.thing, kind.unit, [group.name for group in kind.groups]) for kind in kinds_of(volume)]
    assert found == [("casks", "", ["landed", "sold"]), ("casks", "tonnes", ["landed"]), ("ships", "", ["landed"])]


def test_figures_of_one_voice_stand_together_from_the_least_on(made: Callable[[str], Volume]) -> None:
    volume = made(
        claim("late", 'of = "casks", min = 50', "The mill")
        + claim("none", 'of = "casks"', "a clerk")
        + claim("mid", 'of = "casks", max = 20', "a sailor")
        + claim("early", 'of = "casks", min = 5, max = 6', "the mill")
    )
    ((group,),) = (kind.groups for kind in kinds_of(volume))
    assert [figure.entry.id for figure in group.figures] == ["early", "late", "mid", "none"]
    assert group.spread == ((5, 6), [20], [50])
    assert [figure.entry.id for figure in group.numbered] == ["early", "late", "mid"]
    bare = [entry for entry in volume.edition.entries if entry.id == "none"]
    assert kinds_in(volume, bare)[0].groups[0].spread == (None, [], [])


def test_figures_of_one_origin_are_of_one_voice_whoever_speaks(made: Callable[..., Volume]) -> None:
    cited = 'cite = [{ source = "pond", origin = "statement" }]\n'
    volume = made(
        '[[origin]]\nid = "statement"\nname = "A statement"\nby = "mill"\n[[entity]]\nid = "mill"\nname = "The mill"\n'
        'type = "organisation"\n[[source]]\nid = "pond"\nshort = "Pond"\ntype = "book"\n'
        + claim("a", 'of = "casks", min = 5', "mill")
        + cited
        + claim("b", 'of = "casks", min = 6', "its foreman")
        + cited,
        format="2",
    )
    ((group,),) = (kind.groups for kind in kinds_of(volume))
    assert [figure.voice for figure in group.figures] == ["mill", "mill"]


@pytest.mark.parametrize(
    ("words", "is_about"),
    [("“about 100”", True), ("“some 40”", True), ("~5", True), ("in some accounts", False), ("“thousands”", False)],
)
def test_a_number_is_approximate_by_its_words(made: Callable[..., Volume], words: str, *, is_about: bool) -> None:
    volume = made(claim("a", f'of = "casks", min = 5, max = 5, words = "{words}"'), format="2")
    ((group,),) = (kind.groups for kind in kinds_of(volume))
    assert [figure.is_about for figure in group.figures] == [is_about]


def test_judgments_come_first_and_are_no_counts(made: Callable[..., Volume]) -> None:
    judgment = (
        '[[judgment]]\nid = "j"\ntext = "."\ndate = "2025"\nwhy = "."\nfor = []\nagainst = []\n'
        'likelihood = "likely"\nquantity = { of = "casks landed by May", min = 9 }\n'
    )
    volume = made(claim("a", 'of = "casks landed", min = 3') + judgment, format="2")
    assert [group.name for kind in kinds_of(volume) for group in kind.groups] == [JUDGED, "landed"]


class TestScale:
    def test_the_numbers_of_a_dispute_break_where_the_gap_is(self) -> None:
        values = [4, 8, 24, 49, 74, 99, 100, 101, 148, 150, 200, 999, 2000, 9999]
        scale = scale_of(values)
        assert (scale.low, scale.near, scale.far, scale.step) == (0, 200, 10_000, 50)
        assert list(scale.decades()) == [1000, 10_000]

    @pytest.mark.parametrize(
        ("values", "ends"),
        [
            ([], (0, 1)),
            ([0], (0, 1)),
            ([148], (0, 150)),
            ([7, 7, 7], (0, 8)),
            ([0.25, 0.75], (0, 0.8)),
            ([1, 2], (0, 2)),
            ([500, 510], (500, 510)),
            ([-5, 20], (-5, 20)),
            ([-3], (-3, -2)),
            ([-8, -2], (-8, -2)),
            ([2e10, 9.9e10], (0, 1e11)),
        ],
    )
    def test_without_a_break(self, values: list[float], ends: tuple[float, float]) -> None:
        scale = scale_of(values)
        assert (scale.low, scale.near) == pytest.approx(ends)
        assert not scale.is_broken
        assert list(scale.decades()) == []

    def test_negative_numbers_never_break(self) -> None:
        assert not scale_of([-1, 1, 2, 1e6]).is_broken

    def test_numbers_spread_evenly_break_behind_the_half_of_them(self) -> None:
        scale = scale_of([1, 10, 100, 1000])
        assert (scale.near, scale.far) == (10, 1000)

    @given(st.lists(st.floats(-1e9, 1e9) | st.integers(0, 10**12), max_size=40))
    def test_every_number_has_a_place(self, values: list[float]) -> None:
        scale = scale_of(values)
        assert scale.low < scale.near <= scale.far
        for value in values:
            assert scale.low <= value <= scale.far + 1e-9 * abs(scale.far)
            share = scale.far_share(value) if value > scale.near and scale.is_broken else scale.linear_share(value)
            assert 0 <= share <= 1


def test_forty_figures_have_one_axis(made: Callable[[str], Volume]) -> None:
    volume = made("".join(claim(f"c{n}", f'of = "casks", min = {n}, max = {n * n}') for n in range(1, 41)))
    (kind,) = kinds_of(volume)
    assert len(kind.figures) == 40
    assert scale_of(numbers(figure.quantity for figure in kind.figures)).far >= 1600


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("m3", "cubic metres"),
        ("million m³", "millions cubic meters"),
        ("%", "per cent"),
        ("US dollars", "$"),
        ("Tonnes", "t"),
        ("swans", "swans"),
    ],
)
def test_one_unit_under_two_names_has_one_axis(made: Callable[[str], Volume], one: str, other: str) -> None:
    volume = made(
        claim("a", f'of = "sand", min = 3, unit = "{one}"') + claim("b", f'of = "sand", min = 4, unit = "{other}"')
    )
    assert [len(kind.figures) for kind in kinds_of(volume)] == [2]


@pytest.mark.parametrize(("one", "other"), [("m3", "m2"), ("m", "million"), ("t", "kg"), ("", "m"), ("birds", "swans")])
def test_other_units_stay_apart(made: Callable[[str], Volume], one: str, other: str) -> None:
    volume = made(
        claim("a", f'of = "sand", min = 3, unit = "{one}"'.replace(', unit = ""', ""))
        + claim("b", f'of = "sand", min = 4, unit = "{other}"')
    )
    assert [len(kind.figures) for kind in kinds_of(volume)] == [1, 1]
