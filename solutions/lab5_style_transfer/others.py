"""Checks that other courses published for what this lab asks too, written afresh from their rules.

Shapes and tolerances are those of the published material; no line of it is here.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.measure.others.asked import Asked, Check
from autograder.measure.others.courses import CS231N, TINYTORCH
from autograder.measure.others.rules import relative

# CS231n. StyleTransfer-PyTorch.ipynb of assignment 3: features of one picture by SqueezeNet 1.1, 192 pixels on its
# shorter side, compared with stored numbers; the notebook says that errors should be less than 0.001. Its losses leave
# the constant factor to a weight, and with this lab's constants as weights they are this lab's losses.
PERSON = 1e-3
#: Of 192 x 256 pixels, behind the first two poolings
CONTENT, STYLE = (1, 128, 47, 63), (1, 128, 23, 31)


def _features(seed: int, shape: tuple[int, ...]) -> np.ndarray:
    """Not negative, as behind a ReLU."""
    return np.maximum(np.random.RandomState(seed).randn(*shape), 0)


def _read(case: dict, name: str) -> list[Check]:
    return [Check(case, (name,), relative(name, most=PERSON))]


def _content_loss() -> list[Check]:
    """The other picture is black."""
    return _read({"x": np.zeros(CONTENT), "y": _features(0, CONTENT)}, "loss")


def _gram() -> list[Check]:
    return _read({"features": _features(0, STYLE)}, "gram")


def _style_loss() -> list[Check]:
    x, y = _features(0, STYLE), _features(1, STYLE)
    grams = {f"gram_{name}": np.einsum("nchw,ndhw->ncd", z, z, optimize=True) for name, z in (("x", x), ("y", y))}
    return _read({"x": x, "y": y} | grams, "loss")


# TinyTorch. Module 6: one step of Adam from [1, 2] with the gradient [0.1, 0.2] and a learning rate of 0.01; a second
# step is made, after which only the optimizer's means are looked at.


def _first_step(got: Mapping[str, np.ndarray], wanted: Mapping[str, np.ndarray]) -> bool:
    return bool(np.allclose(got["pictures"][0], wanted["pictures"][0], rtol=1e-6))


def _adam() -> list[Check]:
    case = {"start": np.array([1.0, 2.0]), "gradients": np.tile([0.1, 0.2], (2, 1)), "lr": 0.01}
    return [Check(case, ("pictures",), _first_step)]


NOTEBOOK = "StyleTransfer-PyTorch.ipynb"
OTHERS = [
    Asked(by=CS231N, question="content_loss", where=NOTEBOOK, checks=_content_loss),
    Asked(by=CS231N, question="gram", where=NOTEBOOK, checks=_gram),
    Asked(by=CS231N, question="style_loss", where=NOTEBOOK, checks=_style_loss),
    Asked(by=TINYTORCH, question="adam", where="module 6, optimizers", checks=_adam),
]
