"""Every draw of hidden cases tells right code from every known mistake."""

from __future__ import annotations

import pytest

from autograder.course import Lab, labs
from autograder.measure.draws import misjudged

#: `autograder prove --draws 1000` tries more.
DRAWS = 20
#: A draw in some twenty begins a training in which float32 prunes other weights than the oracle's float64.
NOT_YET = {"sparse_training": pytest.mark.xfail(reason="which weights are pruned may hang on the last bits")}
EVERY = [
    pytest.param(lab, name, id=f"{lab.name}-{name}", marks=NOT_YET.get(name, ()))
    for lab in labs()
    for name in lab.questions
]


@pytest.mark.slow
@pytest.mark.no_cover
@pytest.mark.parametrize(("lab", "question"), EVERY)
def test_twenty_draws_misjudge_nothing(lab: Lab, question: str) -> None:
    assert list(misjudged(lab, DRAWS, [question], first=1000)) == []
