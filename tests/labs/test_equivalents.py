"""A mutant that is listed as no mistake is none on many draws of hidden cases, not only on the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pytest

from autograder.authoring.cell import cell_of
from autograder.authoring.merge import merged, plain
from autograder.course import Lab, labs
from autograder.measure.judging import Judging
from autograder.measure.mutants.equivalents import equivalents
from autograder.measure.mutants.mutant import Mutant, mutants
from autograder.measure.mutants.trial import FURTHER

#: The further draws on which each mutant is tried alone first; on the others as many at once as go into one cell, and
#: fewer where these are wrong.
ALONE = FURTHER[:5]
#: Whole runs cost seconds a draw; `autograder measure` tries each alone on as many draws as the others.
FEW = dict.fromkeys(("transfer", "mixed_training", "sparse_training"), range(1, 4))
LISTED = {lab: equivalents(lab) for lab in labs()}
EVERY = [
    pytest.param(lab, name, id=f"{lab.name}-{name}")
    for lab, entries in LISTED.items()
    for name in dict.fromkeys(each.question for each in entries)
]


def in_few_cells(solution: str, chosen: Iterable[Mutant]) -> Iterator[list[Mutant]]:
    """The mutants in lists, each of which goes into one cell."""
    waiting = list(chosen)
    while waiting:
        together = waiting[:1]
        for mutant in waiting[1:]:
            if cell_with(solution, [*together, mutant]):
                together.append(mutant)
        yield together
        waiting = [mutant for mutant in waiting if mutant not in together]


def cell_with(solution: str, together: Sequence[Mutant]) -> str:
    """The cell with all these changes; "" where two of them are about one place."""
    cell, *others = (plain(mutant.source) for mutant in together)
    for other in others:
        cell = cell and merged(plain(solution), cell, other)[0]
    return cell


@pytest.mark.slow
@pytest.mark.parametrize(("lab", "question"), EVERY)
def test_many_draws_bear_the_reasons_out(lab: Lab, question: str) -> None:
    listed = {(each.was, each.now) for each in LISTED[lab] if each.question == question}
    cell, judging = cell_of(lab, question), Judging(lab, question)
    chosen = [each for each in mutants(question, cell) if (each.was, each.now) in listed]
    alone = FEW.get(question, ALONE)
    with judging.prepared(cell.source):

        def told_among(together: Sequence[Mutant]) -> list[Mutant]:
            """Those that the other draws tell; two that are right alone may be wrong together, so halves are tried."""
            if not judging.told_on(cell_with(cell.source, together), FURTHER[len(ALONE) :]):
                return []
            half = len(together) // 2
            return [*told_among(together[:half]), *told_among(together[half:])] if half else list(together)

        told = [each for each in chosen if not judging.judged(each.source).alive or judging.told_on(each.source, alone)]
        for together in in_few_cells(cell.source, chosen) if question not in FEW else ():
            told += told_among(together)
    assert chosen
    assert [mutant.now for mutant in told] == []
