"""A mutant that is listed as no mistake is none on many draws of hidden cases, not only on the first."""

from __future__ import annotations

import pytest

from autograder.authoring.cell import cell_of
from autograder.course import Lab, labs
from autograder.measure.mutants.equivalents import equivalents
from autograder.measure.mutants.mutant import mutants
from autograder.measure.mutants.trial import FURTHER, trials

#: Whole runs cost seconds a draw; `autograder measure` tries them on as many draws as the others.
FEW = dict.fromkeys(("transfer", "mixed_training", "sparse_training"), range(1, 4))
LISTED = {lab: equivalents(lab) for lab in labs()}
EVERY = [
    pytest.param(lab, name, id=f"{lab.name}-{name}")
    for lab, entries in LISTED.items()
    for name in dict.fromkeys(each.question for each in entries)
]


@pytest.mark.slow
@pytest.mark.parametrize(("lab", "question"), EVERY)
def test_many_draws_bear_the_reasons_out(lab: Lab, question: str) -> None:
    listed = {(each.was, each.now) for each in LISTED[lab] if each.question == question}
    chosen = [each for each in mutants(question, cell_of(lab, question)) if (each.was, each.now) in listed]
    tried = trials(lab, question, chosen, FEW.get(question, FURTHER))
    told = [(each.now, each.rungs, each.told_on) for each in tried if not each.alive]
    assert chosen
    assert told == []
