"""Many draws of a question's cases against all known code, without a sandbox: does every draw tell right from wrong?

A hidden case is drawn for each hand-in, so a mistake that one draw in a hundred lets through is a mistake that earns
points now and then. `autograder prove` tries one draw in the sandbox; `autograder prove --draws 1000` tries a thousand
here.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from aics.check.judge import judge_in_turn
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab, Variant
from autograder.course.question import Case
from autograder.grading.bench import Bench
from autograder.grading.pool import on_benches

#: Draws of one question that one process holds at a time.
BLOCK = 50
#: A draw's cases, and what is expected of each.
Draw = tuple[list[Case], list[dict[str, np.ndarray]]]


@dataclass(frozen=True, kw_only=True)
class Misjudged:
    """Known code that one draw misjudges: a mistake that passes, or right code that does not."""

    lab: str
    question: str
    kind: str
    name: str
    draw: int
    reason: str


@dataclass(frozen=True)
class Block:
    """Some draws of one question's cases: as many as fit into memory, and one process's share of the work."""

    lab: str
    question: str
    draws: range


def blocks(chosen: Sequence[Lab], draws: int) -> list[Block]:
    """Cut the first `draws` draws of all questions of these labs into blocks."""
    starts = range(0, draws, BLOCK)
    pieces = [range(start, min(start + BLOCK, draws)) for start in starts]
    return [Block(lab.name, question, piece) for piece in pieces for lab in chosen for question in lab.questions]


def misjudged_by(blocks: Sequence[Block], workers: int) -> Iterator[tuple[Block, list[Misjudged]]]:
    """Yield each block with what it misjudges, in the order in which so many processes are done with them."""
    for block, found in on_benches(_of_block, blocks, "none", workers):
        if isinstance(found, Exception):
            raise found
        yield block, found


def firsts(found: Iterable[Misjudged]) -> list[Misjudged]:
    """Of each piece of known code the first draw that misjudges it."""
    kept: dict[tuple[str, str, str, str], Misjudged] = {}
    for each in sorted(found, key=lambda each: each.draw):
        kept.setdefault((each.lab, each.question, each.kind, each.name), each)
    return list(kept.values())


def _of_block(_bench: Bench, block: Block) -> list[Misjudged]:
    with threadpool_limits(1):
        return list(misjudged(Lab(block.lab), block.question, block.draws))


def misjudged(lab: Lab, question: str, draws: Sequence[int]) -> Iterator[Misjudged]:
    """Yield each piece of a question's known code that one of these draws misjudges, with the first such draw.

    Mistakes of speed are left out.
    """
    cells = solution_cells(lab)
    made = {number: drawn(lab, question, number) for number in draws}
    with working_folder(lab) as folder:
        for kind, variant in _known(lab, question):
            exchanged = {f"{question}_code": variant.source} if variant else {}
            found = _first(lab, question, kind, made, cells, exchanged, folder)
            if found is not None:
                number, reason = found
                name = variant.name if variant else kind
                yield Misjudged(lab=lab.name, question=question, kind=kind, name=name, draw=number, reason=reason)


def _known(lab: Lab, question: str) -> Iterator[tuple[str, Variant | None]]:
    yield "solution", None
    yield from (("alternative", v) for v in lab.alternatives if v.question == question)
    yield from (("misconception", v) for v in lab.misconceptions if v.question == question and not v.slow)


def drawn(lab: Lab, question: str, number: int) -> Draw:
    """One draw of a question's hidden cases, the same whenever it has this number."""
    cases = lab.questions[question].hidden_cases(np.random.default_rng([number, *question.encode()]))
    return cases, [lab.questions[question].expected(**case) for case in cases]


def _first(
    lab: Lab,
    question: str,
    kind: str,
    draws: Mapping[int, Draw],
    cells: list[tuple[str, str]],
    exchanged: Mapping[str, str],
    folder: Path,
) -> tuple[int, str] | None:
    """The number of the first draw that misjudges the code, and why; None where none does."""
    rule = lab.rule(question)
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")  # overflow and division by zero are what some mistakes are about
        namespace = run_cells(cells, exchanged, folder)
        for number, (cases, expected) in draws.items():
            verdict = judge_in_turn(rule, cases, expected, lambda case: lab.answer(question, namespace, case))
            if verdict.passed == (kind == "misconception"):
                return number, verdict.reason
    return None
