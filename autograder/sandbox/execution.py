"""What came of running one cell."""

from __future__ import annotations

from dataclasses import dataclass, field

from nbformat import NotebookNode
from nbformat.v4 import new_output

#: ok: the cell ran. error: it raised. The others end the kernel, but for timeout, which leaves it to
#: the caller. died: the process ended. flood: too much output. memory: over the limit.
STATUSES = ("ok", "error", "timeout", "died", "flood", "memory")


@dataclass
class Execution:
    """The outcome of one cell.

    Parameters
    ----------
    status : str
        One of `STATUSES`.
    outputs : list of NotebookNode
        What the cell showed, as in a notebook file. Never more than the limit on output.
    ename, evalue, traceback
        The exception of an ``error``.
    detail : str
        For what ended the kernel: how, in one sentence.
    seconds : float
        Wall-clock time from submission.
    """

    status: str = "ok"
    outputs: list[NotebookNode] = field(default_factory=list)
    ename: str = ""
    evalue: str = ""
    traceback: list[str] = field(default_factory=list)
    detail: str = ""
    seconds: float = 0.0


def text_of(value: object) -> str:
    """Return a frame's field as text that any file can hold; it comes from the student's side."""
    text = value if isinstance(value, str) else repr(value)[:200]
    return text.encode("utf-8", "replace").decode("utf-8")  # JSON can hold half a character, UTF-8 cannot


def add_text(execution: Execution, name: str, text: str) -> None:
    """Add printed text; consecutive pieces of one stream are one output."""
    last = execution.outputs[-1] if execution.outputs else None
    if last is not None and last.output_type == "stream" and last.name == name:
        last.text += text
    else:
        execution.outputs.append(new_output("stream", name=name, text=text))


def add_frame(execution: Execution, frame: dict[str, object], number: int) -> None:
    """Add what a ``stream``, ``data`` or ``error`` frame shows; leave any other out."""
    kind, data = frame.get("kind"), frame.get("data")
    if kind == "stream":
        add_text(execution, "stderr" if frame.get("name") == "stderr" else "stdout", text_of(frame.get("text")))
    elif kind == "data" and isinstance(data, dict):
        data = {text_of(k): text_of(v) for k, v in data.items() if "/" in k and isinstance(v, str)}
        if frame.get("result") is True:
            execution.outputs.append(new_output("execute_result", data=data, execution_count=number))
        else:
            execution.outputs.append(new_output("display_data", data=data))
    elif kind == "error":
        lines = frame.get("traceback")
        execution.ename = text_of(frame.get("ename"))
        execution.evalue = text_of(frame.get("evalue"))
        execution.traceback = [text_of(line) for line in lines] if isinstance(lines, list) else []
        execution.outputs.append(
            new_output("error", ename=execution.ename, evalue=execution.evalue, traceback=execution.traceback)
        )
