"""The measure: trusted code computes what is compared from what a student's functions returned.

An ask, which runs in the student's process, returns arrays as they came back. Whatever is a statistic, a count or a
comparison is computed by the question's measure in ``aics.<lab>.measures``: ``measure(returned, **case)`` returns the
outputs by name. The student's own check and the grader call the same one. A question without one is compared as
returned.
"""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from aics.check.ask import Answer, Case, Outputs, Unfit
from aics.check.returned import Returned, Unusable

#: ``measure(returned, **case)``: what is compared, by name.
Measure = Callable[..., Outputs]


def measure_of(lab: str, question: str) -> Measure | None:
    """The measure of a lab's question; None where it is compared as returned."""
    name = f"aics.{lab}.measures"
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return None
    measure: Measure | None = getattr(module, question, None)
    return measure


def measured(measure: Measure | None, case: Case, answer: Answer) -> Answer:
    """The answer as it is compared: its arrays measured, or what of them no measure can use."""
    if measure is None or answer.values is None:
        return answer
    try:
        return Answer(values=_plain(_computed(measure, case, answer.values)))
    except Unusable as unusable:
        return Answer(unfit=unusable.unfit)
    except Exception:  # it is hostile until shown otherwise, and the grader must go on
        return Answer(unfit=Unfit(output=", ".join(answer.values)[:80], rung="values"))


def _computed(measure: Measure, case: Case, values: Mapping[str, np.ndarray]) -> Outputs:
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # of numbers that are nan or too large: the judge says so
        return measure(Returned(values), **case)


def _plain(outputs: Mapping[str, Any]) -> dict[str, np.ndarray]:
    return {name: np.asarray(value) for name, value in outputs.items()}
