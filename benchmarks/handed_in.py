"""A class made from the bank: every question is answered by the solution, another right way, or a known mistake."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import nbformat

from autograder.authoring.source import source_notebook
from autograder.course import Lab
from autograder.measure.prove import exchanged


def write_class(folder: Path, labs: Sequence[Lab], students: int, seed: int) -> None:
    """Write every lab's hand-in of so many students: half of the cells are the solution's, drawn by the seed."""
    random = Random(seed)
    for lab in labs:
        notebook, ways = source_notebook(lab), lab.alternatives + lab.misconceptions
        for number in range(students):
            chosen = {name: [way for way in ways if way.question == name] for name in lab.questions}
            cells = {
                f"{name}_code": random.choice(of).source for name, of in chosen.items() if of and random.random() < 0.5
            }
            path = folder / f"s{number:03}" / f"{lab.name}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            nbformat.write(exchanged(notebook, cells), path)
