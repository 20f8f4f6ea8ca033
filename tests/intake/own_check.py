"""A small notebook run from top to bottom, and what its own checks say."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from typing import Any

from nbformat import NotebookNode

from tests.intake.release import by_id

#: What each question's check asks of the notebook's names, and that it holds.
HOLDS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "relu": lambda n: n["ReLULayer"]().forward(5) == 5 and n["ReLULayer"]().backward(5) == 5,
    "softmax_loss": lambda n: n["SoftmaxLossLayer"]().forward(5) == 5,
    "output_size": lambda n: n["output_size"](5, 3) == 3,
    "flatten": lambda n: n["FlattenLayer"]().forward(5) == 5,
}


def add_to_class(cls: type) -> Callable[[Any], None]:
    return lambda function: setattr(cls, function.__name__, function)


def right_by_its_own_check(notebook: NotebookNode) -> set[str]:
    """The questions that every check of the notebook finds right, when it is run from top to bottom."""
    said: dict[str, list[bool]] = {}
    namespace: dict[str, Any] = {"add_to_class": add_to_class}
    namespace["check"] = lambda name: said.setdefault(name, []).append(holds(name, namespace))
    for cell in notebook.cells:
        if cell.cell_type == "code":
            run(cell.source, namespace)
    return {name for name, each in said.items() if all(each)}


def right_by_the_grader(notebook: NotebookNode) -> set[str]:
    """The questions that are right where their test cells stand in a repaired notebook."""
    namespace: dict[str, Any] = {"add_to_class": add_to_class, "check": lambda _: None}
    right = set()
    tests = {id(by_id(notebook, name)): name for name in HOLDS}
    for cell in notebook.cells:
        if id(cell) in tests:
            right |= {tests[id(cell)]} if holds(tests[id(cell)], namespace) else set()
        elif cell.cell_type == "code":
            run(cell.source, namespace)
    return right


def holds(name: str, namespace: dict[str, Any]) -> bool:
    try:
        return HOLDS[name](namespace)
    except Exception:
        return False


def run(source: str, namespace: dict[str, Any]) -> None:
    with contextlib.suppress(Exception), contextlib.redirect_stdout(io.StringIO()):
        exec(compile(source, "cell", "exec", dont_inherit=True), namespace)  # made by these tests
