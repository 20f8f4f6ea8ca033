"""Hand-ins that are damaged in every way that Hypothesis finds; what is drawn writes itself below a class's folder."""

from __future__ import annotations

import io
import json
import os
import socket
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
from hypothesis import strategies as st

from tests.intake.edits import CODECS, after, edits, saved
from tests.intake.test_repair import json_values

#: Writes one hand-in below the class's folder.
HandIn = Callable[[Path], None]
#: Some library's or pattern's time grows with the square of such a text, or worse.
PIECES = [
    "except ",
    "\\\\[",
    "<div>",
    "*a",
    "`a``",
    "print ",
    "from aics ",
    "=%",
    " ",
    "\n",
    "\t",
    "%%",
    "a?",
    "@a.",
    "[",
]
ODD = ["\ud800", "\x00", "\u202e", "\ufeff", "\U0001f600", "e\u0301" * 50, "\r", "\u2028", "\x1b[31m", "\ufffe"]
NAMES = [
    *("..", "-rf", "~root", "$(id)", "a\nb", " ", "con", ".hidden", "%2e%2e%2f", "=cmd", "ali\u200bce", "x" * 240),
    "Lab 9_mallory_attempt_2025-01-31-11-30-00_alice_attempt_2025-01-31-10-30-00_lab9.ipynb",
    "mallory_4567_89012_alice_12_assignsubmission_file_lab9.ipynb",
    "lab9" + "-copy(1)" * 20 + "x.ipynb",
]
OWN = "mallory/x.ipynb"
#: How many hand-ins a test tries.
EXAMPLES = int(os.environ.get("AICS_EXAMPLES", "100"))


def file(content: bytes, name: str = OWN) -> HandIn:
    def write(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)

    return write


def places(value: object, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every field of a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [here, *(way for key, each in inner for way in places(each, (*here, key)))]


def changed(notebook: object, way: tuple[Any, ...], value: object) -> bytes:
    """A notebook with another value in one field."""
    copy = deepcopy(notebook)
    *above, last = way
    field: Any = copy
    for key in above:
        field = field[key]
    field[last] = value
    return json.dumps(copy).encode()


def nested(text: str, start: str, end: str) -> bytes:
    deep = start * 10_000 + "1" + end * 10_000
    return text.replace('"metadata": {}', f'"metadata": {deep}', 1).encode()


def damaged(text: str, changes: list[tuple[int, int]]) -> bytes:
    data = bytearray(text.encode())
    for place, byte in changes:
        data[place % len(data)] = byte
    return bytes(data)


def zipped(name: str, content: bytes, times: int, *, stored: bool, inside: bool) -> bytes:
    how = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", how) as archive:
        for number in range(times):
            archive.writestr(name.format(number), content)
    data = buffer.getvalue()
    return zipped("in{}.zip", data, 1, stored=stored, inside=False) if inside else data


def special(kind: str) -> HandIn:
    """What is no plain file."""

    def write(folder: Path) -> None:
        path = folder / OWN
        path.parent.mkdir(exist_ok=True)
        if kind == "pipe":
            os.mkfifo(path)
        elif kind == "folder":
            path.mkdir()
        elif kind == "socket":
            with socket.socket(socket.AF_UNIX) as listener:
                here = os.getcwd()
                os.chdir(path.parent)  # an address is short
                listener.bind(path.name)
                os.chdir(here)
        else:
            path.symlink_to({"link": "/etc/passwd", "loop": path, "up": folder, "gone": "nowhere"}[kind])

    return write


def named(name: str, content: bytes) -> HandIn:
    return file(content, name if name.endswith(".ipynb") else f"{name}x/x.ipynb")


MEMBERS = ["x{}.ipynb", "../{}.ipynb", "/{}.ipynb", "a/b/c/{}.ipynb", "C:\\{}", "{}\x00b", "{}.zip"]
KINDS = ["pipe", "folder", "socket", "link", "loop", "up", "gone"]


def damage(honest: object) -> st.SearchStrategy[HandIn]:
    """Every kind of damage to an honest notebook."""
    notebook = json.loads(json.dumps(honest))
    text = json.dumps(notebook)
    lines = json.dumps(notebook, indent=1).split("\n")
    ways = st.sampled_from([way for way in places(notebook) if way])
    contents = {
        "nothing": b"",
        "all of it": text.encode(),
        "a bomb": b" " * 30_000_000,
        "a directory": b"PK\x01\x02" * 30_000,
        "an end": b"PK\x05\x06" * 10,
        "a brace": b"{",
        "a picture": b"\x89PNG",
    }
    sizes = st.sampled_from([10, 9_000, 199_000, 300_000])
    bytes_changed = st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), max_size=9)
    written = st.one_of(
        st.binary(max_size=200),
        st.integers(0, len(text)).map(lambda end: text[:end].encode()),
        st.builds(lambda way, value: changed(notebook, way, value), ways, json_values),
        st.builds(
            lambda way, piece, size: changed(notebook, way, piece * (size // len(piece))),
            *(ways, st.sampled_from(PIECES + ODD), sizes),
        ),
        bytes_changed.map(lambda changes: damaged(text, changes)),
        st.sampled_from(["utf-16", "utf-32", "utf-8-sig", "cp037"]).map(text.encode),
        st.sampled_from([("[", "]"), ('{"a":', "}")]).map(lambda pair: nested(text, *pair)),
        st.builds(
            lambda done, codec: saved(after(nbformat.from_dict(notebook), done), codec),
            *(st.lists(edits, min_size=1, max_size=4), st.sampled_from(CODECS)),
        ),
        st.integers(0, len(lines)).map(lambda at: "\n".join([*lines[:at], "<<<<<<< HEAD", *lines[at:]]).encode()),
        st.integers(1, 25_000).map(lambda count: changed(notebook, ("cells",), notebook["cells"][:1] * count)),
    ).map(file)
    packed = st.builds(
        lambda name, what, times, **how: file(zipped(name, contents[what], times, **how), "mallory.zip"),
        *(st.sampled_from(MEMBERS), st.sampled_from(list(contents)), st.integers(0, 5)),
        stored=st.booleans(),
        inside=st.booleans(),
    )
    odd = st.sampled_from(KINDS).map(special)
    tricks = st.builds(
        lambda name, what: named(name, contents[what]), st.sampled_from(NAMES), st.sampled_from(list(contents))
    )
    return st.one_of(written, packed, odd, tricks)
