"""What a library shows to whom, by header and rules, and with a clock that is put back."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.library.shelf import Shelf
from tui.briefing.publication import AUTHOR, Publication, Reader
from tui.library.latest_time import LatestTime
from tui.library.published_catalogue import PublishedCatalogue
from tui.library.publishing import Rule, Rules
from tui.session.shared import SharedContent

NOON = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
STAFF = Reader(frozenset({"staff"}))
CLAIM = '[[claim]]\nid = "a"\nby = "x"\ntext = "{}"\n'
FORMAT_2 = "format = 2"


class House(Shelf):
    """A published library with a clock that a test sets."""

    def __init__(self, folder: Path, tiny: Callable[..., str]) -> None:
        super().__init__(folder, tiny)
        self.tiny = tiny
        self.now = NOON
        self.catalogue = self.start()

    def start(self) -> PublishedCatalogue:
        """Return the catalogue of a kiosk that starts."""
        found = self.closing(PublishedCatalogue(self.cache, [self.root], self.user))
        found.publishing.clock = LatestTime(self.folder / "latest-time", lambda: self.now)
        return found

    def publish(self, name: str, header: str = "", tables: str = "") -> Path:
        """Add or change a briefing of format 2 with lines of its header."""
        text = self.tiny(tables, id=name).replace("format = 1", FORMAT_2)
        return self.write(name, text.replace("[briefing]\n", f"[briefing]\n{header}\n"))

    def rule(self, **rules: Any) -> None:
        """Replace the rules by one."""
        self.catalogue.publishing.rules = Rules((Rule(**rules),))


@pytest.fixture
def house(tmp_path: Path, tiny: Callable[..., str]) -> Iterator[House]:
    """Give a published library without a briefing."""
    found = House(tmp_path, tiny)
    yield found
    found.close()


def shown(catalogue: PublishedCatalogue, name: str) -> str:
    """Describe what a reader may do with a briefing, by each way of asking for it."""
    path = catalogue.find(name)
    is_listed = name in [row.id for row in catalogue.rows(0, 99)]
    assert is_listed == (name in catalogue.ids())
    assert len(catalogue.rows(0, 99)) == len(catalogue.stamps()) == catalogue.count()
    opened = SharedContent(catalogue).volume(name)
    assert (path is not None) == (opened is not None) == bool(catalogue.titles([name]))
    if path is not None:
        return "listed" if is_listed else "by id"
    assert not is_listed
    return "notice" if catalogue.is_withdrawn(name) else "hidden"


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("", "listed"),
        ('status = "public"', "listed"),
        ('status = "unlisted"', "by id"),
        ('status = "withdrawn"', "notice"),
        ('status = "draft"', "hidden"),
        ("until = 2026-11-27T13:00:00+01:00", "hidden"),
        ("until = 2026-11-27T13:00:01+01:00", "listed"),
        ("from = 2026-11-27T12:00:01Z", "hidden"),
    ],
)
def test_the_header_says_what_strangers_see(house: House, header: str, said: str) -> None:
    path = house.publish("pond", header)
    house.publish("other")
    house.catalogue.refresh()

    assert shown(house.catalogue, "pond") == said
    assert shown(house.catalogue, "other") == "listed"
    assert shown(house.catalogue.seen_by(AUTHOR), "pond") == "listed"
    assert (house.catalogue.open(path).volume is not None) == (said in {"listed", "by id"})


@pytest.mark.parametrize("by", ["folder", "link", "id", "former"])
def test_a_rule_holds_for_a_folder_and_for_an_id(house: House, by: str) -> None:
    path = house.publish("pond", 'was = ["lake"]')
    house.publish("other")
    (house.folder / "link").symlink_to(house.root)
    folders = {"folder": str(path.parent), "link": str(house.folder / "link" / "pond")}
    names = {"id": {"pond"}, "former": {"lake"}}
    if by == "link":
        house.catalogue.change_roots([house.folder / "link"])
        folders["link"] = str(path.parent)
    house.catalogue.refresh()
    house.rule(folder=folders.get(by, ""), briefings=frozenset(names.get(by, ())), publication=Publication("draft"))

    assert shown(house.catalogue, "pond") == "hidden"
    assert shown(house.catalogue, "lake") == "hidden"
    assert shown(house.catalogue, "other") == "listed"


def test_of_header_and_rule_the_stricter_holds(house: House) -> None:
    house.publish("pond", 'status = "unlisted"\nuntil = 2026-11-27T14:00:00Z')
    house.catalogue.refresh()
    house.rule(publication=Publication("public", NOON + HOUR, NOON + 3 * HOUR))

    found = []
    for hour in range(4):
        house.now = NOON + hour * HOUR
        found.append(shown(house.catalogue, "pond"))
    assert found == ["hidden", "by id", "hidden", "hidden"]


def test_only_the_groups_of_a_rule_see_a_briefing(house: House) -> None:
    house.publish("pond", 'was = ["lake"]')
    house.publish("other")
    house.catalogue.refresh()
    house.rule(briefings=frozenset({"pond"}), readers=frozenset({"staff"}))
    staff, press = house.catalogue.seen_by(STAFF), house.catalogue.seen_by(Reader(frozenset({"press"})))

    assert [shown(one, "pond") for one in (house.catalogue, press, staff)] == ["hidden", "hidden", "listed"]
    assert [one.count() for one in (house.catalogue, press, staff)] == [1, 1, 2]
    assert [bool(one.find("lake")) for one in (house.catalogue, press, staff)] == [False, False, True]
    house.catalogue.publishing.rules = Rules()
    assert shown(press, "pond") == "listed"


def test_a_view_keeps_to_the_clock_alone(house: House) -> None:
    """Nobody looks at a file in between."""
    house.publish("pond", "from = 2026-11-27T13:00:00Z\nuntil = 2026-11-27T14:00:00Z")
    house.catalogue.refresh()
    before = house.catalogue.revision
    found = []
    for minutes in (59, 60, 119, 120):
        house.now = NOON + dt.timedelta(minutes=minutes)
        found.append(shown(house.catalogue, "pond"))

    assert found == ["hidden", "listed", "listed", "hidden"]
    assert house.catalogue.revision == before


def test_what_has_ended_stays_ended_when_the_clock_is_put_back(house: House) -> None:
    house.publish("pond", "until = 2026-11-27T13:00:00Z")
    house.catalogue.refresh()
    house.now = NOON + 2 * HOUR
    assert shown(house.catalogue, "pond") == "hidden"
    house.now = NOON - 100 * HOUR

    assert shown(house.catalogue, "pond") == "hidden"
    again = house.start()
    assert shown(again, "pond") == "hidden"
    assert again.publishing.clock.news().startswith("the clock is 367,200 s behind")
    assert not again.publishing.clock.news()
    house.cache.unlink()
    later = house.start()
    later.refresh()
    assert shown(later, "pond") == "hidden"
    house.publish("pond", "until = 2026-11-27T15:00:00Z")
    later.refresh()
    assert shown(later, "pond") == "listed"


def test_what_has_not_ended_yet_needs_no_file(house: House) -> None:
    house.publish("pond", "until = 2026-11-27T13:00:00Z")
    house.catalogue.refresh()

    assert shown(house.catalogue, "pond") == "listed"
    assert not (house.folder / "latest-time").exists()


@pytest.mark.parametrize("text", ["no time", "2026-11-27T13:00:00", "\xe9"])
def test_a_damaged_file_of_the_latest_time_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "latest-time"
    path.write_bytes(text.encode("latin-1"))
    clock = LatestTime(path, lambda: NOON)

    assert clock.instant().latest == NOON
    assert bool(clock.news()) == ("T" not in text)
    clock.keep(NOON)
    assert LatestTime(path, lambda: NOON - HOUR).instant().latest == NOON


def test_a_latest_time_that_cannot_be_written_is_told_and_holds_for_this_run(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    times = iter([NOON, NOON, NOON - HOUR])
    clock = LatestTime(tmp_path / "file" / "latest-time", lambda: next(times))
    clock.instant()
    clock.keep(NOON)

    assert "cannot be written" in clock.news()
    assert clock.instant().latest == NOON


@pytest.mark.parametrize(
    ("header", "tables", "said"),
    [
        ('status = "unlisted"', "x = 1\n", "by id"),
        ('status = "unlisted"', "[[claim]]\nid = \n", "by id"),
        ('status = "public"', "x = 1\n", "hidden"),
        ("", "x = 1\n", "hidden"),
        ('status = "draft"', "x = 1\n", "hidden"),
        ("status = unlisted", "", "hidden"),
        ('status = "unlisted"\nfrom = 2026-11-27T09:00:00', "", "hidden"),
        ('status = "unlisted"\nuntil = 2026-11-28T09:00:00Z', "x = 1\n", "hidden"),
    ],
)
def test_a_broken_edit_keeps_the_last_good_edition_only_with_the_same_header(
    house: House, header: str, tables: str, said: str
) -> None:
    house.publish("pond", 'status = "unlisted"', CLAIM.format("Good."))
    house.catalogue.refresh()
    house.publish("pond", header, tables)
    house.catalogue.refresh()

    assert shown(house.catalogue, "pond") == said
    assert house.catalogue.broken()
    house.publish("pond", 'status = "unlisted"', CLAIM.format("Better."))
    house.catalogue.refresh()
    assert shown(house.catalogue, "pond") == "by id"


def test_a_draft_that_never_was_good_shows_no_problems_either(house: House) -> None:
    house.publish("pond", 'status = "draft"', "x = 1\n")
    house.publish("lake", "", "x = 1\n")
    house.catalogue.show_broken(shown=True)
    house.catalogue.refresh()

    assert [row.id for row in house.catalogue.rows(0, 9)] == ["lake"]


def test_a_reader_of_an_open_briefing_loses_it_with_its_end(house: House) -> None:
    house.publish("pond", "until = 2026-11-27T13:00:00Z", CLAIM.format("Good."))
    house.catalogue.refresh()
    shared = SharedContent(house.catalogue)
    assert shared.volume("pond")
    house.now = NOON + HOUR

    assert shared.close_gone().gone == ("pond",)
    assert shared.volume("pond") is None


def test_a_refresh_tells_of_the_clock_and_of_rules_that_are_watched(house: House) -> None:
    house.publish("pond", "until = 2026-11-27T13:00:00Z")
    house.publish("lake")
    house.catalogue.refresh()
    assert not house.catalogue.refresh()
    house.now = NOON + HOUR
    assert house.catalogue.refresh()
    assert not house.catalogue.refresh()
    rules = [Rules()]
    house.catalogue.publishing.watch(lambda: rules[0])
    assert not house.catalogue.refresh()
    rules[0] = Rules((Rule(briefings=frozenset({"lake"}), publication=Publication("draft")),))
    assert house.catalogue.refresh()
    assert "hidden" == shown(house.catalogue, "lake")


def test_a_rule_follows_a_link_that_is_turned(house: House) -> None:
    """Content and rule name the same folder by two links, and both links are turned."""
    inner, now = house.folder / "inner", house.folder / "now"
    for number in (1, 2):
        (house.folder / f"release{number}").mkdir()
    house.publish("pond")
    (house.root / "pond").rename(house.folder / "release1/pond")
    shutil.copytree(house.folder / "release1/pond", house.folder / "release2/pond")
    for link in (inner, now):
        link.symlink_to(house.folder / "release1")
    house.catalogue.change_roots([now])
    house.rule(folder=str(inner), readers=frozenset({"staff"}))
    house.catalogue.refresh()
    assert "hidden" == shown(house.catalogue, "pond")
    for link in (inner, now):
        link.unlink()
        link.symlink_to(house.folder / "release2")
    house.catalogue.refresh()
    assert "hidden" == shown(house.catalogue, "pond")
    inner.unlink()
    house.catalogue.refresh()
    assert "listed" == shown(house.catalogue, "pond")


def test_rules_tell_of_the_ids_and_folders_that_no_briefing_has(house: House) -> None:
    house.publish("pond", 'was = ["mere"]')
    house.publish("lake", 'status = "draft"')
    house.catalogue.refresh()
    link = house.folder / "link"
    link.symlink_to(house.root)
    folders = [str(house.root / "pond"), str(link), str(house.folder / "shore"), f"{house.root}/po"]
    rules = Rules((Rule(briefings=frozenset({"pond", "mere", "lake", "laek"})), *(Rule(folder) for folder in folders)))
    assert rules.unused(house.catalogue.listed(rules)) == [
        "no briefing has the id 'laek'; did you mean 'lake'?",
        f"no briefing is in the folder {house.root}/po; check its name",
        f"no briefing is in the folder {house.folder}/shore; check its name",
    ]
