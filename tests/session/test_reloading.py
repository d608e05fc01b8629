"""Reloading when files change: what is said, and that a broken edit costs nothing."""

import hashlib
import os
from collections.abc import Callable

import pytest

from tests.session.conftest import Workshop
from tui.library.volume import Volume
from tui.session.reloading import Watch, differences
from tui.state.records import Location

Made = Callable[..., Volume]
BROKEN = "format = 1\n[briefing\n"


def claims(*texts: str) -> str:
    """Write a claim for each text: c0, c1 and so on."""
    return "\n".join(f'[[claim]]\nid = "c{n}"\nby = "x"\ntext = "{text}"' for n, text in enumerate(texts))


def reloaded(watch: Watch) -> str | None:
    """Reload as the screen does and give what is said."""
    assert watch.has_changed("tiny")
    said = watch.reload("tiny")
    watch.take("tiny")
    assert not watch.has_changed("tiny")
    return said


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (claims("one", "other"), "1 changed"),
        (claims("one", "two", "three", "four"), "2 added"),
        (claims("one"), "1 removed"),
        (claims("other", "two", "three"), "1 changed, 1 added"),
        ('[[view]]\nid = "v"\nwho = "x"\ntext = "y"', "1 added, 2 removed"),
    ],
)
def test_what_a_new_edition_changed_is_counted(made: Made, after: str, said: str) -> None:
    assert f"Reloaded: {said}." == differences(made(claims("one", "two")), made(after))


NAMED = 'conflicts = ["c0"]'


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (claims("one", "two").replace("c1", "new"), "1 renamed"),
        (claims("one", "two").replace('id = "c1"', 'id = "new"\nwas = ["c1"]'), "1 renamed"),
        (claims("one", "other").replace('id = "c1"', 'id = "new"\nwas = ["c1"]'), "1 changed, 1 renamed"),
        (claims("one", "other").replace("c1", "new"), "1 added, 1 removed"),
        (claims("one", "two", "three").replace("c0", "new"), "1 renamed, 1 added"),
    ],
)
@pytest.mark.parametrize("more", ["", NAMED])
def test_a_rename_is_told_as_one(made: Made, after: str, said: str, more: str) -> None:
    """Those that mention it say nothing else than before."""
    before = f'{claims("one", "two")}\n[[claim]]\nid = "z"\nby = "x"\ntext = "z{" and [[c0]]" if more else ""}"\n{more}'
    rest = before[before.index('[[claim]]\nid = "z"') :]
    after = f"{after}\n{rest.replace('c0', 'new') if 'c0' not in after else rest}"
    assert f"Reloaded: {said}." == differences(made(before), made(after))


def test_a_change_of_the_header_alone_is_said(made: Made) -> None:
    assert "Reloaded: the header changed." == differences(made(), made(title="Another title"))


def test_entries_in_another_order_are_said_to_be(made: Made) -> None:
    one, two = ('[[claim]]\nid = "c1"\nby = "x"\ntext = "1"\n', '[[claim]]\nid = "c2"\nby = "x"\ntext = "2"\n')
    assert "Reloaded: the order changed." == differences(made(one + two), made(two + one))


@pytest.mark.parametrize("again", ["touch", "same"])
def test_a_touch_and_a_save_of_the_same_changed_nothing(workshop: Workshop, again: str) -> None:
    path = workshop.put(claims("one"))
    watch = Watch(workshop.session.shared)
    assert workshop.session.volume("tiny") is not None
    assert not watch.has_changed("tiny")
    if again == "touch":
        os.utime(path, (1, 1))
    else:
        path.write_bytes(path.read_bytes())
        os.utime(path, (2, 2))
    assert "" == reloaded(watch)


def test_a_briefing_that_could_not_be_opened_before(made: Made) -> None:
    assert "Reloaded: it can be opened now." == differences(None, made())


def test_nothing_changes_by_itself(workshop: Workshop) -> None:
    workshop.put(claims("one"))
    watch = Watch(workshop.session.shared)
    assert not watch.has_changed("tiny")
    assert workshop.session.volume("tiny") is not None
    assert not watch.has_changed("tiny")
    assert not watch.has_changed("gone")
    assert watch.reload("gone") is None
    assert not watch.take("gone")
    assert not watch.take("tiny")


def test_an_edit_is_noticed_once_and_its_pages_are_made_anew(workshop: Workshop) -> None:
    workshop.put(claims("one", "two"))
    session, watch = workshop.session, Watch(workshop.session.shared)
    location = Location("tiny", "claims")
    assert ["c0", "c1"] == list(session.page(location).ids)
    workshop.put(claims("one", "other", "three"))
    assert "Reloaded: 1 changed, 1 added." == reloaded(watch)
    assert ["c0", "c1", "c2"] == list(session.page(location).ids)


def test_what_is_loaded_is_not_held_before_it_is_taken(workshop: Workshop) -> None:
    workshop.put(claims("one"))
    session, watch = workshop.session, Watch(workshop.session.shared)
    before = session.volume("tiny")
    workshop.put(claims("other"))
    watch.reload("tiny")
    assert before is session.volume("tiny")
    assert not watch.take("tiny")
    assert before is not session.volume("tiny")


def test_a_broken_edit_leaves_the_last_good_edition_until_it_is_mended(workshop: Workshop) -> None:
    workshop.put(claims("one"))
    session, watch = workshop.session, Watch(workshop.session.shared)
    good = session.volume("tiny")
    workshop.write(BROKEN)
    assert watch.has_changed("tiny")
    said = watch.reload("tiny")
    assert said
    assert said.startswith("workshop/tiny/briefing.toml:2:")
    assert said.endswith("(the last good edition stays; 6 problems)")
    assert watch.take("tiny")
    assert good is session.volume("tiny")
    assert not watch.has_changed("tiny")
    workshop.put(claims("one", "two"))
    assert "Reloaded, no longer broken: 1 added." == reloaded(watch)
    assert ["c0", "c1"] == list(session.page(Location("tiny", "claims")).ids)


def test_a_file_that_goes_away_is_missing_and_no_change(workshop: Workshop) -> None:
    path = workshop.put(claims("one"))
    session, watch = workshop.session, Watch(workshop.session.shared)
    good = session.volume("tiny")
    path.unlink()
    assert watch.is_missing("tiny")
    assert not watch.has_changed("tiny")
    assert good is session.volume("tiny")
    workshop.put(claims("one"))
    os.utime(path, (1, 1))
    assert not watch.is_missing("tiny")
    assert "" == reloaded(watch)


def test_a_broken_briefing_that_is_mended_opens(workshop: Workshop) -> None:
    workshop.write(BROKEN)
    session, watch = workshop.session, Watch(workshop.session.shared)
    assert session.volume("tiny") is None
    workshop.put(claims("one"))
    assert "Reloaded: it can be opened now." == reloaded(watch)
    assert ["c0"] == list(session.page(Location("tiny", "claims")).ids)


def test_a_broken_briefing_that_is_broken_otherwise_shows_the_new_problems(workshop: Workshop) -> None:
    workshop.write(BROKEN)
    session, watch = workshop.session, Watch(workshop.session.shared)
    before = session.page(Location("tiny", "overview")).block(1).text
    workshop.write("format = 2\n")
    assert watch.has_changed("tiny")
    watch.reload("tiny")
    assert watch.take("tiny")
    assert before != session.page(Location("tiny", "overview")).block(1).text
    assert not watch.has_changed("tiny")


@pytest.mark.parametrize("where", ["briefing", "user"])
def test_a_held_text_that_appears_is_noticed_and_opens_its_passages(workshop: Workshop, where: str) -> None:
    text = "A title\n\nThere were seven swans.\n"
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    source = f'[[source]]\nid = "pond"\ntitle = "A title"\ntype = "book"\nreliability = "B"\nsha256 = "{sha256}"\n'
    cite = 'cite = [{ source = "pond", quote = "seven swans" }]'
    path = workshop.put(f"{source}\n{claims('one')}\n{cite}\n")
    session, watch = workshop.session, Watch(workshop.session.shared)
    volume = session.volume("tiny")
    assert volume is not None
    assert "unlisted" == volume.entries["c0"].notes[0].state
    folder = path.parent / "held" if where == "briefing" else workshop.held
    folder.mkdir(parents=True)
    (folder / f"{sha256}.txt").write_text(text, encoding="utf-8")
    assert "Reloaded: 1 held text changed, 1 quote checked otherwise." == reloaded(watch)
    volume = session.volume("tiny")
    assert volume is not None
    assert "exact" == volume.entries["c0"].notes[0].state
    assert 2 == len(session.page(Location("tiny", "text:pond")))
