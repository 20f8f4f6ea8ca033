"""A real JupyterHub, made by the files of docs/deploy and reached as browsers reach it; its people are the system's."""

from __future__ import annotations

import importlib.util
import os
import re
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from autograder.course import ROOT
from benchmarks.machines import PATIENCE, free_port

DEPLOY = ROOT / "docs" / "deploy"
#: Where the unit says that the hub is.
USUAL = "/opt/aics-hub"


def missing() -> str:
    """What a hub needs and this machine lacks, with what to do; "" where nothing is."""
    if os.geteuid() != 0:
        return "a hub starts servers as other users, which only root can"
    if not importlib.util.find_spec("jupyterhub"):
        return "`.venv/bin/pip install -e '.[hub]'` brings JupyterHub"
    if not shutil.which("npm"):
        return "the hub's proxy needs npm: on Debian `apt-get install nodejs npm` brings it"
    return ""


#: The hub's proxy, as `install` names it.
PROXY = re.search(r"configurable-http-proxy@[\d.]+", (DEPLOY / "install").read_text())[0]


def unanswered() -> bool:
    """Whether no registry answers from which `install` gets the proxy."""
    try:
        return bool(subprocess.run(["npm", "view", PROXY, "version"], capture_output=True, timeout=60).returncode)
    except subprocess.TimeoutExpired:
        return True


@dataclass(frozen=True)
class User:
    """A user of the system."""

    name: str
    password: str
    home: Path

    def run(self, *command: object, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run a command as this user, as in a terminal of the own server."""
        words = ["runuser", "-u", self.name, "--", "env", f"HOME={self.home}", "COLUMNS=200", *map(str, command)]
        return subprocess.run(
            words, **{"cwd": self.home, "capture_output": True, "text": True, "timeout": 600} | options
        )


@contextmanager
def users(*roles: str) -> Iterator[tuple[str, dict[str, User]]]:
    """A new group of new users, one for each role, with passwords; gone afterwards."""
    mark = secrets.token_hex(3)
    group, people = (
        f"aics{mark}",
        {role: User(f"{role}{mark}", secrets.token_hex(8), Path("/home", f"{role}{mark}")) for role in roles},
    )
    _system("groupadd", group)
    try:
        for user in people.values():
            _system(
                "useradd",
                "--create-home",
                "--home-dir",
                user.home,
                "--groups",
                group,
                "--shell",
                "/bin/bash",
                user.name,
            )
            _system("chpasswd", input=f"{user.name}:{user.password}")
        yield group, people
    finally:
        for user in people.values():
            subprocess.run(["userdel", "--force", "--remove", user.name], capture_output=True)
        _system("groupdel", group)


def _system(*command: object, **options: Any) -> None:
    subprocess.run([*map(str, command)], check=True, capture_output=True, text=True, **options)


@contextmanager
def installed(instructor: User, group: str, *labs: str) -> Iterator[Path]:
    """The hub's folder, made by `install` around a copy of this checkout.

    HUB_ROOM=folder keeps what was installed there, for the next call; of the class nothing is kept.
    """
    kept = os.environ.get("HUB_ROOM")
    top = Path(kept or tempfile.mkdtemp(prefix="aics-hub-"))
    top.mkdir(exist_ok=True)
    top.chmod(0o755)
    try:
        for folder in (top / "exchange", top / "state", top / "course" / "course"):
            shutil.rmtree(folder, ignore_errors=True)
        _copy_checkout(top / "course")
        install(top / "course", instructor.name, group, *labs, check=True)
        yield top
    finally:
        if not kept:
            shutil.rmtree(top)


def _copy_checkout(course: Path) -> None:
    """Copy what git knows of, or would."""
    listed = subprocess.check_output(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT)
    for name in filter(None, listed.decode().split("\0")):
        if (ROOT / name).is_file():
            (course / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, course / name)


def install(course: Path, *arguments: str, check: bool = False) -> subprocess.CompletedProcess[str]:
    """Run a checkout's `install`, as its head says."""
    done = subprocess.run(
        ["sh", course / "docs" / "deploy" / "install", *arguments], capture_output=True, text=True, timeout=3600
    )
    assert not check or done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done


def command(top: Path) -> list[str]:
    """The unit's own command, for a hub in another folder."""
    unit = (DEPLOY / "aics-hub.service").read_text("utf-8")
    (line,) = [line.partition("=")[2] for line in unit.splitlines() if line.startswith("ExecStart=")]
    return line.replace(USUAL, str(top)).split()


@contextmanager
def running(top: Path) -> Iterator[str]:
    """The address of the hub, started as its unit says but for the ports."""
    address = f"http://127.0.0.1:{free_port()}"
    ports = [
        f"--JupyterHub.bind_url={address}",
        f"--JupyterHub.hub_port={free_port()}",
        f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{free_port()}",
    ]
    log = top / "state" / "log"
    with log.open("w") as said:
        process = subprocess.Popen([*command(top), *ports], cwd=top / "state", stdout=said, stderr=said)
    try:
        wait(lambda: requests.get(f"{address}/hub/login", timeout=10).ok, lambda: log.read_text()[-2000:])
        yield address
    finally:
        process.terminate()  # it ends the servers, too
        process.wait(60)


def wait(ready: Any, said: Any) -> None:
    """Wait until something holds; what was said is shown where it never does."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        with suppress(requests.ConnectionError):
            if ready():
                return
        time.sleep(0.2)
    raise AssertionError(said())
