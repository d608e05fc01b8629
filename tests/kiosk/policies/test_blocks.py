"""Blocks of addresses and networks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kiosk.clocks import Clock
from tui.kiosk.operations.admin_commands import network
from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.blocks import BLOCKED, Blocks
from tui.kiosk.policies.policy import Request, Step


def comes(blocks: Blocks, address: str) -> bool:
    """Whether a connection is let in."""
    return blocks.admit(Request(Step.CONNECT, address)) is None


def test_a_block_holds_for_its_time_and_can_be_replaced_and_lifted() -> None:
    clock = Clock()
    blocks = Blocks(Settings(), clock)
    ours = network("192.0.2.0/24")
    blocks.block(ours, 60)
    assert not comes(blocks, "192.0.2.200")
    assert comes(blocks, "192.0.3.1")
    clock.pass_by(59)
    blocks.block(ours, 10)
    clock.pass_by(9)
    assert {ours: 1} == blocks.left()
    clock.pass_by(1)
    assert comes(blocks, "192.0.2.200")
    assert not blocks.left()
    blocks.block(ours, 60)
    assert blocks.lift(ours)
    assert not blocks.lift(ours)
    assert comes(blocks, "192.0.2.200")


@pytest.mark.parametrize("step", [step for step in Step if step is not Step.CONNECT])
def test_only_new_connections_are_asked(step: Step) -> None:
    blocks = Blocks(Settings(), Clock())
    blocks.block(network("192.0.2.1"), 60)
    assert blocks.admit(Request(step, "192.0.2.1")) is None
    assert blocks.admit(Request(Step.CONNECT, "192.0.2.1")) is BLOCKED


@given(st.ip_addresses(v=4), st.integers(0, 32))
def test_a_visitor_by_ipv4_is_blocked_however_the_network_is_written(address: object, bits: int) -> None:
    blocks = Blocks(Settings(), Clock())
    blocks.block(network(f"{address}/{bits}"), 60)
    assert not comes(blocks, str(address))
    other = Blocks(Settings(), Clock())
    other.block(network(f"::ffff:{address}/{bits + 96}"), 60)
    assert other.left().keys() == blocks.left().keys()
