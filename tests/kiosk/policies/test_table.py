"""The protocol of policies, and each row of their table."""

import re
from pathlib import Path

import pytest

from tests.kiosk.clocks import Clock
from tests.test_house import modules_after
from tui.kiosk.operations.metrics import FAMILIES
from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies import policy as protocol
from tui.kiosk.policies.policy import Policies, Policy, Reason, Request, Step
from tui.kiosk.policies.table import OF_CONNECTION, OF_SERVER, OF_VISIT

EVERY = (*OF_SERVER, *OF_CONNECTION, *OF_VISIT)


def test_every_policy_of_the_room_is_in_the_table_with_settings_a_metric_and_reasons_of_its_own() -> None:
    folder = Path(protocol.__file__).parent
    defined = {
        name
        for file in folder.glob("*.py")
        for name in re.findall(r"^class (\w+)\(Policy\)", file.read_text(), re.MULTILINE)
    }
    assert defined == {kind.__name__ for kind in EVERY}
    settings = [name for kind in EVERY for name in kind.settings]
    assert len(settings) == len(set(settings))
    assert set(settings) <= Settings.model_fields.keys()
    assert {kind.metric for kind in EVERY} <= {family.name for family in FAMILIES}


def test_every_reason_has_a_word_of_its_own_and_a_line_for_the_visitor() -> None:
    reasons = [value for value in vars(protocol).values() if isinstance(value, Reason)]
    reasons += [reason for kind in EVERY for reason in kind.reasons]
    assert len(reasons) > 20
    assert len({reason.word for reason in reasons}) == len(reasons)
    assert all(reason.line.endswith(".") for reason in reasons)


def test_policies_know_no_socket_and_no_screen() -> None:
    modules = modules_after("import tui.kiosk.policies.table")
    assert not {name.partition(".")[0] for name in modules} & {"textual", "asyncssh", "asyncio"}


class Never(Policy):
    """Refuses one step."""

    reasons = (Reason("never", "Never."),)

    def admit(self, request: Request) -> Reason | None:
        return self.reasons[0] if request.step is Step.EXEC else None

    def check(self) -> Reason | None:
        return self.reasons[0]


@pytest.mark.parametrize("kinds", [(Never, Policy), (Policy, Never)])
def test_the_first_reason_counts(kinds: tuple[type[Policy], ...]) -> None:
    policies = Policies(kinds, Settings(), Clock())
    assert policies.admit(Request(Step.EXEC)) is policies.check() is Never.reasons[0]
    assert policies.admit(Request(Step.SESSION)) is None
    assert isinstance(policies[Never], Never)
    policies.leave(1)
