"""Ask the code in a sandbox over a Unix socket on which the grader listens."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from aics.check import wire
from aics.check.ask import NAME_LIMIT, Answer, Raised
from autograder.course.counted import Counted
from autograder.grading.printable import printable

#: Name of the socket in the sandbox's shared folder.
SOCKET = "ask"
#: Seconds after which a wait for the sandbox looks whether it still makes sense.
STEP = 0.1

#: The dtype and the shape of an array without content.
Blank = Mapping[str, object]


class NoAnswer(Exception):
    """The code did not answer: `why` is "timeout", "died" or "garbled"."""

    def __init__(self, why: str) -> None:
        """Keep the reason as a key of the message table (``stopped.<why>``)."""
        super().__init__(why)
        self.why = why


class Line:
    """The grader's end of the socket; `connect` waits for the serve loop to come."""

    def __init__(self, folder: Path) -> None:
        """Listen in `folder`, which the sandbox sees as its shared folder."""
        self.path = folder / SOCKET
        self.path.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self.path))
        self.path.chmod(0o666)
        self._listener.listen(1)
        self._connection: socket.socket | None = None

    def connect(self, left: wire.Left, over: Callable[[], bool]) -> None:
        """Wait for the sandbox to connect; raises NoAnswer, at once where `over` says that it will not."""
        self.hang_up()
        self._listener.settimeout(STEP)
        while True:
            last = not left() or over()
            try:
                self._connection, _ = self._listener.accept()
                return
            except TimeoutError:
                if last:
                    raise NoAnswer("garbled") from None

    def ask(self, question: str, case: Mapping[str, object], left: wire.Left, room: int) -> Answer:
        """Put one case to the student's code; at most `room` bytes of arrays may come back, or come with a call.

        ``left()`` says for how many seconds the code may still be waited for, as an `Allowance` does. A function of
        the case, a `Counted`, stays here: its calls are answered and counted until the answer comes.
        """
        counted = {name: value for name, value in case.items() if isinstance(value, Counted)}
        tree, arrays = wire.pack({name: value for name, value in case.items() if name not in counted})
        self.write({"do": "ask", "question": question, "case": tree, "counted": [*counted]}, arrays, left)
        return self.read(left, room, *counted.values())

    def echo(self, case: Mapping[str, object], outputs: Mapping[str, Blank], left: wire.Left, room: int) -> Answer:
        """Send a case and have blank arrays of the given dtypes and shapes sent back."""
        tree, arrays = wire.pack(case)
        self.write({"do": "echo", "case": tree, "outputs": outputs}, arrays, left)
        return self.read(left, room)

    def tell(self, header: Mapping[str, object], left: wire.Left, arrays: Sequence[np.ndarray] = ()) -> dict[str, Any]:
        """Send a header and return the header that answers it."""
        self.write(header, list(arrays), left)
        return self._receive(left, 0)[0]

    def write(self, header: Mapping[str, object], arrays: list[np.ndarray], left: wire.Left) -> None:
        """Send one frame; raises NoAnswer where the other side is gone or does not read."""
        try:
            wire.send(self._connected(), header, arrays, left)
        except TimeoutError:
            raise NoAnswer("timeout") from None
        except OSError:
            raise NoAnswer("died") from None

    def read(self, left: wire.Left, room: int, counted: Counted | None = None) -> Answer:
        """Read one answer; raises NoAnswer where none comes in time or it is none."""
        noted: list[Any] = []
        header, arrays = self._receive(left, room)
        while counted and "call" in header:
            noted += self._call(counted, header["call"], arrays, left)
            header, arrays = self._receive(left, room)
        try:
            answer = _answer(header, arrays)
        except (wire.WireError, TypeError, KeyError, ValueError, AttributeError, OverflowError, RecursionError):
            raise NoAnswer("garbled") from None
        if counted and answer.values and counted.noted in answer.values:
            answer = answer._replace(values={**answer.values, counted.noted: counted.notes(noted)})
        return answer

    def _call(self, counted: Counted, name: str, arrays: list[np.ndarray], left: wire.Left) -> Sequence[Any]:
        """Answer one call and return what to note of it; what is refused brought nothing, and is not noted."""
        try:
            made = counted(name, *arrays)
        except ValueError as refusal:
            self.write({"refused": str(refusal)}, [], left)
            return ()
        self.write({}, [made], left)
        return counted.note(name, *arrays)

    def hang_up(self) -> None:
        """End the serve loop, if one is connected."""
        if self._connection:
            try:
                self._connection.settimeout(1)
                wire.send(self._connection, {"do": "stop"})
            except OSError:
                pass
            self._connection.close()
            self._connection = None

    def close(self) -> None:
        """Hang up and stop listening."""
        self.hang_up()
        self._listener.close()
        self.path.unlink(missing_ok=True)

    def _connected(self) -> socket.socket:
        if self._connection is None:
            raise NoAnswer("died")
        return self._connection

    def _receive(self, left: wire.Left, room: int) -> tuple[dict[str, Any], list[np.ndarray]]:
        limits = wire.FrameLimits(body_bytes=room)
        try:
            return wire.receive(self._connected(), limits, left)
        except TimeoutError:
            raise NoAnswer("timeout") from None
        except wire.WireError:
            raise NoAnswer("garbled") from None
        except (EOFError, OSError):
            raise NoAnswer("died") from None


def _answer(header: Mapping[str, Any], arrays: list[np.ndarray]) -> Answer:
    """The answer that a frame holds, with every text cut to size."""
    if "values" in header:
        values = wire.unpack(header["values"], arrays)
        outputs = {name: value for name, value in values.items() if isinstance(value, np.ndarray)}
        if outputs.keys() != values.keys():
            raise wire.WireError("an output that is no array")
        return Answer(values=outputs)
    if "raised" in header:
        raised = header["raised"]
        kind, message, line = (printable(raised[key]) for key in ("type", "message", "line"))
        return Answer(raised=Raised(type=kind[:NAME_LIMIT], message=message, line=line, number=int(raised["number"])))
    if "misfit" in header:
        output, got = header["misfit"]
        return Answer(misfit=(printable(output), printable(got)))
    missing = tuple(printable(name) for name in header["missing"])[:20]
    if not missing:
        raise wire.WireError("an answer that says nothing")
    return Answer(missing=missing)
