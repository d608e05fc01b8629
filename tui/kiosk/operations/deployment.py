"""Texts for operators. A hardened systemd unit, and a snippet of sshd_config."""

import shlex
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from tui.kiosk.operations.config import option
from tui.kiosk.operations.settings import Settings

NAME: Final = "briefing-kiosk"
CREDENTIALS: Final = ("host_key", "fleet_password")
"""The settings that name files which only root may read. systemd passes a copy to the service."""
_REPLACED: Final = """\
# A file there is seen as it was at the start: an editor that puts another in its place needs a restart. Better in /etc.
"""
"""A mount is of the file, and not of its name."""


class TextError(ValueError):
    """No such text can be written; the message is one line."""


_UNIT: Final = """\
# {folder}/{name}.service, by `briefing kiosk --print unit`. Then:
#   systemctl daemon-reload && systemctl enable --now {name}
# The service's user is made when it starts: what it reads must be readable for everybody, but for a host key of your own.
[Unit]
Description=Briefing Browser, a kiosk over SSH
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=300
StartLimitBurst=10

[Service]
Type=notify
NotifyAccess=main
ExecStart={command}
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
RestartSec=2
# 2 is for settings that must be mended first.
RestartPreventExitStatus=2
# Without a sign of life for so long, as with no worker left that serves, it is started anew.
WatchdogSec=120
# The drain takes up to {drain:g} s.
TimeoutStopSec={stop:.0f}
KillMode=mixed

DynamicUser=yes
User={name}
UMask=0077
StateDirectory={name}
StateDirectoryMode=0700
CacheDirectory={name}
# The socket of `briefing kiosk who` and of the other commands for administrators.
RuntimeDirectory={name}
RuntimeDirectoryMode=0700
Environment=HOME=%S/{name} XDG_DATA_HOME=%S/{name}/data XDG_STATE_HOME=%S/{name}/state
Environment=XDG_CACHE_HOME=%C/{name} XDG_CONFIG_HOME=%S/{name}/config PYTHONDONTWRITEBYTECODE=1
{environment}{credentials}{paths}LimitNOFILE={files}
LimitCORE=0
TasksMax={tasks}
MemoryMax={memory}M
OOMPolicy=continue

CapabilityBoundingSet={capabilities}
AmbientCapabilities={capabilities}
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=tmpfs
PrivateTmp=yes
PrivateDevices=yes
PrivateUsers={private_users}
PrivateIPC=yes
ProtectProc=invisible
ProcSubset=pid
ProtectClock=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
RemoveIPC=yes
KeyringMode=private
DevicePolicy=closed
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
# The search processes stand behind those that paint.
SystemCallFilter=setpriority
SystemCallErrorNumber=EPERM
{binding}
[Install]
WantedBy=multi-user.target

# To let systemd open the port, so that nobody is turned away while the kiosk restarts, and ports below 1024 need no
# capability: {folder}/{name}.socket with
#   [Socket]
#   ListenStream={port}
#   [Install]
#   WantedBy=sockets.target
# and `systemctl enable --now {name}.socket`.
"""

_SSHD: Final = """\
# /etc/ssh/sshd_config.d/{name}.conf, by `briefing kiosk --print sshd`, for a host that must keep OpenSSH.
# Each visit is then a process of its own: many times the memory, and none of the kiosk's limits by address. Visitors
# come as {user} alone: sshd takes no other name for one of its accounts, so none names a briefing, and none keeps a location.
# Once:
#   useradd --system --create-home --shell /bin/sh {user}
#   {account}
# Then: sshd -t && systemctl reload ssh
Match User {user}
    ForceCommand {command}
    PermitTTY yes
    DisableForwarding yes
    PermitTunnel no
    PermitUserRC no
    MaxSessions 1
    ClientAliveInterval 30
    ClientAliveCountMax 3
    AcceptEnv LANG LC_* COLORTERM NO_COLOR
{banner}{access}Match all
"""

_ACCESS: Final = {
    "open": ("passwd --delete {user}        # with UsePAM also: pam_unix.so nullok", """\
    AuthenticationMethods none
    PasswordAuthentication yes
    PermitEmptyPasswords yes
"""),
    "any-key": ("passwd --lock {user}", """\
    AuthenticationMethods publickey
    AuthorizedKeysFile none
    AuthorizedKeysCommand /bin/echo %t %k
    AuthorizedKeysCommandUser nobody
"""),
    "authorized-keys": ("passwd --lock {user}", """\
    AuthenticationMethods publickey
    AuthorizedKeysFile {keys}
"""),
    "password": ("passwd {user}                 # OpenSSH knows nothing of the kiosk's hash", """\
    AuthenticationMethods password
    PasswordAuthentication yes
    PermitEmptyPasswords no
"""),
}  # fmt: skip


def unit(
    settings: Settings,
    program: Sequence[str],
    options: Sequence[str],
    bound: Iterable[Path] = (),
    variables: Mapping[str, str] | None = None,
) -> str:
    """Write a systemd unit, for systemd 252 (Debian 12) and later.

    Args:
        settings: the settings that the kiosk would start with.
        program: the words that start `briefing`.
        options: the options after `briefing kiosk`, paths absolute.
        bound: what is read below the folders that the unit hides.
        variables: what the program's environment needs further.

    Raises:
        TextError: a path has a line break.
    """
    low = 0 < settings.port < 1024
    command = [_unit_word(word) for word in (*program, "kiosk", *options)]
    secrets = {name: path for name in CREDENTIALS if (path := getattr(settings, name))}
    command += [word for name in secrets for word in (option(name), f"%d/{name}")]
    shown = sorted(bound)
    may_be_replaced = any(path.is_file() for path in shown)
    environment = "".join(f"Environment={_unit_text(f'{name}={value}')}\n" for name, value in (variables or {}).items())
    # A visit has a connection and its session; each worker has its library, index, and pipes.
    files = 4 * settings.visits + 1024
    return _UNIT.format(
        name=NAME,
        folder="/etc/systemd/system",
        command=" ".join(command),
        credentials="".join(f"LoadCredential={name}:{_unit_path(path)}\n" for name, path in secrets.items()),
        drain=settings.drain_seconds,
        stop=settings.drain_seconds + 15,
        environment=environment,
        paths=_REPLACED * may_be_replaced + "".join(f"BindReadOnlyPaths={_unit_path(str(path))}\n" for path in shown),
        files=files,
        tasks=256 + 32 * (settings.workers or 16),
        # 1.5 MiB a visit, the workers' libraries and search processes, and as much again before the kernel steps in.
        memory=2 * (3 * settings.visits // 2 + 250 * (settings.workers or 16)),
        capabilities="CAP_NET_BIND_SERVICE" if low else "",
        private_users="no" if low else "yes",
        binding=_binding(settings),
        port=settings.port,
    )


def sshd_snippet(settings: Settings, program: Sequence[str], user: str = "kiosk") -> str:
    """Render a snippet of sshd_config for an account of the reader.

    Args:
        settings: the settings that the kiosk would start with; those that OpenSSH or a visit knows are kept.
        program: the words that start `briefing`.
        user: whom visitors log in as.

    Raises:
        TextError: a path has a line break or a quotation mark.
    """
    account, access = _ACCESS[settings.access]
    kept = {
        "rules": settings.rules,
        "theme": settings.theme,
        "notice": settings.notice,
        "idle_seconds": settings.idle_seconds,
    }
    kept |= {"exec_bytes": settings.exec_bytes, "exec_seconds": settings.exec_seconds}
    usual = {name: Settings.model_fields[name].default for name in kept}
    folders = [(name, folder) for name in ("content", "texts") for folder in getattr(settings, name)]
    words = [*program, "kiosk", "visit", *(word for name, folder in folders for word in (option(name), folder))]
    words += [word for name, value in kept.items() if value != usual[name] for word in (option(name), f"{value}")]
    return _SSHD.format(
        name=NAME,
        user=user,
        account=account.format(user=user),
        command=_one_line(shlex.join(words)),
        banner=f"    Banner {_sshd_word(settings.banner)}\n" if settings.banner else "",
        access=access.format(keys=_sshd_word(settings.authorized_keys or ".ssh/authorized_keys")),
    )


def _binding(settings: Settings) -> str:
    """Allow the ports that are set, and no other. Where any port may come, nothing can be said."""
    ports = [settings.port, *([settings.metrics_port] if settings.metrics_port else [])]
    allowed = "".join(f"SocketBindAllow=tcp:{port}\n" for port in ports)
    return f"SocketBindDeny=any\n{allowed}" if settings.port else ""


def _unit_word(word: str) -> str:
    """Escape a word of a command for systemd."""
    return _unit_text(word).replace("$", "$$")


def _unit_text(text: str) -> str:
    """Write a text so that systemd does not split it."""
    safe = _one_line(text).replace("%", "%%").replace("\\", "\\\\").replace('"', '\\"')
    return safe if text and not set(text) & set(" \t'\"\\;") else f'"{safe}"'


def _unit_path(path: str) -> str:
    """Escape a path of a setting with colons for systemd."""
    escaped = path.replace("\\", "\\\\").replace(":", "\\:").replace(" ", "\\x20").replace('"', "\\x22")
    return _one_line(escaped).replace("%", "%%")


def _sshd_word(word: str) -> str:
    if '"' in word:
        raise TextError(f"{word!r} has a quotation mark, which sshd_config cannot write; rename it")
    return f'"{_one_line(word)}"'.replace("%", "%%")


def _one_line(word: str) -> str:
    if not word.isprintable():
        raise TextError(f"{word!r} has characters that cannot be written here; rename it")
    return word
