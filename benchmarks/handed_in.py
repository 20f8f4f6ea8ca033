"""A class made from the bank: every question is answered by the solution, another right way, or a known mistake."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import nbformat

from autograder.authoring.source import source_notebook
from autograder.course import Lab, Variant
from autograder.measure.prove import exchanged

#: What stands in a hand-in's cells that are not the solution's: (student, lab, question) -> the known code.
Chosen = dict[tuple[str, str, str], Variant]


def write_class(folder: Path, labs: Sequence[Lab], students: int, seed: int) -> Chosen:
    """Write every lab's hand-in of so many students: half of the cells are the solution's, drawn by the seed."""
    random, all_chosen = Random(seed), Chosen()
    for lab in labs:
        notebook, ways = source_notebook(lab), lab.alternatives + lab.misconceptions
        for number in range(students):
            of = {name: [way for way in ways if way.question == name] for name in lab.questions}
            chosen = {name: random.choice(known) for name, known in of.items() if known and random.random() < 0.5}
            student = f"s{number:03}"
            all_chosen |= {(student, lab.name, name): way for name, way in chosen.items()}
            path = folder / student / f"{lab.name}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            cells = {f"{name}_code": way.source for name, way in chosen.items()}
            nbformat.write(exchanged(notebook, cells), path)
    return all_chosen
