"""Every setting of the kiosk, the source of options, sample and tables."""

from typing import Annotated, Final, Literal

from annotated_types import Ge, Le
from pydantic import AfterValidator, ConfigDict, StringConstraints

from tui.briefing.fields import Many, Table
from tui.kiosk.addresses import parse_network
from tui.kiosk.operations.passwords import is_hash


def _network(text: str) -> str:
    parse_network(text)
    return text


def _hash(text: str) -> str:
    if not is_hash(text):
        raise ValueError("is no hash of a password; write the line that `briefing kiosk --hash-password` prints")
    return text


Port = Annotated[int, Ge(0), Le(65535)]
Some = Annotated[int, Ge(1), Le(1_000_000)]
Seconds = Annotated[float, Ge(0.1), Le(10_000_000)]
Path = Annotated[str, StringConstraints(min_length=1, max_length=4096)]
PATHS: Final = (
    "content",
    "texts",
    "host_key",
    "host_certificate",
    "authorized_keys",
    "rules",
    "banner",
    "notice",
    "admin_socket",
    "fleet_password",
)
"""The settings that name files and folders."""
Access = Literal["open", "any-key", "authorized-keys", "password"]


class Settings(Table):
    """The settings of an operator. A missing key has its default."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    # Where
    host: Annotated[str, StringConstraints(min_length=1, max_length=255)] = "127.0.0.1"
    """The address to listen at; "" is not allowed, 0.0.0.0 and :: mean every one."""
    port: Port = 2222
    """The port to listen at; 0 for any that is free, which the ready line tells."""
    proxies: Many[Annotated[str, AfterValidator(_network)]] = ()
    """Addresses or networks of load balancers; theirs are the only PROXY headers that are read, and must be there."""
    content: Many[Path] = ()
    """Folders of briefings to show instead of the bundled ones."""
    texts: Many[Path] = ()
    """Folders in which the texts of sources are found by their SHA-256; nothing is written there."""
    host_key: Path | None = None
    """The server's private key; without it one of its own is made on the first start."""
    host_certificate: Path | None = None
    """The certificate of that key, by an authority whom visitors trust instead of the key."""
    workers: Annotated[int, Ge(0), Le(256)] = 0
    """Worker processes; 0 for one a core."""

    # Who
    access: Access = "open"
    """The visitors who may log in: all, or those with any key, an authorized key, or the password."""
    authorized_keys: Path | None = None
    """The file of keys for access = "authorized-keys", as OpenSSH writes it."""
    password_hash: Annotated[str, StringConstraints(max_length=400), AfterValidator(_hash)] | None = None
    """The password's hash for access = "password", as `briefing kiosk --hash-password` writes it."""
    rules: Path | None = None
    """The file of rules on the readers, the status and the time of briefings and folders."""
    classic_curve25519: bool = True
    """Whether to offer key exchange by curve25519 alone too, which is not post-quantum and which older clients need."""

    # What they see
    theme: Literal["light", "dark", "contrast", "mono"] = "dark"
    """The theme in which a visit begins; a terminal of 16 colours has monochrome."""
    banner: Path | None = None
    """A text file that is shown before logging in."""
    notice: Path | None = None
    """A text file whose first line is shown on the first screen."""
    show_broken: bool = False
    """Whether a briefing that was never loaded is listed, with its file and its problem; else it is hidden."""
    keep_state: bool = True
    """Whether visitors with a key find their locations, marks and readings again."""
    state_days: Some = 365
    """Days after which the state of an absent visitor is deleted."""
    states: Some = 10_000
    """Visitors whose state is kept. A new one takes the place of the visitor absent longest, for 30 days at least."""

    # Many hosts
    fleet: Annotated[str, StringConstraints(min_length=1, max_length=4096)] | None = None
    """The PostgreSQL in which hosts share visitors' states, as postgresql://USER@HOST/DATABASE without a password."""
    fleet_password: Path | None = None
    """The file of the database's password, for its owner alone."""
    fleet_host: Annotated[str, StringConstraints(max_length=255)] = ""
    """This host's name among the others; without it the machine's."""
    fleet_notify: bool = True
    """Whether the database knows NOTIFY and LISTEN, as CockroachDB and YugabyteDB do not."""

    # How many
    visits: Some = 500
    """Connections at one time."""
    visits_by_address: Some = 20
    """Connections at one time from one address; of IPv6, from one /64."""
    visits_a_minute: Some = 60
    """New connections a minute from one address."""
    waiting: Some = 100
    """Connections at one time that have not logged in."""
    waiting_by_address: Some = 10
    """Such connections at one time from one address."""

    # How long
    login_seconds: Seconds = 20
    """Seconds from connecting to having a session."""
    login_tries: Some = 6
    """Tries to log in on one connection."""
    idle_seconds: Seconds = 1800
    """Seconds without a key or a click after which a visit ends."""
    idle_warning_seconds: Seconds = 60
    """Seconds before the end at which the visitor is warned; any key keeps the visit open."""
    total_seconds: Seconds = 43_200
    """Seconds after which a visit ends in any case."""
    drain_seconds: Seconds = 60
    """Seconds that visitors have to finish when the server is told to end."""

    # How much
    keys_a_second: Some = 25
    """Keys and clicks a second; more are dropped."""
    keys_at_once: Some = 40
    """Keys and clicks that may come at once."""
    bytes_a_second_in: Some = 8192
    """Bytes a second that are taken from a visitor; the rest waits."""
    bytes_in: Annotated[int, Ge(1024), Le(10**12)] = 20_000_000
    """Bytes from a visitor after which the visit ends."""
    bytes_out: Annotated[int, Ge(65536), Le(10**12)] = 500_000_000
    """Bytes to a visitor after which the visit ends."""
    stalled_bytes: Annotated[int, Ge(4096), Le(100_000_000)] = 262_144
    """Bytes of unsent output at which painting stops."""
    stalled_seconds: Seconds = 10
    """Seconds without painting after which the visit ends."""
    rekeyings_a_minute: Some = 6
    """Key exchanges a minute that a client may ask for."""
    exec_bytes: Annotated[int, Ge(1024), Le(100_000_000)] = 1_000_000
    """Bytes of output of a command such as `list`."""
    exec_seconds: Seconds = 20
    """Seconds that such a command may take."""

    # What is written down
    log: Literal["text", "json"] = "text"
    """The format of the log, an event a line, on the standard error."""
    metrics_port: Port = 0
    """The port at which Prometheus finds metrics, and others /healthz and /readyz; 0 for none."""
    metrics_host: Annotated[str, StringConstraints(min_length=1, max_length=255)] = "127.0.0.1"
    """The address of that port; everybody who reaches it can read the metrics."""
    admin_socket: Path | None = None
    """The Unix socket of the commands for administrators; without it `admin.sock` in the folder of the program's state."""
    audit: bool = False
    """Whether the kiosk records who (by key) came, opened which briefing and left, and when; apart from the log."""
    audit_days: Some = 90
    """Days after which such records are deleted."""
    statistics: bool = False
    """Whether openings are counted by day and briefing, without anything of the visitor."""
    count_reading: bool = False
    """Whether the metrics count openings of briefings and successful searches; never by visitor."""
    log_addresses: Literal["whole", "hashed", "none"] = "whole"
    """The form of addresses in the log; hashed, they can be told apart until the next start."""


RENAMED: Final = {"plain_bytes": "exec_bytes", "plain_seconds": "exec_seconds"}
"""Names of settings in 0.1, which are still read, and the names of today."""
RESTART: Final = frozenset(
    {"host", "port", "host_key", "workers", "metrics_host", "metrics_port", "count_reading", "texts", "admin_socket"}
    | {"host_certificate", "fleet", "fleet_password", "fleet_host", "fleet_notify"}
)
"""The settings that hold from the next start on. All others hold for new visits as soon as they are read again."""


def applied(running: Settings, wanted: Settings) -> tuple[str, ...]:
    """Return the settings that were changed and hold from now on."""
    return tuple(
        sorted(
            name for name in Settings.model_fields.keys() - RESTART if getattr(running, name) != getattr(wanted, name)
        )
    )


def unapplied(running: Settings, wanted: Settings) -> tuple[str, ...]:
    """Return the changed settings that need a restart."""
    return tuple(sorted(name for name in RESTART if getattr(running, name) != getattr(wanted, name)))
