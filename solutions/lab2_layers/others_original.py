"""The original course's checks of what this lab asks too, written afresh from its main programs.

From its main programs: main_infer_cpu.py of the lab on VGG19 compares pool5 of one photo with a stored array and then
the class; main_exp_3_3.py of the lab on style transfer compares the fast convolution with the loops, seed 1234,
np.random.rand of (1, 256, 24, 40). Both take a mean squared error below 0.003 as right. VGG19 has 3 x 3 kernels with
padding 1 and stride 1 and 2 x 2 poolings with stride 2; here these two layers are compared by themselves, on one square
picture. What only the class decides (ReLU, softmax, fully connected) is left out: it cannot be asked of one layer.

No line of the published material is here, only its shapes, seeds, tolerances and ranges. What is given to this lab's
asks is in its layouts, weights [Cin, K, K, Cout] and biases (1, out), and float64, so that rounding refuses nobody.
"""

from __future__ import annotations

import numpy as np

from autograder.measure.others.asked import Asked, Check
from autograder.measure.others.courses import AICS
from autograder.measure.others.rules import mean_square


def _vgg_conv() -> list[Check]:
    """One square picture."""
    rng = np.random.RandomState(1234)
    case = {"x": rng.randn(1, 3, 32, 32), "weight": rng.randn(3, 3, 3, 8), "bias": rng.randn(8)}
    return [Check(case | {"stride": 1, "padding": 1}, ("output",), mean_square("output"))]


def _fast_conv(*names: str, channels: int):
    """The published picture, with fewer channels, so that loops end and every right way fits into memory."""

    def checks() -> list[Check]:
        rng = np.random.RandomState(1234)
        x, top = rng.rand(1, channels, 24, 40), rng.rand(1, channels, 24, 40)
        case = {"x": x, "weight": rng.rand(channels, 3, 3, channels), "bias": rng.rand(channels)}
        case |= {"stride": 1, "padding": 1} | ({"top_diff": top} if "bottom_diff" in names else {})
        return [Check(case, names, mean_square(*names))]

    return checks


def _vgg_pool() -> list[Check]:
    case = {"x": np.random.RandomState(1234).randn(1, 8, 32, 32), "kernel_size": 2, "stride": 2}
    return [Check(case, ("output",), mean_square("output"))]


OTHERS = [
    Asked(by=AICS, question="conv_forward", where="main_infer_cpu.py", checks=_vgg_conv),
    Asked(by=AICS, question="pool_forward", where="main_infer_cpu.py", checks=_vgg_pool),
    Asked(by=AICS, question="conv_backward", where="main_exp_3_3.py", checks=_fast_conv("bottom_diff", channels=4)),
    Asked(by=AICS, question="conv_forward_speedup", where="main_exp_3_3.py", checks=_fast_conv("output", channels=32)),
    Asked(
        by=AICS,
        question="conv_backward_speedup",
        where="main_exp_3_3.py",
        checks=_fast_conv("bottom_diff", channels=32),
    ),
]
