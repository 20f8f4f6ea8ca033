"""Cells that stopped, and the questions that they took down with them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from aics.check.ask import Answer
from aics.check.messages import say
from aics.check.verdict import Verdict
from autograder.grading.printable import printable
from autograder.sandbox.execution import Execution

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_AT_LINE = re.compile(r"Cell In\[\d+\], line (\d+)")
_NO_NAME = re.compile(r"name '(\w+)' is not defined")
_NO_ATTRIBUTE = re.compile(r"(?:type object )?'(\w+)'(?: object)? has no attribute '(\w+)'")
_NO_MODULE = re.compile(r"No module named '([\w.]+)'")
_NO_FILE = re.compile(r"No such file or directory: '(?:[^']*[/\\])?([^'/\\]+)'")


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A cell that stopped.

    Attributes
    ----------
    cell : str
        Its name.
    line : str
        The line of it that stopped, "" where that is not known.
    rest : str
        What of it did not run, from that line on.
    type, message : str
        The exception, or "" and how it was ended.
    """

    cell: str
    line: str
    rest: str
    type: str
    message: str

    @classmethod
    def of(cls, cell: str, source: str, done: Execution) -> Stop:
        """The stop of a cell that was run."""
        if done.status != "error":
            return cls(cell=cell, line="", rest=source, type="", message=done.detail)
        lines = source.split("\n")
        found = _AT_LINE.search(_COLOUR.sub("", "\n".join(done.traceback)))
        number = int(found[1][:9]) if found else 0
        line = lines[number - 1].strip() if 0 < number <= len(lines) else ""
        rest = source if not line or done.ename in ("SyntaxError", "IndentationError", "TabError") else ""
        return cls(
            cell=cell,
            line=printable(line),
            rest=rest or "\n".join(lines[number - 1 :]),
            type=printable(done.ename),
            message=printable(done.evalue),
        )

    @property
    def note(self) -> str:
        """The stop in a sentence."""
        error = f"{self.type}: {self.message}" if self.type else self.message
        return say("cell_failed", cell=self.cell, error=error[:300])

    def was_to_define(self, name: str) -> bool:
        """Whether the part that did not run would have given a name, or ``Class.method``, its meaning."""
        owner, _, word = re.escape(name).rpartition(r"\.")
        patterns = [
            rf"(?m)^\s*(?:async\s+def|def|class)\s+{word}\b",
            rf"(?m)^\s*(?:from\s.*)?\bimport\b.*\b{word}\b",
            rf"(?m)^\s*(?:[\w.]+\s*,\s*)*(?:\w+\.)?{word}\s*(?:,[^=\n]*|:[^=\n]*)?=(?!=)",
        ]
        defined = any(re.search(pattern, self.rest[:100_000]) for pattern in patterns)
        return defined and (not owner or bool(re.search(rf"\b{owner}\b", self.rest)))


class Stops:
    """The cells of one hand-in that stopped so far; `beside` are the names of files that were not taken."""

    def __init__(self, beside: Collection[str] = ()) -> None:
        """Nothing has stopped yet."""
        self.beside = frozenset(beside)
        self.stops: list[Stop] = []

    def add(self, stop: Stop) -> None:
        """Count one more."""
        self.stops.append(stop)

    def told(self, verdict: Verdict, answer: Answer | None, module: str = "") -> Verdict:
        """The verdict on a question, with the stop that took it down as its reason if one did.

        Parameters
        ----------
        verdict : Verdict
        answer : Answer or None
            The answer that lacked a name or raised, if one did.
        module : str
            What the question's code uses and may not: a file of the student's own is no such thing.
        """
        if verdict.score or verdict.unfilled:
            return verdict
        if verdict.rung == "allowed":
            own = f"{module.partition('.')[0]}.py" in self.beside
            names = {part for part in module.split(".") if part} if own else set()
        else:
            names = set(_lacking(answer))
        found = [stop for stop in self.stops if any(map(stop.was_to_define, names))]
        if names and not found:
            found = [stop for stop in self.stops if stop.cell == f"{verdict.question}_code"]
        if found:
            return self._with(verdict, self._root(found[-1]), names)
        if answer and answer.raised and answer.raised.type in ("ModuleNotFoundError", "FileNotFoundError"):
            raised = answer.raised
            stop = Stop(cell=say("your_code"), line=raised.line, rest="", type=raised.type, message=raised.message)
            return self._with(verdict, stop, set())
        return verdict

    def _root(self, stop: Stop) -> Stop:
        """The earlier stop that this one follows from, if there is one."""
        lacking = set(_lacking_of(stop.type, stop.message))
        before = self.stops[: self.stops.index(stop)]
        found = [each for each in before if any(map(each.was_to_define, lacking))]
        return self._root(found[-1]) if found else stop

    def _with(self, verdict: Verdict, stop: Stop, names: Collection[str]) -> Verdict:
        key = "took_down" if stop.line else "took_down.cell"
        return replace(
            verdict,
            reason=say(key, line=stop.line[:120], cell=stop.cell, why=self._why(stop)),
            got=verdict.got if verdict.rung != "allowed" else say("took_down.lacking", names=", ".join(sorted(names))),
            expected=verdict.expected if verdict.rung != "allowed" else "",
            rung="raises" if verdict.rung == "allowed" else verdict.rung,
            next_move=say("took_down.next"),
            misconception="",
            hint="",
            worked=(),
            notes=tuple(note for note in verdict.notes if note != stop.note),
        )

    def _why(self, stop: Stop) -> str:
        if module := _NO_MODULE.search(stop.message) if stop.type == "ModuleNotFoundError" else None:
            file = f"{module[1].partition('.')[0]}.py"
            return say("not_taken", file=file) if file in self.beside else say("not_installed")
        if (data := _NO_FILE.search(stop.message)) and data[1] in self.beside:
            return say("not_taken", file=data[1])
        return (f"{stop.type}: {stop.message}" if stop.type else stop.message)[:300]


def _lacking(answer: Answer | None) -> Iterator[str]:
    """The names that an answer lacked."""
    if answer:
        yield from answer.missing
    if answer and answer.raised:
        yield from _lacking_of(answer.raised.type, answer.raised.message)


def _lacking_of(type_: str, message: str) -> Iterator[str]:
    if type_ == "NameError" and (name := _NO_NAME.search(message)):
        yield name[1]
    elif type_ == "AttributeError" and (attribute := _NO_ATTRIBUTE.search(message)):
        yield f"{attribute[1]}.{attribute[2]}"
