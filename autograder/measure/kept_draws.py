"""Blocks of draws that misjudge nothing, kept with the keys that they hold for: a long run can be interrupted."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable, Sequence
from pathlib import Path

from autograder import whole
from autograder.course import Lab, paths
from autograder.grading.digests import digest_of
from autograder.grading.key import RunSettings, VerdictKeys
from autograder.grading.reach import files_reached
from autograder.measure.draws import Block, Misjudged, blocks, firsts, misjudged_by
from autograder.measure.kept_proofs import FOLDER
from autograder.measure.prove import Notebooks, known_code

#: What judges known code in this process: no sandbox, no line, no clock.
ENGINE = ("authoring/namespace.py", "authoring/start.py", "course/lab.py", "measure/draws.py")


class Drawing:
    """The trial of several labs' known code on many draws; what was tried before and still holds is kept."""

    def __init__(self, labs: Sequence[Lab], draws: int, *, again: bool = False, folder: Path = FOLDER) -> None:
        """Look at what was kept; with `again`, every draw is tried."""
        self._labs = {lab.name: LabDraws(lab, folder / "draws" / f"{lab.name}.json", again=again) for lab in labs}
        every = blocks(labs, draws)
        self.todo = [block for block in every if not self._labs[block.lab].holds(block)]
        self.kept = sum(len(block.draws) for block in set(every) - set(self.todo))
        self._found: list[Misjudged] = []

    @property
    def found(self) -> list[Misjudged]:
        """Each piece of known code that is misjudged so far, with the first such draw."""
        return firsts(self._found)

    def run(self, workers: int) -> Generator[Block]:
        """Try what is left; yields each block once it is tried. Close it to stop before the end."""
        for block, found in misjudged_by(self.todo, workers):
            self._found += found
            if not found:
                self._labs[block.lab].add(block)
            yield block


class LabDraws:
    """One lab's blocks that misjudge nothing, and the file in which they are kept."""

    def __init__(self, lab: Lab, file: Path, *, again: bool = False) -> None:
        """Read the blocks whose keys are still the same; none with `again`."""
        self._file = file
        self._keys = _keys(lab)
        stored = {} if again else _read(file)
        self._held = {name: key for name, key in stored.items() if key == self._keys.get(name.partition(" ")[0])}

    def holds(self, block: Block) -> bool:
        """Whether this block was tried and still holds."""
        return _name(block) in self._held

    def add(self, block: Block) -> None:
        """Keep a block that misjudges nothing; the file is written whole or not at all."""
        self._held[_name(block)] = self._keys[block.question]
        whole.write_text(self._file, json.dumps(self._held))


def _keys(lab: Lab) -> dict[str, str]:
    """Question -> key: what decides how its known code is judged in this process."""
    keys, notebooks, settings = VerdictKeys(lab, _engine), Notebooks(lab), RunSettings(isolation="", values_only=True)
    parts: dict[str, list[str]] = {question: [] for question in lab.questions}
    for code in known_code(lab):
        if code.kind != "stub" and not code.slow:
            for question, key in keys.of(notebooks.steps(code), settings, only=code.questions).items():
                parts[question].append(digest_of(code.kind, code.name, key))
    return {question: digest_of(*several) for question, several in parts.items()}


def _engine() -> Iterable[Path]:
    """The files that judge here; how blocks are dealt out to processes decides nothing."""
    here = [paths.ROOT / "autograder" / name for name in ENGINE]
    return {*files_reached(here[:-1]), here[-1]}


def _name(block: Block) -> str:
    return f"{block.question} {block.draws.start}-{block.draws.stop}"


def _read(file: Path) -> dict[str, str]:
    """Block -> key of each that was kept; nothing where none was."""
    try:
        stored = json.loads(file.read_text("utf-8"))
        return {name: key for name, key in stored.items() if isinstance(key, str)}
    except (OSError, ValueError, AttributeError):
        return {}
