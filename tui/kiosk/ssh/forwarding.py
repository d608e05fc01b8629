"""The refusal of every kind of forwarding."""

import asyncssh


class NoForwarding(asyncssh.SSHServer):
    """Refuses forwarding, and logs each refusal."""

    def connection_requested(self, dest_host: str, dest_port: int, orig_host: str, orig_port: int) -> bool:
        """Refuse -L and -D."""
        return self._refuse("forward", f"{dest_host[:60]}:{dest_port}")

    def server_requested(self, listen_host: str, listen_port: int) -> bool:
        """Refuse -R."""
        return self._refuse("remote-forward", f"{listen_host[:60]}:{listen_port}")

    def unix_connection_requested(self, dest_path: str) -> bool:
        """Refuse -L to a socket."""
        return self._refuse("unix-forward", dest_path[:60])

    def unix_server_requested(self, listen_path: str) -> bool:
        """Refuse -R of a socket."""
        return self._refuse("remote-unix-forward", listen_path[:60])

    def tun_requested(self, unit: int | None) -> bool:
        """Refuse -w."""
        return self._refuse("tunnel", "tun")

    def tap_requested(self, unit: int | None) -> bool:
        """Refuse -w."""
        return self._refuse("tunnel", "tap")

    def _refuse(self, kind: str, what: str) -> bool:
        self.log_refusal(kind, what)
        return False

    def log_refusal(self, kind: str, what: str) -> None:
        """Log a refusal."""
        raise NotImplementedError
