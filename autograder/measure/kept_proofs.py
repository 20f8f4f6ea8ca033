"""Rows of `autograder prove` that need not be proved again: kept with the keys that they hold for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from autograder import whole
from autograder.course import ROOT, Lab
from autograder.grading.digests import digest_of
from autograder.grading.key import RunSettings, VerdictKeys
from autograder.measure.prove import KnownCode, Notebooks, Proof, known_code, prove

#: Git ignores it; one file a lab.
FOLDER = ROOT / ".prove"


class Proving:
    """The proof of several labs; what was proved before and still holds is kept."""

    def __init__(
        self,
        labs: Sequence[Lab],
        isolation: str,
        *,
        values_only: bool = False,
        again: bool = False,
        folder: Path = FOLDER,
    ) -> None:
        """Look at what was kept; with `again`, all rows are proved from nothing."""
        self._isolation = isolation
        kept = folder / "values_only" if values_only else folder
        self._labs = {
            lab.name: LabProofs(lab, isolation, kept / f"{lab.name}.json", values_only=values_only, again=again)
            for lab in labs
        }
        self.kept = len(self.rows)
        self.todo = [code for proofs in self._labs.values() for code in proofs.outdated()]

    @property
    def rows(self) -> list[Proof]:
        """All rows that there are by now, in the labs' order."""
        return [row for proofs in self._labs.values() for row in proofs.rows()]

    def run(self, workers: int) -> Iterator[list[Proof]]:
        """Prove what is left; yields the rows of each piece of code as they come."""
        for code, rows in prove(self.todo, self._isolation, workers):
            self._labs[code.lab].add(rows)
            yield rows


class LabProofs:
    """One lab's rows, by name, and the file in which those that hold are kept."""

    def __init__(self, lab: Lab, isolation: str, file: Path, *, values_only: bool = False, again: bool = False) -> None:
        """Read the rows whose keys are still the same; none with `again`."""
        self._file = file
        self._code = known_code(lab, values_only=values_only)
        self._keys = _keys(lab, self._code, RunSettings(isolation=isolation, values_only=values_only))
        stored = {} if again else _read(file)
        self._rows = {name: proof for name, (key, proof) in stored.items() if key == self._keys.get(name)}

    def rows(self) -> list[Proof]:
        """All rows that there are by now, in the lab's order."""
        return [self._rows[name] for name in self._keys if name in self._rows]

    def outdated(self) -> list[KnownCode]:
        """The code that is left to try, each with the questions that have no row."""
        left = [
            replace(code, questions=tuple(q for q in code.questions if _name(code, q) not in self._rows))
            for code in self._code
        ]
        return [code for code in left if code.questions]

    def add(self, rows: Sequence[Proof]) -> None:
        """Take rows in and keep those that hold; the file is written whole or not at all."""
        self._rows |= {_name(row, row.question): row for row in rows}
        holding = {name: row for name, row in self._rows.items() if row.holds}
        entries = {name: {"key": self._keys[name], "proof": asdict(row)} for name, row in holding.items()}
        whole.write_text(self._file, json.dumps(entries))


def _keys(lab: Lab, code: Sequence[KnownCode], settings: RunSettings) -> dict[str, str]:
    """Row -> key: that of the verdict, and what decides the student's own check beside it."""
    keys, notebooks = VerdictKeys(lab), Notebooks(lab)
    found = {}
    for each in code:
        verdicts = keys.of(notebooks.steps(each), settings, only=each.questions)
        for question in each.questions:
            name = _name(each, question)
            found[name] = digest_of(name, verdicts[question], keys.check_of(question))
    return found


def _name(code: KnownCode | Proof, question: str) -> str:
    return f"{code.kind} {code.name} {question}"


def _read(file: Path) -> dict[str, tuple[str, Proof]]:
    """Name -> key and row of each that was kept; nothing where none was, or by another version."""
    try:
        stored = json.loads(file.read_text("utf-8"))
        return {name: (entry["key"], Proof(**entry["proof"])) for name, entry in stored.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}
