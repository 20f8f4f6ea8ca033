"""Every draw of hidden cases tells right code from every known mistake."""

from __future__ import annotations

import pytest

from autograder.course import Lab, labs
from autograder.measure.draws import misjudged

#: `autograder prove --draws 1000` tries more.
DRAWS = range(1000, 1020)
#: Question -> draws that took points from right code when they were found among a thousand.
FOUND = {"half_matmul": [635], "mixed_train_step": [473, 888], "one_backward": [263]}
EVERY = [pytest.param(lab, name, id=f"{lab.name}-{name}") for lab in labs() for name in lab.questions]


@pytest.mark.slow
@pytest.mark.parametrize(("lab", "question"), EVERY)
def test_draws_misjudge_nothing(lab: Lab, question: str) -> None:
    assert list(misjudged(lab, question, [*DRAWS, *FOUND.get(question, ())])) == []
