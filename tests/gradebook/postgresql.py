"""A PostgreSQL server of one's own in a temporary folder: the machine's is neither needed nor touched."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

#: Where Debian and Red Hat put the server's programs, which are not on the path.
PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin")
USER, PASSWORD = "ada", "secret"


@dataclass(frozen=True)
class Server:
    """One server; `start` and `stop` as often as needed."""

    programs: Path
    folder: Path
    port: int

    @property
    def address(self) -> str:
        """The gradebook's address for `AICS_GRADEBOOK`."""
        return f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it, and return once it answers."""
        settings = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        self.run("pg_ctl", "start", "-w", "-D", self.folder / "data", "-l", self.folder / "log", "-o", settings)

    def stop(self) -> None:
        """Stop it at once; connections that are open end."""
        self.run("pg_ctl", "stop", "-m", "fast", "-D", self.folder / "data")

    def run(self, program: str, *arguments: object) -> None:
        """Run one of its programs; as the user postgres where we are root, as whom it does not run."""
        user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        command = [self.programs / program, *map(str, arguments)]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **user)


def missing() -> str:
    """What a test of PostgreSQL lacks here; empty if nothing."""
    if programs() is None:
        return "PostgreSQL is not installed: `apt-get install postgresql` brings it"
    if importlib.util.find_spec("psycopg") is None:
        return "its driver is not installed: `.venv/bin/pip install -e '.[postgres]'` brings it"
    with suppress(KeyError):
        if os.geteuid() != 0 or pwd.getpwnam("postgres"):
            return ""
    return "PostgreSQL does not run as root, and there is no user postgres"


def programs() -> Path | None:
    """The folder of the server's programs, the newest version's."""
    found = [path for place in PLACES for path in Path("/").glob(f"{place[1:]}/initdb")]
    known = shutil.which("initdb")
    return Path(known).parent if known else max((path.parent for path in found), default=None)


@contextmanager
def server() -> Iterator[Server]:
    """A server that runs, with one user who needs a password, and is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="aics-postgresql-"))
    where = programs()
    assert where is not None
    with socket.create_server(("127.0.0.1", 0)) as free:
        one = Server(where, folder, free.getsockname()[1])
    (folder / "password").write_text(PASSWORD)
    if os.geteuid() == 0:
        for path in (folder, folder / "password"):
            shutil.chown(path, "postgres", "postgres")
    try:
        asks = ("--auth=scram-sha-256", f"--username={USER}", f"--pwfile={folder / 'password'}", "--no-sync")
        one.run("initdb", "-D", folder / "data", "--encoding=UTF8", "--locale=C", *asks)
        one.start()
        yield one
    finally:
        with suppress(subprocess.CalledProcessError):
            one.stop()
        shutil.rmtree(folder)
