"""A small run of the bars of many hosts; ``python -m tests.fleet`` is the large one, and measures speed."""

from pathlib import Path

from tests.fleet.bars import bars
from tests.fleet.scene import TROUBLES, Plan


async def test_no_visit_ends_and_nothing_is_lost_by_any_trouble(tmp_path: Path) -> None:
    """All but a full disk, since only root can have a disk to fill."""
    troubles = [trouble for trouble in TROUBLES if trouble != "full"]
    plan = Plan(visits=6, every=0.5, quiet=1.0, away=6.0)
    assert [] == [bar async for bar in bars(tmp_path, plan, troubles) if not bar.is_sound]
