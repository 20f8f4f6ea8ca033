"""What a hand-in would be given where tests run beside its code, as in stock nbgrader.

The kernel is a sandboxed one all the same, so that no attempt harms the machine on which it is tried.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

import nbformat
from nbformat.v4 import new_code_cell
from nbgrader.utils import determine_grade

from autograder.course import Lab
from autograder.grading.bench import Bench
from autograder.grading.steps import Step

#: How a test cell begins: the lab's own check is there, and says what it finds. It is not told what ran before: the
#: rule on imports is another guard.
CHECKED = """
import os
os.environ.pop("AICS_GRADING", None)
from aics.check.opened import open_lab
_verdict = open_lab({lab!r}).verdict({question!r}, {{**globals(), "In": []}})
"""
#: The same without the lab's judge: each output that is asked for beside what is expected. What the grader measures
#: itself, a test cell of this kind does not look at.
COMPARED = """
import importlib as _importlib, inspect as _inspect, pathlib as _pathlib
import numpy as np
from aics.check.reference import Reference as _Reference
_known = _Reference(_pathlib.Path("/data/reference/{lab}.npz")).question({question!r})
_ask = getattr(_importlib.import_module("aics.{lab}.asks"), {question!r})
_names = [name for name, p in _inspect.signature(_ask).parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD]
for _case, _expected in zip(_known.cases, _known.expected):
    _answer = _ask(*(globals()[name] for name in _names), **_case)
    _shared = _expected.keys() & _answer.keys()
    assert _shared, "nothing to compare"
    for _output in _shared:
        _value = _expected[_output]
        assert {equal}, _output
"""
CLOSE = "np.allclose(_answer[_output], _value, rtol=1e-3, atol=1e-3)"
NONE_APART = "not any(abs(a - b) > 1e-3 for a, b in zip(np.ravel(_answer[_output]), np.ravel(_value)))"
#: Test cells as authors write them: nbgrader gives full points where nothing is raised, or the last value.
TESTS = {
    "assert": CHECKED + "assert _verdict.score == _verdict.max_score, _verdict.reason\n",
    "points": CHECKED + "_verdict.score\n",
    "all close": COMPARED.replace("{equal}", CLOSE),
    "none apart": COMPARED.replace("{equal}", NONE_APART),
}
#: What a lab's `check` brings along at its first use: where it judges, it is there before the hand-in's cells.
JUDGE = "import aics.check.checker"
#: Seconds that a cell may take.
CELL = 8.0
#: Where the exit code decides: the hand-in and its tests as one script.
SCRIPT = """
import os, subprocess, sys
open("script.py", "w").write({source!r})
environment = {{**os.environ, "AICS_GRADING": ""}}
done = subprocess.run([sys.executable, "script.py"], env=environment, capture_output=True, timeout=6)
print("exit code", done.returncode)
"""


def stock_scores(
    bench: Bench,
    lab: Lab,
    steps: Sequence[Step],
    asked: Collection[str],
    tests: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, float]:
    """The most points by question that one of the usual kinds of tests would give; 0 where none gives any.

    `tests` holds, by question, test cells of another kind that stand in their place.
    """
    best = dict.fromkeys(asked, 0.0)
    bench.fresh_student(lab)
    try:
        bench.student.kernel.execute(JUDGE, CELL)
        for step in steps:
            if not bench.student.kernel.alive():
                break
            if step.question:
                best[step.question] = _best(bench, lab, step.question, tests.get(step.question))
            elif bench.student.kernel.execute(step.source, CELL).status not in ("ok", "error"):
                break
    finally:
        bench.end_student()
    if any(best.values()) or not _exits_well(bench, lab, steps):
        return best
    return {question: float(lab.questions[question].points) for question in asked}


def _best(bench: Bench, lab: Lab, question: str, own: str | None) -> float:
    """The best of nbgrader's readings of one question's test cells."""
    score = 0.0
    kinds = [source.format(lab=lab.name, question=question) for source in TESTS.values()]
    for source in [own] if own else kinds:
        if not score and bench.student.kernel.alive():
            done = bench.student.kernel.execute(source, CELL)
            outputs = [dict(output) for output in done.outputs]
            # A kernel that ends or does not come back gives none: nbgrader then says nothing.
            score = _grade(lab, question, outputs) if done.status in ("ok", "error") else 0.0
            if done.status not in ("ok", "error"):
                bench.student.kernel.kill()
    return score


def _grade(lab: Lab, question: str, outputs: list[dict[str, object]]) -> float:
    """nbgrader's reading of a test cell's outputs."""
    mark = {"grade": True, "solution": False, "points": lab.questions[question].points, "grade_id": question}
    cell = new_code_cell(outputs=[nbformat.from_dict(output) for output in outputs], metadata={"nbgrader": mark})
    return float(determine_grade(cell)[0] or 0)


def _exits_well(bench: Bench, lab: Lab, steps: Sequence[Step]) -> bool:
    """Whether the hand-in with its tests, run as a script, ends with the exit code of success."""
    tests = {step: TESTS["all close"].format(lab=lab.name, question=step.question) for step in steps if step.question}
    source = "\n".join(tests.get(step, step.source) for step in steps)
    bench.fresh_student(lab)
    try:
        done = bench.student.kernel.execute(SCRIPT.format(source=source), CELL)
        return "exit code 0" in "".join(str(output.get("text", "")) for output in done.outputs)
    finally:
        bench.end_student()
