"""A small class to look at: one hand-in all right, one mistaken, one forged, one that attacks whoever reads it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.attacks import attempts
from autograder.authoring.source import source_notebook
from autograder.course import Lab
from autograder.measure.demo import with_first_cell
from autograder.measure.prove import exchanged

LAB = "lab2_layers"
#: Each tries to set window.hacked in the page of whoever reads the hand-in.
ATTACK = "window.hacked=true"
PAGE = f"<script>{ATTACK}</script><img src=x onerror={ATTACK}><b>bold words</b>"
#: Tries to lie over the page that shows it, so that a click on the page follows its link.
OVERLAY = "".join(
    f'<a class="{name}" style="position:fixed;inset:0;z-index:9999" href="https://example.org/overlay">.</a>'
    for name in ("modal-backdrop in", "modal fade in", "navbar-fixed-top", "affix", "panel modal-backdrop")
)
ATTACKING_CODE = f'''
from IPython.display import HTML, SVG, Javascript, Markdown, display
display(HTML("""{PAGE}{OVERLAY}"""), HTML("""{PAGE}""", metadata={{"isolated": True}}))
display(Javascript("{ATTACK}"), Markdown("""{PAGE}"""))
display(SVG("""<svg xmlns="http://www.w3.org/2000/svg" onload="{ATTACK}"><script>{ATTACK}</script></svg>"""))
display({{"text/latex": """{PAGE}""", "text/plain": """{PAGE}"""}}, raw=True)
print("""{PAGE}""")
'''
ATTACKING_PROSE = f"""It copies, but in **long rows**. {PAGE}{OVERLAY}

<a title="

{PAGE}

">x</a> [a link](javascript:{ATTACK}) ![a picture](https://example.org/seen.png)
"""
MISSING_PICTURE = f"![none](attachment:none.png) {PAGE}"


@dataclass(frozen=True)
class Graded:
    """A graded class: its folder, the rows that ``autograder grade --json`` wrote, and what it printed."""

    folder: Path
    rows: list[dict]
    text: str = ""

    @property
    def course(self) -> Path:
        """What AICS_COURSE names."""
        return self.folder / "course"

    def totals(self) -> dict[str, tuple[float, float]]:
        """Trusted points of each student: for code, and as extra credit."""
        points: dict[str, list[float]] = {row["student"]: [0.0, 0.0] for row in self.rows}
        for row in self.rows:
            points[row["student"]][row["bonus"]] += row["score"]
        return {student: (code, bonus) for student, (code, bonus) in points.items()}

    def said(self, student: str) -> str:
        """A student's points as the terminal says them."""
        return points_said(self.text, student)

    def row(self, student: str, question: str) -> dict:
        """The verdict on one question."""
        return next(r for r in self.rows if (r["student"], r["question"]) == (student, question))

    def feedback(self, student: str) -> Path:
        """A student's feedback page."""
        return self.course / "feedback" / student / LAB / f"{LAB}.html"


def points_said(text: str, student: str) -> str:
    """A student's points in what `autograder grade` printed, such as ``100 / 100 + 10``."""
    rows = ([cell.strip() for cell in line.split("│")] for line in text.splitlines())
    return next(row[3] for row in rows if row[1:3] == [student, LAB])


def write_handins(folder: Path) -> None:
    """Write a folder for each student with a notebook."""
    lab = Lab(LAB)
    solution, stub = source_notebook(lab), nbformat.read(lab.released, 4)
    handins = {
        "ada": solution,
        "edsger": exchanged(solution, mistakes(lab, "relu", "conv_forward", "pool_backward")),
        "oscar": with_first_cell(stub, attempts()["forged_score"].source),
        "eve": attacking(solution, stub),
    }
    for student, notebook in handins.items():
        (folder / student).mkdir(parents=True)
        nbformat.write(notebook, folder / student / f"{LAB}.ipynb")


def mistakes(lab: Lab, *questions: str) -> dict[str, str]:
    """The first misconception of each question: grade_id of the stub -> source."""
    return {
        f"{question}_code": next(m.source for m in lab.misconceptions if m.question == question)
        for question in questions
    }


def attacking(solution: NotebookNode, stub: NotebookNode) -> NotebookNode:
    """Two right answers, and scripts wherever a hand-in can hold any."""
    right = {c.metadata.nbgrader.grade_id: c.source for c in solution.cells if "nbgrader" in c.metadata}
    answers = {name: right[name] for name in ("relu_code", "conv_output_size_code")}
    answers["relu_code"] += ATTACKING_CODE
    answers["img2col_why"] = ATTACKING_PROSE
    notebook = exchanged(stub, answers)
    notebook.cells += [
        new_code_cell(ATTACKING_CODE),
        new_markdown_cell(ATTACKING_PROSE),
        new_markdown_cell(MISSING_PICTURE),
    ]
    return notebook
