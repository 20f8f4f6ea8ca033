"""A question's code may use what is allowed and no more, however it gets at it; other cells may use anything."""

# ruff: noqa: E501
from __future__ import annotations

import pytest

from aics.check.imports import Notebook, latest

GIVEN = """
import numpy as np
from PIL import Image
from aics import add_to_class

class Layer:
    def __init__(self, size):
        self.size = size

class Other:
    pass
"""
METHOD = "@add_to_class(Layer)\ndef forward(self, x):\n    {}\n"
START = ({"Layer", "resize", "dict", "np"}, {"forward", "size"})


def beyond(*cells: str, allowed: tuple[str, ...] = ()) -> str:
    """What these cells, after the given one, use beyond what is allowed; "" for nothing."""
    notebook = Notebook([("given", GIVEN), *((f"cell {i}", source) for i, source in enumerate(cells))])
    found = next(notebook.not_allowed(START, allowed), None)
    return found.module if found else ""


HONEST = {
    "NumPy's own ways": METHOD.format("return np.lib.stride_tricks.sliding_window_view(np.fft.fft2(x), (3, 3))"),
    "the standard library": "import time, math, itertools\nfrom functools import reduce\nfrom collections import Counter\n"
    + METHOD.format("return reduce(math.hypot, itertools.chain(x)), Counter(x), time.perf_counter()"),
    "logging": "import logging\n" + METHOD.format("logging.info('%s', x); return x"),
    "types": "import types\n" + METHOD.format("return types.SimpleNamespace(x=x)"),
    "typing": "from typing import Any\n" + METHOD.format("y: Any = x; return y"),
    "the system's paths": "import os, sys\ndef resize(x):\n    print(x, file=sys.stderr)\n    return os.path.join('a', x)",
    "a comparison with another package": "from scipy.signal import convolve2d\nprint(convolve2d(x, k) - resize(x))\n",
    "a function that compares": "import torch\ndef compare(x):\n    return resize(x) - torch.tensor(x)\ncompare(3)",
    "an import that nothing uses": "import scipy.io, torch\nfrom onnxruntime import InferenceSession\n",
    "an import that may fail": "try:\n    import cupy as cp\nexcept ImportError:\n    cp = None\n",
    "a local name like an import's": "import torch as t\n" + METHOD.format("t = x + 1; return t"),
    "a picture in a cell of its own": "import matplotlib.pyplot as plt\nplt.rcParams['font.size'] = 9\nplt.imshow(x)\n",
    "a picture on the way": "import matplotlib.pyplot as plt\n" + METHOD.format("plt.plot(x); return x"),
    "a photo that is looked at": "photo = Image.open('a.png').resize((3, 4))\nphoto.show()\n",
    "magic": "%%time\n!pip list\n%matplotlib inline\nnp?\ny = %timeit -o x\n" + METHOD.format("return x"),
    "a regular expression": "import re\ndef resize(x):\n    return re.compile('a').match(x)",
    "an object's own names": METHOD.format("self.modules = [x]; x.eval(); return vars(self), getattr(self, x)"),
    "another class's method": "import torch\n@add_to_class(Other)\ndef forward(self, x):\n    return torch.relu(x)",
    "a table of times": "import torch\ndef race():\n    seconds = dict.fromkeys('ab', np.inf)\n    torch.relu(seconds)",
    "no Python": "print 'torch'\nimport torch\n",
}


@pytest.mark.parametrize("cell", HONEST.values(), ids=HONEST)
def test_honest_code_may(cell):
    assert beyond(cell) == ""


RUN = "Image.fromarray(x).resize(3)"
TRICKS = {
    "an import of its own": ("import scipy.signal\ndef resize(x):\n    return scipy.signal.convolve(x, x)", "scipy.signal.convolve"),
    "from an import": ("from scipy.signal import convolve as c\ndef resize(x):\n    return c(x, x)", "scipy.signal.convolve"),
    "logging's settings": (METHOD.format("import logging.config as c; return c.BaseConfigurator({}).resolve('PIL.Image').open(x)"), "logging.config.BaseConfigurator"),
    "logging's settings by their package": ("import logging.config\n" + METHOD.format("logging.config.dictConfig(x); return x"), "logging.config.dictConfig"),
    "a hint that is evaluated": ("from typing import get_type_hints\n" + METHOD.format("return get_type_hints(x)"), "typing.get_type_hints"),
    "a hint, everything imported": ("from typing import *\n" + METHOD.format("return get_type_hints(x)"), "typing.get_type_hints"),
    "code made of bytes": ("import types\n" + METHOD.format("return types.FunctionType(types.CodeType(x), {})()"), "types.FunctionType"),
    "the check's own asks": (METHOD.format("return check._asks.YARDSTICKS['resize'](x)"), "_asks"),
    "a completer that evaluates": (METHOD.format("import rlcompleter; return rlcompleter.Completer().attr_matches(x)"), "rlcompleter.Completer"),
    "inside the function": (METHOD.format("import torch; return torch.relu(x)"), "torch.relu"),
    "inside, under another name": (METHOD.format("from torch import nn as np2; return np2.ReLU(x)"), "torch.nn.ReLU"),
    "the given import": (METHOD.format(f"return {RUN}"), "PIL.Image.fromarray"),
    "a helper": (f"def help(x):\n    return {RUN}\n" + METHOD.format("return help(x)"), "PIL.Image.fromarray"),
    "a helper's helper in a list": (f"ways = [lambda x: {RUN}]\n" + METHOD.format("return ways[0](x)"), "PIL.Image.fromarray"),
    "filled later": (f"d = {{}}\nd['f'] = lambda x: {RUN}\n" + METHOD.format("return d['f'](x)"), "PIL.Image.fromarray"),
    "appended": ("d = []\nd.append(Image.open)\n" + METHOD.format("return d[0](x)"), "PIL.Image.open"),
    "appended by a function": ("d = []\ndef put(f):\n    d.append(f)\nput(Image.open)\n" + METHOD.format("return d[0](x)"), "PIL.Image.open"),
    "a global": ("def put(f):\n    global g\n    g = f\nput(Image.open)\n" + METHOD.format("return g(x)"), "PIL.Image.open"),
    "another name": ("I = Image\n" + METHOD.format("return I.open(x)"), "PIL.Image"),
    "a default": ("@add_to_class(Layer)\ndef forward(self, x, f=Image.open):\n    return f(x)", "PIL.Image.open"),
    "a base class": ("class Mine(Image.Image): pass\n" + METHOD.format("return Mine(x)"), "PIL.Image.Image"),
    "a decorator": ("import torch\n@torch.jit\ndef resize(x):\n    return x", "torch.jit"),
    "the class's attribute": ("Layer.forward = lambda self, x: Image.open(x)", "PIL.Image.open"),
    "set by name": ("setattr(Layer, 'forward', lambda self, x: Image.open(x))", "PIL.Image.open"),
    "set by a spelled name": ("setattr(Layer, 'for' + 'ward', lambda self, x: Image.open(x))", "PIL.Image.open"),
    "set by a function": ("def put(c):\n    c.forward = lambda self, x: Image.open(x)\nput(Layer)", "PIL.Image.open"),
    "called decorator": ("add_to_class(Layer)(Image.open)", "PIL.Image.open"),
    "in a branch": ("if True:\n    @add_to_class(Layer)\n    def forward(self, x):\n        return Image.open(x)", "PIL.Image.open"),
    "a constructor": ("@add_to_class(Layer)\ndef __init__(self, size):\n    self.size = Image.open(size)", "PIL.Image.open"),
    "a module's attribute": ("np.mine = Image.open\n" + METHOD.format("return np.mine(x)"), "PIL.Image.open"),
    "NumPy patched": ("np.pad = Image.open", "PIL.Image.open"),
    "the asks patched": ("import aics.check.serve\naics.check.serve.ask = print", "aics.check.serve"),
    "the asks patched, by name": ("from aics.check import serve\nsetattr(serve, 'ask', print)", "aics.check.serve"),
    "finished layers": ("from aics.layers.fast import _Winograd\ndef resize(x):\n    return _Winograd(x)", "aics.layers.fast"),
    "a starred import": ("from scipy.signal import *\ndef resize(x):\n    return convolve(x, x)", "scipy.signal"),
    "import by name": ("import importlib\ndef resize(x):\n    return importlib.import_module('torch')", "importlib.import_module"),
    "__import__": (METHOD.format("return __import__('torch').relu(x)"), "__import__"),
    "__import__ beforehand": ("m = __import__('torch')\n" + METHOD.format("return m.relu(x)"), "__import__"),
    "exec": ("exec('from torch import relu as resize')", "exec"),
    "exec in a function": ("def f():\n    exec('import torch')\nf()", "exec"),
    "eval": (METHOD.format("return eval('Ima' + 'ge').open(x)"), "eval"),
    "sys.modules": ("import sys\n" + METHOD.format("return sys.modules['torch'].relu(x)"), "sys.modules"),
    "the modules that NumPy imports": (METHOD.format("return np.os.system(x)"), "os"),
    "NumPy's names by text": (METHOD.format("return getattr(np, 'o' + 's').system(x)"), "__dict__"),
    "a library by ctypes": ("import ctypes\ndef resize(x):\n    return ctypes.CDLL(x)", "ctypes.CDLL"),
    "NumPy's ctypes": (METHOD.format("return np.ctypeslib.load_library(x)"), "ctypeslib"),
    "another program": ("import subprocess\ndef resize(x):\n    return subprocess.run(x)", "subprocess.run"),
    "the system's shell": ("import os\ndef resize(x):\n    return os.system(x)", "os.system"),
    "a pickle": (METHOD.format("return np.load(x, allow_pickle=True)"), "allow_pickle"),
    "a function's globals": ("def f(): pass\n" + METHOD.format("return f.__globals__['Image']"), "__globals__"),
    "all classes": (METHOD.format("return object.__subclasses__()"), "__subclasses__"),
    "a frame's names": (METHOD.format("return x.f_globals"), "f_globals"),
    "IPython": (METHOD.format("return get_ipython().run_cell('import torch')"), "get_ipython"),
    "magic that runs code": ("%time import torch\ndef resize(x):\n    return torch.relu(x)", "torch.relu"),
    "below magic": ("%%time\nimport torch\ndef resize(x):\n    return torch.relu(x)", "torch.relu"),
}  # fmt: skip


@pytest.mark.parametrize(("cell", "module"), TRICKS.values(), ids=TRICKS)
def test_a_trick_is_seen(cell, module):
    assert beyond(cell) == module


def test_what_is_allowed_may_be_used():
    cell = "def resize(x):\n    return Image.open(x)"

    assert beyond(cell, allowed=("PIL",)) == beyond(cell, allowed=("PIL.Image.open",)) == ""
    assert beyond(cell, allowed=("PIL.ImageOps",)) == "PIL.Image.open"


def test_the_line_is_named():
    notebook = Notebook([("resize_code", "import torch\n\ndef resize(x):\n    return torch.relu(x)")])
    (found,) = notebook.not_allowed(({"resize"}, ()), ())

    assert (found.cell, found.number, found.line) == ("resize_code", 4, "return torch.relu(x)")


def test_of_a_cell_that_was_run_again_the_last_counts():
    old, new = "import torch\ndef resize(x):\n    return torch.relu(x)", "def resize(x):\n    return x * (x > 0)"

    assert list(latest(["", old, "print(1)", new]).not_allowed(START, ())) == []
    assert [found.cell for found in latest(["", new, old]).not_allowed(START, ())] == ["In [2]"]
