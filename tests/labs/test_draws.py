"""Every draw of hidden cases tells right code from every known mistake."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder.course import Lab, labs
from autograder.measure.draws import misjudged

#: `autograder prove --draws 1000` tries more.
DRAWS = 20
#: A draw in some twenty begins a training in which float32 prunes other weights than the oracle's float64: right code
#: that it misjudges is told, and no mistake may pass.
ON_THE_LAST_BITS = ("sparse_training",)
EVERY = [pytest.param(lab, name, id=f"{lab.name}-{name}") for lab in labs() for name in lab.questions]


@pytest.mark.slow
@pytest.mark.no_cover
@pytest.mark.parametrize(("lab", "question"), EVERY)
def test_twenty_draws_misjudge_nothing(lab: Lab, question: str, remark: Callable[[str], None]) -> None:
    found = list(misjudged(lab, DRAWS, [question], first=1000))
    if question in ON_THE_LAST_BITS:
        right = [each for each in found if each.kind != "misconception"]
        for each in right:
            remark(f"draw {each.draw} of {question} misjudges {each.kind} {each.name}: {each.reason}")
        found = [each for each in found if each not in right]
    assert found == []
