"""What a session keeps of a briefing leads to the same after every edit, or is told as gone."""

import random
from dataclasses import dataclass, field

import pytest

from tests.session.conftest import Workshop
from tui.library.volume import Volume
from tui.session.history import History
from tui.session.links import follow
from tui.session.own_pages import bookmarks_page
from tui.session.reloading import Watch
from tui.session.session import Session
from tui.session.shared import SharedContent
from tui.session.unread import CHANGED, UNREAD, entry_freshness
from tui.state.records import Location

KEPT = (("claims", "{}"), ("entry:{}", "{}"), ("evidence:matrix", "{}"))


@dataclass
class Claim:
    """A claim, whatever its id is; an empty id stands for a removed one."""

    id: str
    text: str
    was: list[str] = field(default_factory=list)
    read: str = ""
    """The text that was read last; empty for one that is unread."""
    kept: list[Location] = field(default_factory=list)

    @property
    def first(self) -> str:
        """The text without what was added later."""
        return self.text.partition(",")[0]


class Author:
    """Edits a briefing at random, and knows what became of each claim."""

    def __init__(self, workshop: Workshop, seed: int) -> None:
        self.workshop, self.random = workshop, random.Random(seed)  # noqa: S311 - no secret
        self.claims: list[Claim] = []
        self.gone: list[Claim] = []
        self._ids = 0
        for _ in range(7):
            self.add()
        self.write()

    def new_id(self) -> str:
        """Return an id that no claim had."""
        self._ids += 1
        return f"n{self._ids}"

    def add(self) -> None:
        """Add a claim."""
        name = self.new_id()
        self.claims.append(Claim(name, f"text of {name}"))

    def remove(self, claim: Claim) -> None:
        """Remove a claim."""
        self.claims.remove(claim)
        self.gone.append(claim)

    def rename_silently(self, claim: Claim, *, seen: bool) -> None:
        """Give a claim another id, and tell nobody. Unseen, it is another claim."""
        if not seen:
            self.remove(claim)
            claim = Claim("", claim.text)
            self.claims.append(claim)
        claim.id = self.new_id()

    def write(self) -> None:
        """Write the file."""
        rows = (f'[[claim]]\nid = "{one.id}"\nby = "x"\ntext = "{one.text}"\nwas = {one.was}\n' for one in self.claims)
        self.workshop.put("\n".join(rows))

    def edit(self, *, seen: bool) -> None:
        """Edit up to four claims. What is not seen happening is recognised by the file alone."""
        for claim in self.random.sample(self.claims, self.random.randint(1, 4)):
            match self.random.randrange(6):
                case 0 if len(self.claims) > 5:
                    self.remove(claim)
                case 1:
                    claim.was, claim.id = [*claim.was, claim.id], self.new_id()
                case 2 if seen or not claim.was:
                    self.rename_silently(claim, seen=seen)
                case 3:
                    claim.text += ", and more"
                case 4:
                    self.add()
                case _:
                    self.random.shuffle(self.claims)
        self.write()


class Reader:
    """Keeps locations in a briefing, and reads on while it is edited."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self.history = History()
        self.letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        self.begin()

    def begin(self) -> None:
        """Start the program."""
        self.workshop.catalogue.refresh()
        state = self.workshop.session.state
        self.session = Session(SharedContent(self.workshop.catalogue), state, {"bookmarks": bookmarks_page})
        self.watch = Watch(self.session.shared)

    @property
    def volume(self) -> Volume:
        """The present edition."""
        volume = self.session.volume("tiny")
        assert volume is not None
        return volume

    def keep(self, claim: Claim, page: str, block: str) -> None:
        """Read, visit and mark a claim."""
        where = Location("tiny", page.format(claim.id), block.format(claim.id))
        claim.kept.append(where)
        claim.read = claim.text
        self.history.visit(where)
        state = self.session.state
        state.mark(next(self.letters), where, claim.text)
        state.mark_read("tiny", [(claim.id, self.volume.entries[claim.id].digest)])
        self.session.leave(where, Location())

    def reload(self) -> None:
        """See the edit while the briefing is open."""
        self.watch.reload("tiny")
        self.watch.take("tiny")

    def restart(self, author: Author) -> None:
        """Begin anew. What is kept in memory alone is no more."""
        for claim in author.gone:
            claim.kept.clear()
        self.begin()


def check_locations(reader: Reader, author: Author) -> None:
    """Check that all locations lead to the same claims, or are gone."""
    kept = reader.session.kept
    for claim in author.claims:
        for where in claim.kept:
            found = kept.found(where)
            assert not found.is_gone
            assert reader.session.item(found.location) == reader.volume.entries[claim.id]
    assert all(kept.found(where).is_gone for claim in author.gone for where in claim.kept)


def check_readings(reader: Reader, author: Author) -> None:
    """Check which claims are unread or changed, and what a filter leaves and counts."""
    read = reader.session.state.read_digests("tiny")
    for claim in author.claims:
        sign = "" if claim.read == claim.text else CHANGED if claim.read else UNREAD
        assert sign == entry_freshness(reader.volume, read, claim.id)
    page = reader.session.page(Location("tiny", "claims/is:unread"))
    unread = [claim.id for claim in author.claims if not claim.read]
    assert unread == [name for name in page.ids if name != "nothing"]
    assert f"only unread · {len(unread)} of {len(author.claims)}" in page.title


def check_marks(reader: Reader, author: Author) -> None:
    """Check that the list of marks tells the removed ones, and that the others lead there."""
    page = bookmarks_page(reader.session)
    for block in map(page.block, range(len(page))):
        to = follow(reader.session, block.target, Location()) if block.target else None
        if to is None:
            assert block.text.endswith(" · removed")
        else:
            [first] = [one.first for one in author.claims if one.id == reader.session.kept.found(to).location.block]
            assert block.paras[0].text.startswith(first)


@pytest.mark.parametrize("seed", range(40))
def test_all_that_is_kept_leads_to_the_same_or_is_gone(workshop: Workshop, seed: int) -> None:
    author = Author(workshop, seed)
    reader = Reader(workshop)
    for _ in range(6):
        for claim in author.random.sample(author.claims, 3):
            reader.keep(claim, *author.random.choice(KEPT))
        seen = author.random.random() < 0.7
        if not seen:
            for claim in author.claims:
                claim.kept = [reader.session.kept.found(where).location for where in claim.kept]
        author.edit(seen=seen)
        if seen:
            reader.reload()
        else:
            reader.restart(author)
        check_locations(reader, author)
        check_readings(reader, author)
        check_marks(reader, author)
