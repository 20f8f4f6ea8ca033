"""What is missing for the strict level, and the one command that brings it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from .bubblewrap import program

#: The first version with --disable-userns.
OLDEST = (0, 8, 0)

PACKAGE_MANAGERS = {
    "apt-get": "sudo apt-get install -y bubblewrap",
    "dnf": "sudo dnf install -y bubblewrap",
    "pacman": "sudo pacman -S bubblewrap",
    "zypper": "sudo zypper install -y bubblewrap",
    "apk": "sudo apk add bubblewrap",
}

APPARMOR_PROFILE = (
    "printf 'abi <abi/4.0>,\\ninclude <tunables/global>\\nprofile bwrap /usr/bin/bwrap"
    " flags=(unconfined) {\\n  userns,\\n}\\n' | sudo tee /etc/apparmor.d/bwrap >/dev/null"
    " && sudo apparmor_parser -r /etc/apparmor.d/bwrap"
)
CONTAINER = "start the container with: --security-opt seccomp=unconfined --security-opt apparmor=unconfined"


def install_command() -> str:
    """Return the command that installs bubblewrap here."""
    for manager, command in PACKAGE_MANAGERS.items():
        if shutil.which(manager):
            return command
    return "install bubblewrap 0.8 or newer with your system's package manager"


def version_of(path: str) -> tuple[int, ...]:
    """Return bubblewrap's version, such as (0, 8, 0); (0,) if it does not say."""
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=10).stdout
    except (OSError, subprocess.SubprocessError):
        return (0,)
    number = re.search(r"\d+(\.\d+)+", said)
    return tuple(map(int, number.group().split("."))) if number else (0,)


def lacking_program() -> tuple[str, str] | None:
    """Return (what is missing, remedy) if there is no bubblewrap that will do."""
    path = program()
    if path is None:
        return "bubblewrap is not installed", install_command()
    version = version_of(path)
    if version < OLDEST:
        shown = ".".join(map(str, version))
        return f"bubblewrap {shown} is too old, 0.8.0 is needed", install_command()
    return None


def setting(path: str) -> str:
    """Return a setting of the machine's kernel, empty if there is none of that name."""
    try:
        return Path(path).read_text().strip()
    except OSError:
        return ""


def for_blocked_namespaces() -> str:
    """Return what lets an ordinary user start a sandbox, going by the machine's settings."""
    if setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1":
        return APPARMOR_PROFILE
    if setting("/proc/sys/kernel/unprivileged_userns_clone") == "0":
        return "sudo sysctl -w kernel.unprivileged_userns_clone=1"
    if setting("/proc/sys/user/max_user_namespaces") == "0":
        return "sudo sysctl -w user.max_user_namespaces=15000"
    if Path("/.dockerenv").exists() or Path("/run/.containerenv").exists():
        return CONTAINER
    return ""
