"""Lines of other editions are read as what they meant, each is said, and nothing else is touched."""

from __future__ import annotations

import re

import numpy as np
import pytest

from autograder.intake.mends import mended
from tests.original import files


def mend(text: str) -> tuple[str, list[str]]:
    """The mended text of a file, and what was said without the file's name."""
    found = mended({"a.py": text})["a.py"]
    return found.text, [remark.removeprefix("a.py, ") for remark in found.remarks]


def run(text: str) -> dict:
    """What the mended text defines; these texts are this file's own."""
    names: dict = {}
    exec(mend(text)[0], names)
    return names


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("print 'a'", "print('a')"),
        ("print 'a %d' % 3, x", "print('a %d' % 3, x)"),
        ("print", "print()"),
        ("print x,", 'print(x, end=" ")'),
        ("print >>f, x, y", "print(x, y, file=f)"),
        ("print ('a'), x", "print(('a'), x)"),
        ("print (1 +\n  2), 3  # sum", "print((1 +\n  2), 3)  # sum"),
        ("if x: print 'a'; print 'b'", "if x: print('a'); print('b')"),
        ("try:\n    pass\nexcept (A, B), e:\n    pass", "try:\n    pass\nexcept (A, B) as e:\n    pass"),
        ("raise E, 'x'", "raise E('x')"),
        ("x = `1`", "x = repr(1)"),
        ("x = 0777 <> 10L", "x = 0o777 != 10"),
        ("exec 'x = 1'", "exec('x = 1')"),
        ("exec code in g, l", "exec(code, g, l)"),
        ("raise E, f(1, 2), t", "raise E(f(1, 2)).with_traceback(t)"),
        ("x = sorted(d, key=lambda (k, v): f(k, v))", "x = sorted(d, key=lambda _: (lambda k, v: f(k, v))(*_))"),
        ("x = ur'a'", "x = r'a'"),
        ("if x:\n\ty = 1\n        z = 2", "if x:\n        y = 1\n        z = 2"),
    ],
)
def test_python_2(before, after):
    text, said = mend(f"{before}\nprint 1")  # by itself, `print` is right in Python 3 as well
    assert text == f"{after}\nprint(1)"
    assert said


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("print ('%d') % x", "print(('%d') % x)"),
        ("print >>f, x, y", "print(x, y, file=f)"),
        ("print ('%d') % np.float(x[4 / 2])", "print(('%d') % float(x[4 // 2]))"),
        ("for i in xrange(3): pass", "for i in range(3): pass"),
        ("for k, v in d.iteritems(): pass", "for k, v in d.items(): pass"),
        ("if d.has_key('a'): pass", "if ('a' in d): pass"),
        ("import sys\nreload(sys)\nsys.setdefaultencoding('utf8')", "import sys\npass\npass"),
        ("import numpy as np\nx = np.zeros(3).astype(np.float)", "import numpy as np\nx = np.zeros(3).astype(float)"),
        ("import numpy\nx = numpy.int(3)", "import numpy\nx = int(3)"),
        ("x = np.bool, np.product, np.float32", "x = bool, np.prod, np.float32"),
        ("import time as t\nx = t.clock()", "import time as t\nx = t.perf_counter()"),
        ("from PIL import Image\nf = Image.ANTIALIAS", "from PIL import Image\nf = Image.LANCZOS"),
        ("import time\nfrom time import clock", "import time\nfrom time import perf_counter as clock"),
        ("from numpy import float, zeros, product as p", "from numpy import zeros, prod as p"),
        ("from itertools import izip as z, chain", "from itertools import chain; z = zip"),
        ("import numpy as np\nx = np.asscalar(y)", "import numpy as np\nx = (lambda array: array.item())(y)"),
        ("import string\nx = string.letters", "import string\nx = string.ascii_letters"),
        ("import cPickle as pickle", "import pickle as pickle"),
        ("import os, cPickle", "import os, pickle as cPickle"),
        ("from StringIO import StringIO", "from io import StringIO"),
        ("import Image", "import PIL.Image as Image"),
        ("x = 1\ny = reduce(f, z)", "import functools; x = 1\ny = functools.reduce(f, z)"),
        ("x = isinstance(y, basestring), unichr(3)", "x = isinstance(y, str), chr(3)"),
        ("x = it.next()", "x = next(it)"),
        ("x = map(int, y)[0], d.keys()[1:]", "x = list(map(int, y))[0], list(d.keys())[1:]"),
        ("k = d.keys()\nk.sort()", "k = list(d.keys())\nk.sort()"),
        ("x = len(filter(f, y)), np.array(zip(a, b))", "x = len(list(filter(f, y))), np.array(list(zip(a, b)))"),
        ("n /= 2\nfor i in range(n): pass", "n //= 2\nfor i in range(n): pass"),
        (
            *("def out(h):\n    return h / 2 + 1\nx = range(out(4))",),
            *("def out(h):\n    return h // 2 + 1\nx = range(out(4))",),
        ),
        ("x = [0] * (n / 2), np.eye(int(h) / 2)", "x = [0] * (n // 2), np.eye(int(h) // 2)"),
        ("def f(a, (b, c)):\n    return a + b", "def f(a, _b_c):\n    (b, c) = _b_c; return a + b"),
        ("def f((a, b)=(1, 2)): return a", "def f(_a_b=(1, 2)): (a, b) = _a_b; return a"),
        (
            "class A:\n    def f(self, (b, c), ((d, e), g)):\n        # why (\n        print b",
            "class A:\n    def f(self, _b_c, _d_e_g):\n        # why (\n"
            "        ((d, e), g) = _d_e_g; (b, c) = _b_c; print(b)",
        ),
        ("p = __file__", "p = 'stu_upload/a.py'"),
        (
            *("import pycnnl\nnet = pycnnl.CnnlNet()\ngrid = pycnnl.QuantParam",),
            *("import pycnml as pycnnl\nnet = pycnnl.CnmlNet()\ngrid = pycnnl.QuantParam",),
        ),
        ("from pycnnl import CnnlNet, QuantParam", "from pycnml import CnmlNet as CnnlNet, QuantParam"),
    ],
)
def test_known_lines(before, after):
    text, said = mend(before)
    assert text == after
    assert said


SIZES = """
def out(x, k, s, p, batch):
    h, w = (x.shape[2] + 2 * p - k) / s + 1, (x.shape[3] - k) / 2
    half = k / 2
    loss = x.sum() / batch
    y = x / 255
    z = x[:, half / 1]
    np.zeros([batch, h, w])
    np.reshape(y, (batch / 2, -1))
    y.reshape(batch / 4, -1)
    for i in range(len(x) / batch): pass
    a = y[y / 2 > 1]
    b = y[int(h / 3)]
    return loss / batch, d[x / 2.0]
"""


def test_divisions_of_sizes_alone():
    text, said = mend(SIZES)
    changed = [
        number
        for number, pair in enumerate(zip(SIZES.split("\n"), text.split("\n"), strict=True), 1)
        if pair[0] != pair[1]
    ]
    assert changed == [3, 4, 7, 9, 10, 11]
    assert text.replace("//", "/") == SIZES
    assert said == ["lines 3, 4, 7, 9, 10 and 11: `/` read as Python 2's whole division"]


def test_a_size_that_an_attribute_keeps():
    text = "class A:\n    def f(self, n):\n        self.h = n / 2\n    def g(self):\n        return range(self.h)\n"
    assert "self.h = n // 2" in mend(text)[0]
    other = "class A:\n    def f(self, n):\n        h = n / 2\n    def g(self, h):\n        return range(h)\n"
    assert mend(other) == (other, [])


@pytest.mark.parametrize(
    "text",
    [
        'print("id = %d, prob = %f" % (1, 2))',
        "x = 'print 1 / 2 <> `a` np.float xrange(3)'  # print 2, np.int, 7 / 2",
        "float = np.float32; x = float(3) / 2",
        "def xrange(n):\n    return range(n)\nxrange(3)",
        "a = b / c; accuracy = right / total",
        "from scipy.io import loadmat",
        '"""print x\n/ 2"""',
        "import pycnml; net = pycnml.CnmlNet(16)",
        files.LAYERS_1,
        files.LAYERS_3,
    ],
)
def test_what_is_right_stays_as_it_is(text):
    assert mend(text) == (text, [])


@pytest.mark.parametrize("text", ["def f(:", "print 'x", "x = " + "(" * 9000, "\x0c\n\tx"])
def test_what_cannot_be_read_is_returned_as_it_came(text):
    assert mend(text)[0] == text


def test_lines_keep_their_numbers():
    for text in (files.VGG_CPU_FIRST, files.LAYERS_2_FIRST, files.VGG19_DEMO_FIRST, files.EXP_3_3_FIRST):
        after = mend(text)[0].split("\n")
        for number, line in enumerate(text.split("\n")):
            if name := re.match(r"\s*(?:def|class) \w+", line):
                assert after[number].startswith(name[0])


@pytest.mark.parametrize(
    "imported",
    [
        "import scipy.misc\nread, resize, save = scipy.misc.imread, scipy.misc.imresize, scipy.misc.imsave",
        "import scipy.misc as m\nread, resize, save = m.imread, m.imresize, m.imsave",
        "from scipy import misc\nread, resize, save = misc.imread, misc.imresize, misc.imsave",
        "from scipy.misc import imread as read, imresize as resize, imsave as save",
    ],
)
def test_pictures_of_scipy(imported, tmp_path):
    if "save = " in imported:
        first, _, rest = imported.partition("\n")
        names, _, values = rest.partition(" = ")
        pairs = zip(names.split(", "), values.split(", "), strict=True)
        imported = first + "".join(f"\ndef {name}(*given): return {value}(*given)" for name, value in pairs)
    body = "def both(path, picture, size):\n    save(path, picture)\n    return read(path), resize(picture, size)\n"
    picture = np.random.default_rng(3).integers(0, 256, (20, 30, 3), dtype=np.uint8)
    same, small = run(f"import numpy as np\n{imported}\n{body}")["both"](tmp_path / "a.png", picture, [8, 12, 3])
    assert np.array_equal(same, picture)
    assert (small.shape, small.dtype) == ((8, 12, 3), np.uint8)
    assert abs(small.mean() - picture.mean()) < 2


def test_flattens_own_backward_gets_its_axes():
    layer = run(files.LAYERS_2)["FlattenLayer"]([2, 3, 4], [24])
    x = np.arange(48.0).reshape(2, 2, 3, 4)
    assert np.array_equal(layer.backward(layer.forward(x)), x)
    assert mend(files.LAYERS_2)[1][0].endswith("the gradient is given its four axes, which the course's own line needs")


def test_flattens_backward_that_is_right_is_left_alone():
    right = files.LAYERS_2.replace(
        "top_diff = np.transpose(top_diff, [0, 3, 1, 2])",
        "top_diff = top_diff.reshape(-1, self.input_shape[1], self.input_shape[2], self.input_shape[0])\n"
        "        top_diff = np.transpose(top_diff, [0, 3, 1, 2])",
    )
    assert mend(right) == (right, [])


def test_one_file_that_crashes_the_parser_costs_no_other():
    found = mended({"a.py": "x = " + "-" * 100_000 + "1", "b.py": "print 1"})
    assert found["b.py"].text == "print(1)"


@pytest.mark.parametrize(
    "text",
    [
        "import cv2\nx = cv2.dnn.readNet('a')",
        "from functools import reduce\nx = reduce(f, y)",
        "for k in d.keys(): pass\nx = zip(a, b)\ny = list(map(f, z))",
        "class A:\n    def next(self): return 1\nx = A().next()",
        "loss /= batch\nprint(loss)",
        "def mean(x):\n    return x / 2\ny = mean(3)",
    ],
)
def test_what_is_right_or_unknown_is_left_alone(text):
    assert mend(text) == (text, [])


CV2 = """import cv2
def read(name): return cv2.imread(name)
def turn(picture): return cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
def resize(picture, size): return cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR)
def save(name, picture): cv2.imwrite(name, picture)
"""


def test_cv2_by_pillow(tmp_path):
    """Blue comes first; sizes are columns and rows; what is resized stays bytes, or fractions where it was some."""
    names, file = run(CV2), str(tmp_path / "a.png")
    colours = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    names["save"](file, colours)
    assert (names["read"](file) == colours).all()
    assert (names["turn"](colours) == colours[:, :, ::-1]).all()
    even = np.full((6, 8, 3), 7, np.uint8)
    assert names["resize"](even, (4, 2)).shape == (2, 4, 3)
    assert names["resize"](even, (4, 2)).dtype == np.uint8
    assert names["resize"](even / 2, (4, 2)).mean() == 3.5
    assert names["resize"](even[:, :, 0], (4, 2)).shape == (2, 4)


EINOPS = """import einops
from einops import rearrange as turn
def filters(w): return einops.rearrange(w, 'h w i o -> o h w i').flatten()
def flat(w): return turn(einops.rearrange(w + 0, "h w i o -> i o h w"), 'i o h w -> (o h) w i')
"""


def test_einops_by_numpy():
    weight = np.random.default_rng(3).normal(size=(2, 3, 4, 5))
    names, said = run(EINOPS), mend(EINOPS)[1]
    assert np.array_equal(names["filters"](weight), np.einsum("hwio->ohwi", weight).ravel())
    assert np.array_equal(names["flat"](weight), np.einsum("hwio->ohwi", weight).reshape(10, 3, 4))
    end = "read as NumPy's transpose and reshape: einops is not there where hand-ins are graded"
    assert said == [
        f"lines 3 and 4: `einops.rearrange` {end}",
        f"line 4: `turn` {end}",
        f"lines 1 and 2: `einops` {end}",
    ]


@pytest.mark.parametrize(
    "use",
    [
        *("einops.rearrange(x, '(h w) c -> h w c', h=3)", "einops.rearrange(x, '... i -> i ...')"),
        *("einops.rearrange(x, pattern)", "einops.repeat(x, 'i -> i j', j=2)", "einops.rearrange(x, 'i j -> j')"),
        *("einops.rearrange(x, 'i 1 -> 1 i')", "einops.rearrange(x, 'i i -> i i')", "f(einops)"),
    ],
)
def test_other_uses_of_einops_are_left_alone(use):
    text = f"import einops\ny = einops.rearrange(x, 'i j -> j i')\nz = {use}\n"
    assert mend(text) == (text, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import pycnnl", "from aics.pycnml import pycnnl as pycnnl"),
        ("import time, pycnnl as dlp", "from aics.pycnml import pycnnl as dlp; import time"),
        ("from pycnnl import CnnlNet, IntVector as Row", "from aics.pycnml.pycnnl import CnnlNet, IntVector as Row"),
        ("from pycnnl import *", "from aics.pycnml.pycnnl import *"),
    ],
)
def test_the_second_editions_card_is_one_of_its_own(before, after):
    rest = "\nnet = pycnnl.CnnlNet()"
    text, said = mend(before + rest)
    assert text == after + rest
    assert said == ["line 1: `pycnnl` is the second edition's card: asked as that edition asks it"]


@pytest.mark.parametrize("start", ["import imageio", "import imageio.v2 as imageio"])
def test_imageio_by_pillow(tmp_path, start):
    rest = "def read(name): return imageio.imread(name)\ndef save(name, x): imageio.imwrite(name, x)\n"
    names = run(f"{start}\n{rest}")
    colours = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    names["save"](str(tmp_path / "a.png"), colours)
    assert (names["read"](str(tmp_path / "a.png")) == colours).all()
