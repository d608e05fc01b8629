"""The publication of a briefing, and the decision about who may read it."""

import datetime as dt
import itertools

import pytest

from tui.briefing.header_reading import publication_in
from tui.briefing.publication import (
    AUTHOR,
    DRAFT,
    PUBLIC,
    STATUSES,
    STRANGER,
    Decision,
    Instant,
    Publication,
    Reader,
    Showing,
    Status,
    decide,
    publication_from_text,
    publication_of,
    strictest,
)

NOON = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
NOW = Instant.at(NOON)
ZONE = dt.timezone(HOUR)


@pytest.mark.parametrize(
    ("status", "showing"),
    [("public", "LISTED"), ("unlisted", "BY_ID"), ("withdrawn", "NOTICE"), ("draft", "HIDDEN")],
)
def test_a_status_says_what_a_stranger_may_do(status: Status, showing: str) -> None:
    assert decide(Publication(status), (), STRANGER, NOW) == Decision(Showing[showing])


@pytest.mark.parametrize("status", STATUSES)
def test_the_author_may_do_everything_at_any_time(status: Status) -> None:
    ended = Publication(status, NOON + HOUR, NOON - HOUR)

    assert decide(ended, [{"staff"}], AUTHOR, NOW).showing is Showing.LISTED


@pytest.mark.parametrize(
    ("begins", "ends", "showing", "changes"),
    [
        (None, None, "LISTED", None),
        (NOON, None, "LISTED", None),
        (NOON + HOUR, None, "HIDDEN", NOON + HOUR),
        (NOON + HOUR, NOON + 2 * HOUR, "HIDDEN", NOON + HOUR),
        (None, NOON + HOUR, "LISTED", NOON + HOUR),
        (None, NOON, "HIDDEN", None),
        (NOON - 2 * HOUR, NOON - HOUR, "HIDDEN", None),
        (NOON + 2 * HOUR, NOON + HOUR, "HIDDEN", None),
    ],
)
def test_it_is_shown_from_its_begin_to_before_its_end(
    begins: dt.datetime | None, ends: dt.datetime | None, showing: str, changes: dt.datetime | None
) -> None:
    assert decide(Publication("public", begins, ends), (), STRANGER, NOW) == Decision(Showing[showing], changes)


def test_the_notice_of_a_withdrawal_keeps_to_its_time_and_its_readers_too() -> None:
    assert decide(Publication("withdrawn", NOON + HOUR), (), STRANGER, NOW).showing is Showing.HIDDEN
    assert decide(Publication("withdrawn"), [{"staff"}], STRANGER, NOW).showing is Showing.HIDDEN


def test_a_clock_that_was_put_back_shows_nothing_that_ended_and_nothing_early() -> None:
    back = Instant(NOON, NOON + 2 * HOUR)

    assert decide(Publication("public", None, NOON + HOUR), (), STRANGER, back).showing is Showing.HIDDEN
    assert decide(Publication("public", NOON + HOUR), (), STRANGER, back).showing is Showing.HIDDEN


@pytest.mark.parametrize(
    ("groups", "admitted", "is_shown"),
    [
        ((), (), True),
        ((), ({"staff"},), False),
        (("staff",), ({"staff", "press"},), True),
        (("press",), ({"staff"},), False),
        (("staff",), ({"staff"}, {"press"}), False),
        (("staff", "press"), ({"staff"}, {"press"}), True),
        (("staff",), (set(),), False),
    ],
)
def test_a_reader_must_be_in_a_group_of_every_rule(
    groups: tuple[str, ...], admitted: tuple[set[str], ...], is_shown: bool
) -> None:
    found = decide(PUBLIC, admitted, Reader(frozenset(groups)), NOW)

    assert found.showing is (Showing.LISTED if is_shown else Showing.HIDDEN)


@pytest.mark.parametrize(("looser", "stricter"), list(itertools.combinations(STATUSES, 2)))
def test_of_header_and_folder_the_stricter_status_holds(looser: Status, stricter: Status) -> None:
    for pair in itertools.permutations((Publication(looser), Publication(stricter))):
        assert strictest(*pair).status == stricter


def test_of_header_and_folder_the_later_begin_and_the_earlier_end_hold() -> None:
    one = Publication("public", NOON, None)
    other = Publication("public", NOON + HOUR, NOON + 3 * HOUR)
    third = Publication("public", None, NOON + 2 * HOUR)

    assert strictest(one, other, third) == Publication("public", NOON + HOUR, NOON + 2 * HOUR)
    assert strictest() == PUBLIC


@pytest.mark.parametrize(
    ("table", "key", "said"),
    [
        ({"status": "publik"}, "status", "is none of public"),
        ({"status": ["public"]}, "status", "is none of public"),
        ({"from": NOON.replace(tzinfo=None)}, "from", "has no offset from UTC"),
        ({"until": NOON.date()}, "until", "is no date-time"),
        ({"until": "2026-11-27T09:00:00Z"}, "until", "is no date-time"),
    ],
)
def test_a_value_that_is_refused_counts_as_a_draft(table: dict[str, object], key: str, said: str) -> None:
    found, [refused] = publication_of({"status": "public", **table})

    assert found == DRAFT
    assert refused.key == key
    assert said in refused.message


@pytest.mark.parametrize(
    "publication",
    [
        PUBLIC,
        DRAFT,
        Publication("unlisted", NOON),
        Publication("withdrawn", None, NOON.astimezone(ZONE)),
        Publication("public", dt.datetime.min.replace(tzinfo=ZONE), dt.datetime.max.replace(tzinfo=dt.UTC)),
    ],
)
def test_the_line_of_a_publication_reads_back(publication: Publication) -> None:
    assert publication_from_text(publication.as_text()) == publication
    assert decide(publication, (), STRANGER, NOW).showing in Showing


@pytest.mark.parametrize("line", ["public", "nothing - -", "public 2026-13-01T00:00:00+00:00 -", "a b c d"])
def test_a_damaged_line_counts_as_a_draft(line: str) -> None:
    assert publication_from_text(line) == DRAFT


HEADER = """format = 2
[briefing]
id = "pond"
title = "Pond"
"""
LATER = Publication("unlisted", NOON, None)
FIELDS = 'status = "unlisted"\nfrom = 2026-11-27T13:00:00+01:00\n'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (HEADER, PUBLIC),
        (HEADER + FIELDS, LATER),
        (HEADER + FIELDS + '[[claim]]\nid = "broken\n', LATER),
        (HEADER + FIELDS + "nonsense = [[[\n", None),
        (HEADER + "status = draft\n", None),
        (HEADER + 'stauts = "draft"\n', DRAFT),
        (HEADER + 'STATUS = "draft"\n', DRAFT),
        (HEADER + 'status = "secret"\n', DRAFT),
        (HEADER + "from = 2026-11-27T13:00:00\n", DRAFT),
        (HEADER + FIELDS + '[briefing]\nstatus = "draft"\n', None),
        ('briefing.status = "draft"\n' + HEADER, None),
        ("briefing = 3\n", None),
        ("", None),
        ("format = 2\n", None),
        (HEADER + '[[claim]]\nbluf = """\n[briefing]\nstatus = "draft"\n', None),
    ],
)
def test_the_header_is_read_even_where_the_rest_does_not_load(text: str, found: Publication | None) -> None:
    assert publication_in(text.encode()) == found


def test_bytes_of_another_encoding_have_no_header_and_a_stray_one_does_not_matter() -> None:
    assert publication_in(b"\xff\xfe" + HEADER.encode("utf-16-le")) is None
    assert publication_in(HEADER.encode() + b"# \xe9\n") == PUBLIC
