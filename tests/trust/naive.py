"""Readers of a student's answers as one writes them who thinks of nobody: without limits, in a sandbox of their own.

Bytes are carried between the two sandboxes by this process, which looks at none of them.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

from autograder.attacks import Exhibit
from autograder.course import Lab
from autograder.grading.attempt import NoAnswer
from autograder.grading.bench import Bench, Side
from autograder.sandbox import Limits
from autograder.sandbox.execution import Execution

from .handins import steps

CONNECTED = """
import socket
line = socket.socket(socket.AF_UNIX)
line.connect("/run/ask/ask")
"""
#: Reads frames as `aics.check.wire` writes them, and believes each number in them.
FRAMES = (
    CONNECTED
    + """
import json, struct
import numpy as np
from aics.check import wire

def read(count):
    data = b""
    while len(data) < count:
        data += line.recv(count - len(data))
    return data

with open("report.txt", "w", encoding="utf-8") as report:
    for turn in range(3):
        x = np.ones((2, 3), np.float32)
        tree, arrays = wire.pack({"x": x, "top_diff": x})
        wire.send(line, {"do": "ask", "question": "relu", "case": tree}, arrays)
        size, body = struct.unpack(">IQ", read(12))
        header, data = json.loads(read(size)), read(body)
        for entry in header["arrays"]:
            count = int(np.prod(entry["shape"]))
            report.write(str(np.frombuffer(data, entry["dtype"], count).reshape(entry["shape"])))
            data = data[count * np.dtype(entry["dtype"]).itemsize :]
        found = header["raised"]["message"] if "raised" in header else list(header["values"].items())
        report.write(str(found))
wire.send(line, {"do": "stop"})
print("graded")
"""
)
#: Reads one object as `multiprocessing` sends it.
OBJECTS = (
    CONNECTED
    + """
from multiprocessing.connection import Connection
print("graded", Connection(line.detach()).recv())
"""
)
#: Reads one file of NumPy's, its length first.
FILES = (
    CONNECTED
    + """
import io, struct
import numpy as np
file = np.load(io.BytesIO(line.recv(struct.unpack("!i", line.recv(4))[0], socket.MSG_WAITALL)), allow_pickle=True)
print("graded", file if isinstance(file, np.ndarray) else {name: file[name] for name in file.files})
"""
)
SERVED = "__import__('aics.check.serve', fromlist=['serve']).serve('/run/ask/ask', {lab!r}, globals())"
SENT = (
    CONNECTED
    + """
from multiprocessing.connection import Connection
import numpy as np
Connection(line.detach()).send(ReLULayer().forward(np.ones((2, 3), np.float32)))
"""
)
SAVED = (
    CONNECTED
    + """
import io, struct
import numpy as np
file = io.BytesIO()
np.save(file, ReLULayer().forward(np.ones((2, 3), np.float32)))
line.sendall(struct.pack("!i", len(file.getvalue())) + file.getvalue())
"""
)
#: Each reader, and what the student's side does for it.
READERS = {"frames": (FRAMES, SERVED), "objects": (OBJECTS, SENT), "files": (FILES, SAVED)}
#: Seconds after which a reader counts as one that hangs.
PATIENCE = 1.0


def read_naively(bench: Bench, lab: Lab, exhibit: Exhibit, patience: float = PATIENCE) -> Execution:
    """What became of the reader; one that waits for the student's side to end, and it does not, hangs."""
    source, other = READERS[exhibit.reader]
    bench.fresh_student(lab)
    for step in steps(exhibit):
        if not step.question and bench.student.kernel.alive():
            bench.student.kernel.execute(step.source, 3)
    grader = Side(lab, "strict", Limits())
    try:
        bench.student.kernel.send(other.format(lab=lab.name))
        grader.kernel.send(source)
        with carried(grader, bench.student):
            done = grader.kernel.wait(patience)
            return done if done.status != "ok" else _over(bench.student, done, patience)
    finally:
        grader.close()
        bench.end_student()


def _over(student: Side, done: Execution, patience: float) -> Execution:
    ended = student.kernel.wait(patience)
    return done if ended.status in ("ok", "error") else ended


@contextlib.contextmanager
def carried(one: Side, other: Side) -> Iterator[None]:
    """Carry bytes between what connects in two sandboxes, unread; nothing where nobody connects."""
    ends = []
    with contextlib.suppress(NoAnswer):
        for side in (one, other):
            side.line.connect(side.kernel.allowance(2.0).left, lambda: False)
            ends.append(side.line._connected())
    if len(ends) == 2:
        for pair in (ends, ends[::-1]):
            threading.Thread(target=_carry, args=pair, daemon=True).start()
    try:
        yield
    finally:
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def _carry(source: socket.socket, target: socket.socket) -> None:
    source.settimeout(None)
    with contextlib.suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
