"""TensorBoard on a student's log: ``aics board``."""

from __future__ import annotations

import threading
import webbrowser
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from rich.console import Console

from aics.check import LabError
from aics.check.folder import not_installed
from aics.lab7_graph_training.event_log import MARK, log_files
from aics.language import sentences, tr

#: What labs/pyproject.toml calls the packages that read what this lab writes.
EXTRA = "board"
#: Where section 13 of the notebook puts its logs.
LOGS = Path("logs")
PORTS = range(1, 65536)


def watch(folder: Path | None, port: int | None, console: Console, *, browser: bool = True) -> None:
    """Serve TensorBoard on all logs below a folder until Ctrl-C, on this computer only.

    port : the first free one from TensorBoard's own on if None

    Raises LabError where there is no log, TensorBoard is not installed, or the port is taken.
    """
    folder = folder or LOGS
    if not log_files(folder):
        missing = tr("No log is below {folder}: no file has {mark} in its name.", folder=folder.resolve(), mark=MARK)
        raise LabError(sentences(missing, tr("Section 13 of lab 7 writes one.")))
    if port is not None and port not in PORTS:
        raise LabError(tr("A port is a number from 1 to 65535, got {port}.", port=port))
    address = _served(folder, port)
    said = tr("TensorBoard reads {folder}; Ctrl-C ends it. Its page:", folder=folder)
    console.print(f"{said}\n{address.rstrip('/')}", markup=False, highlight=False, soft_wrap=True)
    if browser:
        webbrowser.open(address)
    with suppress(KeyboardInterrupt):
        threading.Event().wait()


def _served(folder: Path, port: int | None) -> str:
    """Start TensorBoard in a thread of its own; its address."""
    try:
        program: Any = import_module("tensorboard.program")
    except ModuleNotFoundError:
        raise LabError(not_installed("tensorboard", EXTRA)) from None
    board = program.TensorBoard()
    chosen = [] if port is None else [f"--port={port}"]
    board.configure(["aics board", f"--logdir={folder}", "--host=localhost", "--load_fast=false", *chosen])
    try:
        return str(board.launch())
    except program.TensorBoardPortInUseError:
        said = tr("Port {port} is taken. Another one: --port N; or leave --port out.", port=port or "6006")
        raise LabError(said) from None
    except program.TensorBoardServerException as error:
        raise LabError(" ".join(str(error).split())) from None
