"""The student's kernel: IPython's shell, driven over one socket.

Jupyter's own kernel is the same shell behind five ZeroMQ sockets and four threads. Those cost 0.4 s
at each start, run while a question is timed, and need a folder that the student may fill. Here it is
one socket and no thread.

Frames, both ways: 4 bytes length, big endian, then JSON.
From the grader: ``{"id": 3, "source": "x = 1"}``. To it: ``{"kind": "ready"}``, ``stream`` (name,
text), ``data`` (data, result), ``error`` (ename, evalue, traceback), ``done`` (id, ok).
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
import time
from collections.abc import Iterable, Mapping
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Instance, Type
from traitlets.config import Config

#: Text is sent once there is this much of it, or it is this old.
BUFFER_CHARACTERS = 8192
BUFFER_SECONDS = 0.2


class Channel:
    """The socket to the grader."""

    def __init__(self, number: int) -> None:
        self.socket = socket.socket(fileno=number)
        self.lock = threading.Lock()
        self.owner = os.getpid()

    def receive(self) -> dict[str, object] | None:
        """Return the next frame, or None at the end."""
        size = self._exactly(4)
        return dict(json.loads(self._exactly(int.from_bytes(size, "big")))) if size else None

    def _exactly(self, count: int) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            part = self.socket.recv(count - len(parts))
            if not part:
                return b""
            parts += part
        return bytes(parts)

    def send(self, **frame: object) -> None:
        """Send one frame; a forked child says nothing, or the frames of both would mix."""
        if os.getpid() == self.owner:
            text = json.dumps(frame).encode()
            with self.lock:
                self.socket.sendall(len(text).to_bytes(4, "big") + text)


class Stream:
    """Standard output or error: text goes to the grader in order with everything else."""

    encoding, errors, newlines = "utf-8", "strict", None
    closed = False

    def __init__(self, channel: Channel, name: str, number: int) -> None:
        self.channel, self.name, self.number = channel, name, number
        self.parts: list[str] = []
        self.characters, self.since = 0, time.monotonic()
        self.lock = threading.RLock()

    def write(self, text: str) -> int:
        """Keep the text; send it when there is enough of it."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if os.getpid() != self.channel.owner:
            os.write(self.number, text.encode(errors="replace"))
            return len(text)
        with self.lock:
            self.parts.append(text)
            self.characters += len(text)
            if self.characters > BUFFER_CHARACTERS or time.monotonic() - self.since > BUFFER_SECONDS:
                self.flush()
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write each line."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Send what is kept."""
        if os.getpid() != self.channel.owner:
            return
        with self.lock:
            text, self.parts, self.characters = "".join(self.parts), [], 0
            self.since = time.monotonic()
        for start in range(0, len(text), 8 * BUFFER_CHARACTERS):
            self.channel.send(kind="stream", name=self.name, text=text[start : start + 8 * BUFFER_CHARACTERS])

    def fileno(self) -> int:
        """Return the descriptor below, for what writes past Python."""
        return self.number

    def isatty(self) -> bool:
        """Return False: this is no terminal."""
        return False

    def readable(self) -> bool:
        """Return False."""
        return False

    def writable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return False."""
        return False


def flush_all() -> None:
    """Send kept text, so that what follows comes after it."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()


def sendable(data: Mapping[str, object]) -> dict[str, str]:
    """Return the textual and picture forms of a displayed object."""
    import base64

    forms = {}
    for kind, value in data.items():
        if isinstance(value, bytes):
            value = base64.b64encode(value).decode()
        if isinstance(value, str):
            forms[kind] = value
    return forms


def show(shell: Any, data: Mapping[str, object], *, result: bool) -> None:
    """Send one displayed object, after all text so far."""
    flush_all()
    shell.channel.send(kind="data", data=sendable(data), result=result)


class Publisher(DisplayPublisher):
    """Sends what ``display`` shows."""

    def publish(self, data: Mapping[str, object], *_: Any, **__: Any) -> None:
        """Send one displayed object."""
        show(self.shell, data, result=False)

    def clear_output(self, *_: Any, **__: Any) -> None:
        """Keep everything: a graded page shows what was printed."""


class Results(DisplayHook):
    """Sends the value of a cell's last expression."""

    def write_output_prompt(self) -> None:
        """Print no prompt."""

    def write_format_data(self, format_dict: Mapping[str, object], *_: Any, **__: Any) -> None:
        """Send the value."""
        show(self.shell, format_dict, result=True)

    def finish_displayhook(self) -> None:
        """Print no line end."""


class Shell(InteractiveShell):
    """IPython's shell; what it shows goes to the grader."""

    channel = Instance(Channel)
    display_pub_class = Type(Publisher)
    displayhook_class = Type(Results)

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        flush_all()
        self.channel.send(kind="error", ename=etype.__name__, evalue=str(evalue), traceback=list(stb))

    def ask_exit(self) -> None:
        """Ignore ``exit``: the cells after it are graded too."""

    def enable_gui(self, *_: Any, **__: Any) -> None:
        """Ignore ``%gui``: there is no screen."""


def run(number: int, _facts: object) -> None:
    """Run cells until the grader hangs up."""
    channel = Channel(number)
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.banner1 = ""
    streams = sys.stdout, sys.stderr = Stream(channel, "stdout", 1), Stream(channel, "stderr", 2)
    shell: InteractiveShell = Shell.instance(config=config, channel=channel)
    channel.send(kind="ready", python=sys.version.split()[0], cpu=time.process_time())
    while (asked := channel.receive()) is not None:
        for stream in streams:
            stream.since = time.monotonic()
        result = shell.run_cell(asked["source"], store_history=True)
        for stream in streams:
            stream.flush()
        channel.send(kind="done", id=asked["id"], ok=bool(result.success))
