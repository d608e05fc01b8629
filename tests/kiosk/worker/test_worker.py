"""A worker goes on where something in it would end the process."""

import asyncio

import pytest

from tui.kiosk.worker.worker import run_to_its_end


def test_the_work_is_done_though_a_task_beside_it_leaves() -> None:
    done: list[str] = []

    async def leave() -> None:
        raise SystemExit(3)

    async def work() -> None:
        for name in ("one", "two"):
            task = asyncio.get_running_loop().create_task(leave())
            await asyncio.sleep(0.01)
            assert task.done()
            assert isinstance(task.exception(), SystemExit)
            done.append(name)

    with asyncio.Runner() as runner:
        run_to_its_end(runner.get_loop(), work())
    assert ["one", "two"] == done


def test_the_work_itself_may_end_the_process() -> None:
    async def work() -> None:
        raise SystemExit(4)

    with asyncio.Runner() as runner, pytest.raises(SystemExit):
        run_to_its_end(runner.get_loop(), work())
