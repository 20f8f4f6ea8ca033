"""What is missing for the strict level, and the one command that brings it."""

from __future__ import annotations

import shutil
from pathlib import Path

from aics.language import noted, tr

#: Where a package manager puts bwrap.
INSTALLED = Path("/usr/bin/bwrap")
PACKAGE_MANAGERS = {
    "apt-get": "sudo apt-get install -y bubblewrap",
    "dnf": "sudo dnf install -y bubblewrap",
    "pacman": "sudo pacman -S bubblewrap",
    "zypper": "sudo zypper install -y bubblewrap",
    "apk": "sudo apk add bubblewrap",
}

CONTAINER = noted("start the container with: --security-opt seccomp=unconfined --security-opt apparmor=unconfined")


def install_command() -> str:
    """Return the command that installs bubblewrap here."""
    for manager, command in PACKAGE_MANAGERS.items():
        if shutil.which(manager):
            return command
    return tr("install bubblewrap 0.8 or newer with your system's package manager")


def setting(path: str) -> str:
    """Return a setting of the machine's kernel, empty if there is none of that name."""
    try:
        return Path(path).read_text().strip()
    except OSError:
        return ""


def apparmor_profile(program: Path) -> str:
    """Return the command that lets a program start user namespaces where AppArmor forbids them."""
    return (
        f"printf 'abi <abi/4.0>,\\ninclude <tunables/global>\\nprofile bwrap {program}"
        " flags=(unconfined) {\\n  userns,\\n}\\n' | sudo tee /etc/apparmor.d/bwrap >/dev/null"
        " && sudo apparmor_parser -r /etc/apparmor.d/bwrap"
    )


def for_blocked_namespaces(program: Path) -> str:
    """Return what lets an ordinary user start a sandbox with `program`, going by the machine's settings.

    A profile names a program that only root can exchange: the system's, never one in a user's folder.
    """
    if setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1":
        profile = apparmor_profile(INSTALLED)
        return profile if program == INSTALLED else f"{install_command()} && {profile}"
    if setting("/proc/sys/kernel/unprivileged_userns_clone") == "0":
        return "sudo sysctl -w kernel.unprivileged_userns_clone=1"
    if setting("/proc/sys/user/max_user_namespaces") == "0":
        return "sudo sysctl -w user.max_user_namespaces=15000"
    if Path("/.dockerenv").exists() or Path("/run/.containerenv").exists():
        return tr(CONTAINER)
    return ""
