"""Code that draws random numbers is asked with the same ones every time, and a check leaves nothing of it behind."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

import numpy as np
import pytest

from aics.check.ask import ask


def drawn(draw: Callable[[], float]) -> Mapping[str, object]:
    return {"twice": np.array([draw(), draw()])}


WAYS = {"NumPy's": np.random.rand, "Python's": random.random}


@pytest.mark.parametrize("draw", WAYS.values(), ids=WAYS)
def test_an_ask_draws_the_same_numbers_whatever_was_drawn_before(draw):
    def numbers() -> list[float]:
        return [*(ask(drawn, {"draw": draw}, {}).values or {})["twice"]]

    first = numbers()
    draw()
    assert numbers() == first
    assert len({*first}) == 2


@pytest.mark.parametrize("draw", WAYS.values(), ids=WAYS)
def test_an_ask_leaves_the_generators_as_they_were(draw):
    def draws_and_fails() -> float:
        raise ValueError(draw())

    random.seed(5)
    np.random.seed(5)
    undisturbed = draw()
    random.seed(5)
    np.random.seed(5)
    assert ask(drawn, {"draw": draws_and_fails}, {}).raised
    assert draw() == undisturbed
