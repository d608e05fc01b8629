"""The programs of others that real tests run, and the Debian packages that bring them.

Run as ``python3 -m tests.programs`` it prints the packages of those that are missing here, for `.ci/run` to install.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import Final

PACKAGES: Final = {
    "adduser": "adduser",
    "bash": "bash",
    "biber": "biber",
    "chromium": "chromium",
    "dbclient": "dropbear-bin",
    "dpkg-deb": "dpkg",
    "fail2ban-regex": "fail2ban",
    "fish": "fish",
    "groff": "groff",
    "gropdf": "groff",
    "haproxy": "haproxy",
    "initdb": "postgresql",
    "java": "default-jre-headless",
    "logrotate": "logrotate",
    "man": "man-db",
    "mount": "mount",
    "npm": "npm",
    "openssl": "openssl",
    "pdftoppm": "poppler-utils",
    "pdftotext": "poppler-utils",
    "plink": "putty-tools",
    "postgres": "postgresql",
    "rsvg-convert": "librsvg2-bin",
    "setpriv": "util-linux",
    "ssh": "openssh-client",
    "ssh-keygen": "openssh-client",
    "ssh-keyscan": "openssh-client",
    "sshd": "openssh-server",
    "systemd-analyze": "systemd",
    "tmux": "tmux",
    "unshare": "util-linux",
    "zsh": "zsh",
}
"""Each program with its package; a test may run no other."""
REQUIRED: Final = "BRIEFING_TESTS_REQUIRE_PROGRAMS"
"""The environment variable under which a missing program fails its test; otherwise the test is skipped."""


def found(name: str) -> str | None:
    """Return a program's path; servers are also looked for where only root has them on the path."""
    folders = [
        "/usr/local/sbin",
        "/usr/sbin",
        *sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True),
    ]
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", os.defpath), *folders]))


def program(name: str) -> str:
    """Return a program's path, or skip the test that needs it."""
    import pytest  # what `.ci/run` calls before anything is installed goes without

    path = found(name)
    if not path:
        refuse = pytest.fail if os.environ.get(REQUIRED) else pytest.skip
        refuse(f"{name} is not installed (Debian: {PACKAGES[name]})")
    return path


if __name__ == "__main__":
    missing = {package for name, package in PACKAGES.items() if not found(name)}
    sys.stdout.write("".join(f"{package}\n" for package in sorted(missing)))
