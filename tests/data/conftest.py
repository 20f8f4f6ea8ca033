"""A real local HTTP server with Range, small items to fetch from it, and an empty cache."""

from __future__ import annotations

import hashlib
import io
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from rich.console import Console

from aics.data import cache
from aics.data.manifest import File, Item, Web
from aics.data.progress import Reporter


class Server(ThreadingHTTPServer):
    """Serves `files` by path; says what was asked of it in `asked`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files: dict[str, bytes] = {}
        self.asked: list[tuple[str, str | None]] = []
        #: Headers that name the version; the server's behaviour; after how many bytes a body breaks off, once each.
        self.versions: dict[str, str] = {"ETag": '"one"'}
        self.ranges = True
        self.encoding = ""
        self.cuts: list[int] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is part of these tests."""


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        asked = self.headers.get("Range")
        self.server.asked.append((self.path, asked))
        body = self.server.files.get(self.path)
        if body is None:
            self.send_error(404)
            return
        start, whole = 0, len(body)
        same = self.headers.get("If-Range") in (None, *self.server.versions.values())
        if asked and self.server.ranges and same:
            start = int(re.fullmatch(r"bytes=(\d+)-", asked)[1])
            self.send_response(206 if start < whole else 416)
            self.send_header(
                "Content-Range", f"bytes {start}-{whole - 1}/{whole}" if start < whole else f"bytes */{whole}"
            )
        else:
            self.send_response(200)
        body = body[start:]
        self.send_header("Content-Length", str(len(body)))
        if self.server.encoding:
            self.send_header("Content-Encoding", self.server.encoding)
        for name, value in self.server.versions.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: self.server.cuts.pop(0)] if self.server.cuts else body)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as started:
        thread = threading.Thread(target=started.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield started
        started.shutdown()
        thread.join()


@pytest.fixture
def said() -> io.StringIO:
    """What the reporter has printed."""
    return io.StringIO()


@pytest.fixture
def reporter(said: io.StringIO) -> Reporter:
    return Reporter(Console(file=said, width=200))


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def pinned(name: str, content: bytes) -> File:
    return File(name, len(content), hashlib.sha256(content).hexdigest())


def item(files: dict[str, bytes], *sources: object, **more: object) -> Item:
    """A small item of the given contents, from the given addresses (strings) or packages."""
    return Item(
        name="numbers",
        description="a few numbers",
        licence="none",
        files=tuple(pinned(name, content) for name, content in files.items()),
        sources=tuple(Web((s,)) if isinstance(s, str) else s for s in sources),
        size=sum(map(len, files.values())),
        by_hand="numbers.bin",
        **more,
    )
