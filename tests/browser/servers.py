"""Start a Jupyter server or the studio for a test, away from the user's own settings; end it with the test."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PATIENCE = 60


def chromium() -> str | None:
    """Debian's Chromium without a window of its own, which costs less, or another one on the path."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


def bare_environment(folder: Path) -> dict[str, str]:
    """This environment, with Jupyter's and IPython's settings in `folder` instead of the home folder."""
    settings = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "MPLCONFIGDIR")
    return os.environ | {name: str(folder / ".settings" / name.lower()) for name in settings}


def settle_jupyterlab(folder: Path) -> None:
    """Settings for `bare_environment`: all cells in the page at once, their times kept, no question about news."""
    wanted = {
        "notebook-extension/tracker": {"windowingMode": "none", "recordTiming": True},
        "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    }
    for name, settings in wanted.items():
        _settle(folder, name, settings)


def settle_theme(folder: Path, theme: str) -> None:
    """Choose a theme for `bare_environment`, such as ``JupyterLab Dark``; cells are all in the page at once."""
    _settle(folder, "apputils-extension/themes", {"theme": theme})
    _settle(folder, "notebook-extension/tracker", {"windowingMode": "none"})


@contextmanager
def in_theme(folder: Path, theme: str) -> Iterator[None]:
    """Pages of JupyterLab that are opened meanwhile have this theme."""
    path = _settle(folder, "apputils-extension/themes", {"theme": theme})
    try:
        yield
    finally:
        path.unlink()


def _settle(folder: Path, name: str, settings: dict[str, object]) -> Path:
    """Write JupyterLab's own settings of this name; the file."""
    configuration = Path(bare_environment(folder)["JUPYTER_CONFIG_DIR"])
    path = configuration / "lab" / "user-settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(settings))
    return path


@contextmanager
def jupyter(
    command: Path, app: str, root: Path, folder: Path, environment: dict[str, str] | None = None
) -> Iterator[str]:
    """Serve `root` with ``jupyter <app>``, started in `folder`; yields the address."""
    port = _free_port()
    options = [
        f"--ServerApp.root_dir={root}",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.open_browser=False",
        "--IdentityProvider.token=",
    ]
    if os.geteuid() == 0:
        options.append("--allow-root")
    log, address = root / f"{app}.log", f"http://127.0.0.1:{port}"
    with _running([command, app, *options], folder, bare_environment(root) | (environment or {}), log) as process:
        _wait(lambda: _answers(f"{address}/api"), process, log)
        yield address


@contextmanager
def studio(command: Path, folder: Path, code: Path) -> Iterator[str]:
    """Serve the page of ``aics studio``, which shows the exported files in `code`; yields the address it prints."""
    with _page([command, "studio", str(code)], folder) as address:
        yield address


@contextmanager
def demos(command: Path, folder: Path, name: str = "", **variables: str) -> Iterator[str]:
    """Serve the page of ``aics demos``, or the one of this name; yields the address it prints."""
    with _page([command, "demos", *([name] if name else [])], folder, **variables) as address:
        yield address


@contextmanager
def board(command: Path, folder: Path, logs: Path) -> Iterator[str]:
    """Serve ``aics board`` on logs, in `folder`; yields the address it prints."""
    with _page([command, "board", str(logs)], folder) as address:
        yield address


@contextmanager
def _page(command: list[str | Path], folder: Path, **variables: str) -> Iterator[str]:
    """Run a command that serves a page, in `folder`; yields the address it prints."""
    log = folder / "page.log"
    options = ["--no-browser", f"--port={_free_port()}"]
    with _running([*command, *options], folder, bare_environment(folder) | variables, log) as process:
        _wait(lambda: _printed(log), process, log)
        yield _printed(log)


@contextmanager
def _running(
    command: list[str | Path], folder: Path, environment: dict[str, str], log: Path
) -> Iterator[subprocess.Popen]:
    """Run a server, and end it and all that it started."""
    with log.open("w") as said:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=said, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def _answers(address: str) -> bool:
    with suppress(OSError), urllib.request.urlopen(address, timeout=5):
        return True
    return False


def _printed(log: Path) -> str:
    """The address that a command has printed, token and all; empty if it has not yet."""
    found = re.search(r"^http://localhost:(\S+)$", log.read_text(), re.M)
    return f"http://127.0.0.1:{found[1]}" if found else ""


def _wait(ready: Callable[[], object], process: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        if ready():
            return
        time.sleep(0.2)
    raise RuntimeError(f"{log.stem} does not answer:\n{log.read_text()[-2000:]}")
