"""The configuration of a load balancer before several hosts."""

import re
from collections.abc import Sequence
from typing import Final

from tui.kiosk.operations.deployment import TextError
from tui.kiosk.operations.settings import Settings

_HOST: Final = re.compile(r"[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\]")
"""A name or an address, one of IPv6 in brackets."""
_HAPROXY: Final = """\
# /etc/haproxy/haproxy.cfg, by `briefing kiosk --print haproxy`, for HAProxy 2.2 and later. Then: systemctl reload haproxy
# On each host: this machine's address in `proxies`, and the same `host_key`, so that clients see one server.
# Limits by address, and blocks, hold in each host by itself: a visitor has them as many times as there are hosts.
defaults
    mode tcp
    timeout connect 5s
    timeout check 5s
    # A visit at rest hears from the kiosk every 90 seconds.
    timeout client 5m
    timeout server 5m

listen kiosks
    bind :22
    balance leastconn
    # A host that ends or starts refuses a connection: another one takes it.
    option redispatch 1
    retries 3
{check}{servers}"""
_CHECKS: Final = {
    False: """\
    # With metrics_port, a host that drains gets no newcomers: it answers /readyz with 503.
    option tcp-check
    tcp-check expect rstring ^SSH-2\\.0
    default-server send-proxy-v2 check inter 2s fall 2 rise 1
""",
    True: """\
    # A host that starts or drains answers 503. The balancer must reach metrics_host.
    option httpchk GET /readyz
    http-check expect status 200
    default-server send-proxy-v2 check port {port} inter 2s fall 2 rise 1
""",
}


def haproxy(settings: Settings, hosts: Sequence[str]) -> str:
    """Write the configuration of HAProxy before some hosts.

    Args:
        settings: the settings that every host has.
        hosts: the addresses of the hosts.

    Raises:
        TextError: one is no address and no name.
    """
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise TextError(f"{host!r} is no address of a host; write --hosts 10.0.0.11,10.0.0.12")
    lines = (f"    server host{number} {host}:{settings.port}\n" for number, host in enumerate(hosts, 1))
    return _HAPROXY.format(
        check=_CHECKS[settings.metrics_port > 0].format(port=settings.metrics_port), servers="".join(lines)
    )
