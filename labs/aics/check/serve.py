"""Inside the sandbox: answer the grader's asks from the notebook's names, until it says stop.

Nothing here is trusted by the grader. It speaks first, states the limits, and judges what comes.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import islice
from types import ModuleType
from typing import Any

import numpy as np

from aics.check import afresh, wire
from aics.check.ask import Answer, ask


def serve(path: str, lab: str, namespace: Mapping[str, object]) -> None:
    """Answer for `lab` at the grader's Unix socket, by this module and the lab's asks as their files are."""
    fresh, asks = afresh.loaded_afresh(lab, "check.serve", f"{lab}.asks")
    fresh.answer_at(path, lab, asks, namespace)


def answer_at(path: str, lab: str, asks: ModuleType, namespace: Mapping[str, object]) -> None:
    """Connect to the grader's Unix socket at `path` and answer until told to stop."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(path)
        while True:
            header, arrays = wire.receive(connection, wire.FrameLimits(body_bytes=1 << 30))
            if header["do"] == "stop":
                return
            if header["do"] == "check":
                _check(connection, lab, namespace, header)
                continue
            if header["do"] == "own":
                _own(connection, lab, asks, namespace, header, arrays)
                continue
            case = wire.unpack(header["case"], arrays)
            case |= dict.fromkeys(header.get("counted", ()), partial(_call, connection))
            if header["do"] == "echo":
                answer = Answer(values=_blank(header["outputs"]))
            else:
                answer = ask(getattr(asks, header["question"]), namespace, case, (BaseException,))
            reply(connection, answer)


def reply(connection: socket.socket, answer: Answer) -> None:
    """Send an answer as one frame."""
    if answer.values is not None:
        tree, arrays = wire.pack(answer.values)
        wire.send(connection, {"values": tree}, arrays)
    elif answer.raised:
        wire.send(connection, {"raised": answer.raised._asdict()})
    elif answer.misfit:
        wire.send(connection, {"misfit": answer.misfit})
    else:
        wire.send(connection, {"missing": answer.missing})


def _call(connection: socket.socket, name: str, *arrays: np.ndarray) -> np.ndarray:
    """Have the grader compute, and count, one call of a function that it keeps. Raises ValueError where it refuses."""
    wire.send(connection, {"call": name}, [np.asarray(array) for array in arrays])
    header, made = wire.receive(connection)
    if "refused" in header:
        raise ValueError(header["refused"])
    return made[0]


def _check(connection: socket.socket, lab: str, namespace: Mapping[str, object], header: Mapping[str, Any]) -> None:
    """Run the student's own check and send what it says (the grader uses this on trusted code only)."""
    from aics.check.opened import open_lab

    # IPython's list of what was run holds the grader's own lines here.
    names = {**namespace, "In": []}
    verdict = open_lab(lab).verdict(header["question"], names, values_only=header["values_only"])
    wire.send(connection, {"score": verdict.score, "misconception": verdict.misconception, "rung": verdict.rung})


def _own(
    connection: socket.socket,
    lab: str,
    asks: ModuleType,
    namespace: Mapping[str, object],
    header: Mapping[str, Any],
    arrays: Sequence[np.ndarray],
) -> None:
    """Make the questions about the cell of a question, as the student's kernel does, and send them."""
    from aics.check.folder import data_folder

    make, reference = afresh.loaded_afresh(lab, "own.make", "check.reference")
    cases = _cases(header["cases"], arrays)
    if not cases:
        cases = reference.Reference(data_folder() / "reference" / f"{lab}.npz").question(header["question"]).cases
    made = make.own_questions(header["question"], header["source"], getattr(asks, header["question"]), namespace, cases)
    wire.send(connection, {"own": [asked.told() for asked in made]})


def _cases(trees: Sequence[tuple[dict[str, object], int]], arrays: Sequence[np.ndarray]) -> list[dict[str, object]]:
    """Public cases that came with a frame: each one's values, and how many of the arrays are its own."""
    rest = iter(arrays)
    return [wire.unpack(tree, list(islice(rest, count))) for tree, count in trees]


def _blank(outputs: Mapping[str, Mapping[str, Any]]) -> dict[str, np.ndarray]:
    """Arrays of the given dtypes and shapes: what an ask would send if its work took no time."""
    return {name: np.zeros(spec["shape"], spec["dtype"]) for name, spec in outputs.items()}
