"""Inside the sandbox: answer the grader's asks from the notebook's names, until it says stop.

Nothing here is trusted by the grader. It speaks first, states the limits, and judges what comes.
"""

from __future__ import annotations

import dataclasses
import importlib
import socket
from collections.abc import Mapping
from typing import Any

import numpy as np

from aics.check import wire
from aics.check.ask import Answer, ask


def serve(path: str, lab: str, namespace: Mapping[str, object]) -> None:
    """Connect to the grader's Unix socket at `path` and answer for `lab` until told to stop."""
    asks = importlib.import_module(f"aics.{lab}.asks")
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(path)
        while True:
            header, arrays = wire.receive(connection, wire.FrameLimits(body_bytes=1 << 30))
            if header["do"] == "stop":
                return
            if header["do"] == "check":
                _check(connection, lab, header["question"], namespace)
                continue
            case = wire.unpack(header["case"], arrays)
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
        wire.send(connection, {"raised": dataclasses.asdict(answer.raised)})
    elif answer.misfit:
        wire.send(connection, {"misfit": answer.misfit})
    else:
        wire.send(connection, {"missing": answer.missing})


def _check(connection: socket.socket, lab: str, question: str, namespace: Mapping[str, object]) -> None:
    """Run the student's own check and send what it says (the grader uses this on trusted code only)."""
    from aics.check.checker import open_lab

    # IPython's list of what was run holds the grader's own lines here.
    verdict = open_lab(lab).verdict(question, {**namespace, "In": []})
    wire.send(connection, {"score": verdict.score, "misconception": verdict.misconception, "rung": verdict.rung})


def _blank(outputs: Mapping[str, Mapping[str, Any]]) -> dict[str, np.ndarray]:
    """Arrays of the given dtypes and shapes: what an ask would send if its work took no time."""
    return {name: np.zeros(spec["shape"], spec["dtype"]) for name, spec in outputs.items()}
