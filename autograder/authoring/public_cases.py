"""Build a lab's public reference data: cases, expected outputs, and what each misconception answers."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import numpy as np

from aics.check.ask import Answer
from aics.check.judge import Mistake, Rule
from aics.check.loops import spells_loop
from aics.check.output import EXACT, KEPT_DIGITS
from aics.check.reference import PublicQuestion, save
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.pairs import known_pairs
from autograder.authoring.start import working_folder
from autograder.course import Lab, Variant
from autograder.course.question import Case, Question

#: Significant digits kept of expected values. Fewer than computed, so that another machine's last bits make
#: the same file.
EXPECTED_DIGITS = 10


def public_cases(question: Question) -> list[Case]:
    """The cases that students see: drawn once and for all, from the question's name."""
    return question.cases(np.random.default_rng(list(question.name.encode())))


def build_reference(lab: Lab, path: Path) -> None:
    """Write the lab's reference file to `path`."""
    save(path, public_questions(lab), {name: written.points for name, written in lab.written.items()})


def public_questions(lab: Lab, only: Collection[str] = ()) -> list[PublicQuestion]:
    """All that students' own checks know of the lab, or of `only` these questions."""
    cells = solution_cells(lab)
    asked = {name: question for name, question in lab.questions.items() if not only or name in only}
    cases = {name: public_cases(question) for name, question in asked.items()}
    mistakes: dict[str, list[Mistake]] = {name: [] for name in asked}
    with working_folder(lab) as folder:
        for variant in (each for each in lab.misconceptions if each.question in asked):
            mistakes[variant.question].append(_mistake(lab, cells, folder, variant, deepcopy(cases[variant.question])))
        known = [_public(lab, q, cases[q.name], mistakes[q.name]) for q in asked.values()]
        return [replace(each, pairs=known_pairs(lab, cells, folder, each)) for each in known]


def _public(lab: Lab, question: Question, cases: list[Case], mistakes: list[Mistake]) -> PublicQuestion:
    rule = lab.rule(question.name)
    return PublicQuestion(
        rule=rule,
        cases=cases,
        expected=[_expected(rule, question.expected(**case)) for case in cases],
        speed_case=question.speed.case(np.random.default_rng(0)) if question.speed else None,
        mistakes=mistakes,
    )


def _expected(rule: Rule, values: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What the oracle says in `EXPECTED_DIGITS`, but whole where an answer must be exact."""
    rounded = _rounded(values, EXPECTED_DIGITS)
    return {name: values[name] if rule.output(name).tolerance == EXACT else rounded[name] for name in values}


def _mistake(lab: Lab, cells: list[tuple[str, str]], folder: Path, variant: Variant, cases: Sequence[Case]) -> Mistake:
    answers = [] if variant.slow else _answers(lab, cells, folder, variant, cases)
    loops = spells_loop(variant.source)
    return Mistake(
        name=variant.name, hint=variant.hint, worked=variant.worked, slow=variant.slow, loops=loops, answers=answers
    )


def _answers(
    lab: Lab, cells: list[tuple[str, str]], folder: Path, variant: Variant, cases: Sequence[Case]
) -> list[Answer]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # overflow and division by zero are what some mistakes are about
        namespace = run_cells(cells, {f"{variant.question}_code": variant.source}, folder)
        answers = [lab.answer(variant.question, namespace, case) for case in cases]
    return [Answer(values=_rounded(a.values, KEPT_DIGITS)) if a.values is not None else a for a in answers]


def _rounded(values: Mapping[str, np.ndarray], digits: int) -> dict[str, np.ndarray]:
    """Floats cut to so many significant digits, in their own dtype; everything else as it is."""
    return {name: _round(np.asarray(value), digits) for name, value in values.items()}


def _round(value: np.ndarray, digits: int) -> np.ndarray:
    if value.dtype.kind != "f" or value.dtype == np.float16:
        return value
    with np.errstate(all="ignore"):
        finite = np.isfinite(value) & (value != 0)
        exponent = np.floor(np.log10(np.abs(np.where(finite, value, 1.0)).astype(np.float64)))
        scale = 10.0 ** (digits - 1 - exponent)
        fine = finite & np.isfinite(scale) & np.isfinite(value * scale)  # a misread double may be 1e-307
        return np.where(fine, np.round(value * scale) / scale, value).astype(value.dtype)
