"""Test cells that count and compare in the student's process, as authors write them whose tests run there."""

from __future__ import annotations

EVALUATE = """
import numpy as _np
def _tested(answers, seen):
    def predict(some):
        numbers = some[:, 0, 0, 0].astype(int)
        seen.append(numbers)
        return answers[numbers]
    return predict
_pictures = _np.zeros((7, 3, 2, 2)) + _np.arange(7)[:, None, None, None]
_seen = []
_accuracy = evaluate(_tested(_np.array([0, 1, 2, 1, 0, 2, 2]), _seen), _pictures, _np.array([0, 1, 2, 0, 0, 2, 1]), 3)
assert [len(numbers) for numbers in _seen] == [3, 3, 1]
assert sorted(_np.concatenate(_seen)) == list(range(7))
assert abs(_accuracy - 5 / 7) < 1e-6
"""
LAYOUT = """
import numpy as _np
_last = _np.arange(2 * 3 * 4 * 3.0).reshape(2, 3, 4, 3)
_first = to_channels_first(_last)
assert _first.flags.c_contiguous and _np.array_equal(_first, _np.moveaxis(_last, -1, -3))
_back = to_channels_last(_np.array(_first))
assert _back.flags.c_contiguous and _np.array_equal(_back, _last)
"""
TRANSFER_STEP = """
import numpy as _np
from types import SimpleNamespace as _Space
class _Optimizer:
    lr, updates = 0.5, 0
    def update(self, image, gradient):
        self.updates += 1
        return image - self.lr * gradient
_net = _Space(forward=lambda image, names: dict.fromkeys(names, image), backward_all=lambda d: sum(d.values()))
_loss = _Space(forward=lambda a, b: float(((a - b) ** 2).sum()) / 2, backward=lambda a, b: a - b)
_image, _optimizer = _np.ones((1, 3, 2, 2)), _Optimizer()
_goal = _Space(net=_net, alpha=1.0, beta=1.0, content={"a": 0 * _image}, style={"b": 0 * _image})
_goal.content_loss = _goal.style_loss = _loss
_new, _losses = transfer_step(_goal, _optimizer, _image)
assert _optimizer.updates == 1
assert _np.allclose(_new, 0) and _np.allclose(_losses, (12, 6, 6))
"""
MAGNITUDE_PRUNE = """
import numpy as _np
_mask, _weight = _np.array([True, True, False, True, True]), _np.array([3.0, -1.0, 9.0, 2.0, -4.0])
_before = _mask.copy()
_new = magnitude_prune(_weight, _mask, 0.5)
assert _np.array_equal(_mask, _before), "the mask was written into"
assert list(_new) == [True, False, False, False, True]
"""
LOSS_SCALING = """
import numpy as _np
class _Net:
    def __init__(self):
        self.received = []
    def backward(self, top_diff):
        self.received.append(top_diff)
        return {"fc1/weight": 2 * top_diff}
_net, _top = _Net(), _np.array([[1e-8, -3e-7]], _np.float32)
_found = scaled_gradients(_net, _top, 1024.0)
assert len(_net.received) == 1 and _net.received[0].dtype == _np.float16
assert _np.allclose(_found["fc1/weight"], 2 * _top, rtol=1e-2)
"""
SESSION_RUN = """
import numpy as _np
from collections import Counter as _Counter
from aics.lab4_dlp.graph_doubles import planned as _planned, tensor as _tensor
class _Kernels:
    def __init__(self):
        self.ran = _Counter()
    def find(self, node):
        ran = self.ran
        class Kernel:
            def __init__(self, node):
                self.name = node.name
            def compute(self, a, b):
                ran[self.name] += 1
                return a * b
        return Kernel
_plan = ["x = placeholder", "square = Times(x, x)", "fourth = Times(square, square)"]
_graph, _kernels = _planned(_plan, {}, 2), _Kernels()
_got = Session(_graph, _kernels).run([_tensor(_graph, "fourth")], {_tensor(_graph, "x"): _np.array([1.0, 2.0])})
assert _np.allclose(_got[0], [1, 16])
assert dict(_kernels.ran) == {"square": 1, "fourth": 1}
"""
FORWARD_LAYERS = """
import numpy as _np
class _Layer:
    def __init__(self, number):
        self.number = number
    def forward(self, x):
        return x + self.number
def _counted(original):
    def forward(x):
        _ran.append(1)
        return original(x)
    return forward
_ran, _net = [], VGG19.__new__(VGG19)
_net.layers = {f"relu{number}": _Layer(number) for number in range(6)}
_net.param_layer_name = list(_net.layers)
for _layer in _net.layers.values():
    _layer.forward = _counted(_layer.forward)
_features = _net.forward(_np.zeros(2), ["relu3", "relu1"])
assert len(_ran) == 4, "four layers are enough"
assert len(_features) == 2
assert (_features["relu1"] == 1).all() and (_features["relu3"] == 6).all()
"""
#: By question.
COUNTED = {
    "evaluate": EVALUATE,
    "layout": LAYOUT,
    "transfer_step": TRANSFER_STEP,
    "magnitude_prune": MAGNITUDE_PRUNE,
    "loss_scaling": LOSS_SCALING,
    "session_run": SESSION_RUN,
    "vgg_forward_layers": FORWARD_LAYERS,
}
