"""The bare server of the measurement of handshakes: asyncssh with a key, which lets everybody in and does nothing."""

import asyncio
import sys

import asyncssh


class Open(asyncssh.SSHServer):
    """Lets everybody in."""

    def begin_auth(self, username: str) -> bool:
        return False


async def serve() -> None:
    """Serve until ended, and say on which port."""
    key = asyncssh.generate_private_key("ssh-ed25519")
    async with asyncssh.listen("127.0.0.1", 0, server_factory=Open, server_host_keys=[key]) as acceptor:
        sys.stdout.write(f"ready at 127.0.0.1 port {acceptor.get_port()}\n")
        sys.stdout.flush()
        await acceptor.wait_closed()


if __name__ == "__main__":
    asyncio.run(serve())
