"""Holding a text where the rest of the file does not load: one value is written in its place, and nothing else moves."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.authoring.errors import AuthoringError
from tui.authoring.held_texts import hold
from tui.briefing import lock
from tui.briefing.files import HELD_FOLDER, LOCK_NAME

TEXT = "A note\n\nThe bridge is closed until spring.\n"
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()
SOURCES = """\
# about the note
[[source]]
id = "note"   # an id
type = "report"

# ── others ──
[[claim]]
id = "one"
text = "It is so."
cite = [{ source = "note", quote = "closed until spring" }]

[[source]]
id = "song"
type = "song"

# about two
[[claim]]
id = "two"
text = "It is so."
cite = [{ source = "note", quote = "The bridge" }]
"""
FAULTS = {
    "no TOML": '\n[[claim]]\nid = = "x"\n',
    "a string without an end": '\n[[claim]]\nid = "x"\ntext = """no end\n',
    "an unknown key": '\n[[claim]]\nid = "x"\ntxet = "y"\n',
    "a link to nothing": '\n[[claim]]\nid = "x"\ntext = "y"\nby = "z"\nabout = ["nobody"]\n',
    "an unknown table": "\n[unknown]\nx = 1\n",
    "another source": '\n[[source]]\nid = "x"\ntype = "nothing"\n',
}
PLACE = 'type = "report"\n'


class Desk:
    """A briefing with a fault, and the text of one of its sources."""

    def __init__(self, folder: Path, tiny: Callable[..., str]) -> None:
        self.path, self.held, self.file = folder / "briefing.toml", folder / "user", folder / "note.txt"
        self.file.write_text(TEXT, encoding="utf-8", newline="\n")
        self.sound = tiny(SOURCES)

    def write(self, text: str) -> None:
        self.path.write_bytes(text.encode())

    def hold(self, *, accept: bool = False) -> list[str]:
        return list(hold(self.path, self.held, "note", self.file, accept=accept))

    @property
    def locked(self) -> set[str]:
        return {key.quote for key in lock.read(self.path.parent / LOCK_NAME).quotes}


@pytest.fixture
def desk(tmp_path: Path, tiny: Callable[..., str]) -> Desk:
    return Desk(tmp_path, tiny)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_elsewhere_is_no_hindrance(desk: Desk, fault: str, newline: str) -> None:
    before = (desk.sound + fault).replace("\n", newline)
    desk.write(before)

    said = desk.hold()

    line = f'sha256 = "{SHA256}"\n'
    after = before.replace(PLACE.replace("\n", newline), (PLACE + line).replace("\n", newline))
    assert after.encode() == desk.path.read_bytes()
    assert (desk.held / f"{SHA256}.txt").read_text(encoding="utf-8") == TEXT
    assert desk.locked == {"closed until spring", "The bridge"}
    assert f"so that only its readable parts were searched; see briefing check {desk.path}." in said[-1]


def test_a_byte_order_mark_stays_for_check_to_take_out(desk: Desk) -> None:
    desk.write("\ufeff" + desk.sound)

    desk.hold()

    assert desk.path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert desk.locked == {"closed until spring", "The bridge"}


def test_what_cannot_be_read_for_now_stays_locked(desk: Desk) -> None:
    desk.write(desk.sound)
    desk.hold()
    named = desk.path.read_text(encoding="utf-8")
    desk.write(named.replace('id = "two"', 'id = = "two"'))

    desk.hold()

    assert desk.locked == {"closed until spring", "The bridge"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('type = "report"', 'type = "nothing"', "source[1].type: 'nothing' is no word for this key"),
        ('type = "report"', 'type = = "report"', "fix the TOML syntax here"),
        ('id = "note"', 'id = "nobody"', "'note' is not there"),
        ('id = "song"', 'id = "note"', "'note' is taken"),
    ],
)
def test_a_fault_of_the_source_itself_is_told(desk: Desk, old: str, new: str, said: str) -> None:
    desk.write(desk.sound.replace(old, new, 1))
    before = desk.path.read_bytes()

    with pytest.raises(AuthoringError) as caught:
        desk.hold()

    assert said in str(caught.value)
    assert before == desk.path.read_bytes()
    assert not desk.held.exists()


def test_accepting_another_text_changes_the_hash_alone(desk: Desk) -> None:
    """Though tables of several kinds stand between each other, with comments."""
    desk.write(desk.sound)
    desk.hold()
    before = desk.path.read_text(encoding="utf-8")
    desk.file.write_text(f"{TEXT}\nMore.\n", encoding="utf-8", newline="\n")
    other = hashlib.sha256(desk.file.read_bytes()).hexdigest()

    with pytest.raises(AuthoringError, match="--accept"):
        desk.hold()
    assert before == desk.path.read_text(encoding="utf-8")
    desk.hold(accept=True)

    assert before.replace(SHA256, other) == desk.path.read_text(encoding="utf-8")


def test_a_published_text_without_its_hash_gets_it(desk: Desk) -> None:
    desk.write(desk.sound.replace(PLACE, f'{PLACE}held = "note.txt"\n', 1))
    (desk.path.parent / HELD_FOLDER).mkdir()
    (desk.path.parent / HELD_FOLDER / "note.txt").write_bytes(TEXT.encode())

    desk.hold()

    assert f'held = "note.txt"\nsha256 = "{SHA256}"\n' in desk.path.read_text(encoding="utf-8")


def test_a_lock_that_cannot_be_read_is_not_written_over(desk: Desk) -> None:
    desk.write(desk.sound)
    path = desk.path.parent / LOCK_NAME
    path.write_text("<<<<<<< ours\n", encoding="utf-8")

    with pytest.raises(AuthoringError, match=r"sources\.lock:1:1: sources\.lock cannot be read"):
        desk.hold()

    assert path.read_text(encoding="utf-8") == "<<<<<<< ours\n"
