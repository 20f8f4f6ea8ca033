"""Test cells with a stopwatch of their own, as authors write them: what is timed comes again, or its end counts."""

from __future__ import annotations

from .stock import COMPARED

#: Public cases are judged; then one input of the timed size is computed again and again.
CONVOLUTION = """
_rng = np.random.default_rng(0)
_x = _rng.normal(size=(5, 24, 22, 26)).astype(np.float32)
_weight = _rng.normal(size=(24, 3, 3, 16)).astype(np.float32)
_bias = _rng.normal(size=16).astype(np.float32)
def _once():
    _ask(ConvolutionalLayer, x=_x, weight=_weight, bias=_bias, stride=1, padding=1)
"""
CONVOLUTION = COMPARED.replace("{equal}", "np.allclose(np.asarray(_answer[_output]), _value, rtol=1e-3, atol=1e-3)") + (
    CONVOLUTION
)
#: One of several calls of a network on the same gradients is compared, the last.
WALKS = """
import numpy as np
from pathlib import Path as _Path
from aics.check.reference import Reference as _Reference
from aics.lab5_style_transfer.network_asks import _output_diffs, network_of as _network_of
_known = _Reference(_Path("/data/reference/lab5_style_transfer.npz")).question("one_backward")
_case, _expected = _known.cases[0], _known.expected[0]["gradient of call 1"]
_net = _network_of(VGG19, FrozenConvolution, ReLULayer, MaxPoolingLayer, _case["plan"], _case["numbers"])
_dlosses = _output_diffs(_net, _case["x"], _case["names"], _case["diffs"])
def _once():
    for _ in range(4):
        _gradient = _net.backward_once(_dlosses)
    assert np.allclose(_gradient, _expected, rtol=1e-3, atol=1e-3 * np.abs(_expected).max())
"""
#: The picture moves on by a column from round to round, until it comes again.
ROUNDS = """
import numpy as np
from aics.lab4_dlp.graph_asks import _conv_node
_rng = np.random.default_rng(0)
_x = _rng.normal(size=(1, 16, 18, 20)).astype(np.float32)
_weight, _bias = _rng.normal(size=(16, 3, 3, 4)).astype(np.float32), np.zeros(4, np.float32)
_kernel = OnnxConv(_conv_node([(None, 16, 18, 20), _weight.shape, _bias.shape], 2, 1))
def _once():
    for _turn in range(100):
        _kernel.compute(np.roll(_x, _turn, axis=-1), _weight, _bias)
"""
#: The process's own clock.
CLOCK = """
import time as _time
_seconds = []
for _ in range(4):
    _begin = _time.process_time()
    _once()
    _seconds.append(_time.process_time() - _begin)
print("seconds", min(_seconds))
"""
#: By question.
STOPWATCHES = {
    name: source + CLOCK
    for name, source in (("conv_forward_speedup", CONVOLUTION), ("one_backward", WALKS), ("swap_speed", ROUNDS))
}
