"""Level strict: bubblewrap shows the student's Python only what it needs, and a canary proves it."""

from __future__ import annotations

import json
import os
import select
from pathlib import Path

from aics.language import words

from .. import bubblewrap, canary, remedies, view
from ..errors import MissingError, SandboxError
from ..holes import holes
from ..identity import open_to_student
from ..launched import START_SECONDS, Launched, failure, order, python_options, start
from ..level import Level, LevelReport
from ..spec import ASK_DIR, ENV, INSIDE, Entry, SandboxSpec
from ..staging import staging
from ..student_python import look_at

HOLDS = {
    "whole": "the canary tried {ways} ways out and found none",
    "empty": "the canary tried {ways} ways out and found none; /proc is almost empty inside, for this machine lets a "
    "sandbox mount none",
}
say = words(HOLDS)


def probe(student_python: Path, course: Path) -> LevelReport:
    """Say whether it holds, by trying to break it."""
    try:
        program = bubblewrap.find()
        found = canary.attempt(STRICT, student_python, course)
    except MissingError as error:
        return LevelReport(STRICT.name, False, error.missing, error.remedy)
    except SandboxError as error:
        return LevelReport(STRICT.name, False, str(error), remedies.for_blocked_namespaces(program.path))
    if any(found.values()):
        return LevelReport(STRICT.name, False, holes(found))
    return LevelReport(STRICT.name, True, say("empty" if _lacks_proc(program) else "whole", ways=len(found)))


def _lacks_proc(program: bubblewrap.Bubblewrap) -> bool:
    return "--proc" in bubblewrap.refused_options(program)


def launch(spec: SandboxSpec, entry: Entry) -> Launched:
    """Start the entry under bubblewrap."""
    program, python = bubblewrap.find(), look_at(spec.student_python)
    if spec.workdir is not None:
        open_to_student(spec.workdir)
    prefix, at = staging([*view.sources(spec, python), *program.folders])
    info_read, info_write = os.pipe()
    listed = memory_file(
        [*view.arguments(spec, python, at, without=bubblewrap.refused_options(program)), "--info-fd", str(info_write)]
    )
    arguments = ["--args", str(listed), "--", f"{ENV}/bin/python3", *python_options(), f"{INSIDE}/main.py"]
    launched = start(
        prefix,
        program.command(at),
        lambda channel: [*arguments, order(entry, spec, channel, shut=True)],
        called="bwrap",
        given=[listed, info_write],
    )
    launched.ask_dir, launched.folders = ASK_DIR, view.folders(spec)
    launched.root = first_process(info_read, launched)
    return launched


def memory_file(arguments: list[str]) -> int:
    """Return a descriptor from which bwrap reads its arguments."""
    number = os.memfd_create("arguments")
    os.write(number, "".join(f"{argument}\0" for argument in arguments).encode())
    os.lseek(number, 0, os.SEEK_SET)
    return number


def first_process(info: int, launched: Launched) -> int:
    """Return the host process id of the sandbox's first process, from bwrap's --info-fd."""
    text = b""
    try:
        while not text.rstrip().endswith(b"}"):
            if not select.select([info], [], [], START_SECONDS)[0]:
                break
            part = os.read(info, 4096)
            if not part:
                break
            text += part
        return int(json.loads(text)["child-pid"])
    except (ValueError, KeyError):
        launched.end()
        said = launched.said()
        launched.close()
        raise failure(STRICT.name, said) from None
    finally:
        os.close(info)


STRICT = Level("strict", probe, launch, hides=True)
