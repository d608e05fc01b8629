"""`briefing kiosk`: the reader over SSH."""

from tui.cli.output import USAGE, complain


def run(words: list[str]) -> int:
    """Serve the reader by SSH, or serve one visitor of OpenSSH's server."""
    if words[:1] == ["visit"]:
        from tui.kiosk.visits import forced_command as forced

        return forced.main(words[1:])
    try:
        from tui.kiosk import command
    except ModuleNotFoundError as error:
        if error.name not in {"asyncssh", "cryptography"}:
            raise
        complain("the kiosk needs asyncssh; write: pip install 'briefing-browser[kiosk]'")
        return USAGE
    return command.main(words)
