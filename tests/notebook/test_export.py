"""The exported files run by themselves, do what the notebook did, and name what is unfinished."""

from __future__ import annotations

import linecache
import subprocess
import sys
import textwrap
from pathlib import Path

import jupytext
import numpy as np
import pytest

from aics.notebook.export import ExportError, export, unfinished
from aics.notebook.methods import add_to_class

LAYOUT = "aics.tiny.asks"


@pytest.fixture
def notebook(monkeypatch):
    """Runs cells as a kernel does: one namespace, and every cell's source known to `inspect`."""
    namespace = {"__name__": "__main__", "np": np, "add_to_class": add_to_class}
    layout = type(sys)(LAYOUT)
    layout.EXPORTS = {"layers_1.py": ("OneLayer",), "layers_2.py": ("TwoLayer",)}
    monkeypatch.setitem(sys.modules, "aics.tiny", type(sys)("aics.tiny"))
    monkeypatch.setitem(sys.modules, LAYOUT, layout)

    def run(*cells):
        for number, cell in enumerate(cells):
            source = textwrap.dedent(cell).lstrip("\n")
            name = f"<cell {len(namespace)}-{number}>"
            linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
            exec(compile(source, name, "exec"), namespace)
        return namespace

    return run


SKELETONS = '''
class OneLayer:
    """One idea.

    weight : (2,)
    """

    def __init__(self, size):
        self.size = size


class TwoLayer:
    scale = 3
'''
FILLED = """
@add_to_class(OneLayer)
def forward(self, x):
    return scaled(x) + OFFSET
    raise NotImplementedError("lab 0, one: return the output")


@add_to_class(OneLayer)
def backward(self, d):
    return [np.sqrt(v) for v in d if v > LIMITS["low"]]


@add_to_class(TwoLayer)
def forward(self, x):
    return OneLayer(2).forward(x) * self.scale


@add_to_class(TwoLayer)
def backward(self, d):
    return d
"""
HELPERS = """
import time
from math import floor

OFFSET = np.array([1.5, 2.5], dtype=np.float32)
LIMITS = {"low": 0.0}

def twice(x, factor=2):
    time.perf_counter()
    return [floor(v) * factor for v in x]

def scaled(x):
    def inner():
        return twice(x)
    return np.array(inner(), dtype=np.float32)
"""


def run_python(folder, code):
    """What a fresh, isolated process prints that sees nothing but the exported folder and NumPy."""
    script = f"import sys; sys.path.insert(0, {str(folder)!r}); import numpy as np\n{code}"
    environment = {"PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_files_run_alone_and_behave_the_same(notebook, tmp_path):
    namespace = notebook(SKELETONS, HELPERS, FILLED)
    paths = export("tiny", namespace, tmp_path / "stu_upload")
    assert [path.name for path in paths] == ["layers_1.py", "layers_2.py"]
    code = (
        "from layers_2 import TwoLayer; from layers_1 import OneLayer\n"
        "print(TwoLayer().forward([1.9, 4.2]).tolist(), float(sum(OneLayer(1).backward([4, -1, 9]))))\n"
        "print('aics' in sys.modules)"
    )
    expected = namespace["TwoLayer"]().forward([1.9, 4.2]).tolist()
    assert run_python(paths[0].parent, code) == f"{expected} 5.0\nFalse"


def test_only_what_is_used_is_written(notebook, tmp_path):
    notebook(SKELETONS, HELPERS, FILLED)
    first, second = export("tiny", notebook("UNUSED = 4\ndef idle():\n    pass\n"), tmp_path)
    text = first.read_text()
    assert "UNUSED" not in text
    assert "idle" not in text
    assert "add_to_class" not in text
    assert "import time" in text
    assert "from math import floor" in text
    assert "from layers_1 import OneLayer" in second.read_text()
    assert "import numpy" not in second.read_text()


def test_a_redefined_method_replaces_the_first(notebook, tmp_path):
    namespace = notebook(SKELETONS, HELPERS, FILLED, "@add_to_class(OneLayer)\ndef forward(self, x):\n    return 7\n")
    text = export("tiny", namespace, tmp_path)[0].read_text()
    assert text.count("def forward") == 1
    assert "return 7" in text


def test_wrapped_methods_keep_their_own_decorators(notebook, tmp_path):
    cell = """
        from functools import lru_cache

        @lru_cache
        def slow(n):
            return n + 1

        @add_to_class(OneLayer)
        @staticmethod
        def other(n):
            return slow(n)
    """
    cell = cell.replace("@add_to_class(OneLayer)\n        @staticmethod", "@staticmethod")
    namespace = notebook(SKELETONS, HELPERS, FILLED, cell, "OneLayer.other = other")
    paths = export("tiny", namespace, tmp_path)
    assert run_python(tmp_path, "from layers_1 import OneLayer; print(OneLayer(1).other(4))") == "5"
    assert "@lru_cache" in paths[0].read_text()


def test_text_inside_strings_is_not_indented(notebook, tmp_path):
    cell = '@add_to_class(OneLayer)\ndef words(self):\n    return """a\n b\nc"""\n'
    export("tiny", notebook(SKELETONS, HELPERS, FILLED, cell), tmp_path)
    assert run_python(tmp_path, "from layers_1 import OneLayer; print(repr(OneLayer(1).words()))") == repr("a\n b\nc")


def test_a_function_set_under_another_name_is_written_under_that_name(notebook, tmp_path):
    cell = "def quick(self, x):\n    return 11\n\nOneLayer.forward = quick\n"
    export("tiny", notebook(SKELETONS, HELPERS, FILLED, cell), tmp_path)
    assert run_python(tmp_path, "from layers_1 import OneLayer; print(OneLayer(1).forward(0))") == "11"


def test_unfilled_stubs_are_listed_and_the_files_still_import(notebook, tmp_path, capsys):
    stub = '@add_to_class(OneLayer)\ndef forward(self, x):\n    raise NotImplementedError("lab 0, one: return it")\n'
    namespace = notebook(SKELETONS, HELPERS, FILLED, stub)
    export("tiny", namespace, tmp_path)
    assert "OneLayer.forward" in capsys.readouterr().out
    assert unfinished(namespace["OneLayer"]) == ["OneLayer.forward"]
    assert unfinished(namespace["TwoLayer"]) == []
    assert run_python(tmp_path, "import layers_1, layers_2; print('imported')") == "imported"


def test_a_method_whose_cell_was_not_run_is_listed(notebook):
    cell = (
        "class TwoLayer:\n    def __init__(self):\n        self.act = abs\n\n"
        "    def forward(self, x):\n        return self.forward_raw(self.act(x))\n"
    )
    lines = unfinished(notebook(SKELETONS, cell)["TwoLayer"])
    assert lines == [
        "TwoLayer.backward (its cell has not been run)",
        "TwoLayer.forward_raw (its cell has not been run)",
    ]


def test_missing_classes_and_lost_sources_are_said(notebook, tmp_path):
    namespace = notebook(SKELETONS)
    with pytest.raises(ExportError, match="Not defined: TwoLayer"):
        export("tiny", {k: v for k, v in namespace.items() if k != "TwoLayer"}, tmp_path)
    exec("def forward(self, x):\n    return x\nOneLayer.forward = forward", namespace)
    with pytest.raises(ExportError, match="forward is not known"):
        export("tiny", namespace, tmp_path)
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_written_is_noted(notebook, tmp_path, capsys):
    cell = "lock = object()\n@add_to_class(OneLayer)\ndef hold(self):\n    return lock, absent\n"
    export("tiny", notebook(SKELETONS, HELPERS, FILLED, cell), tmp_path)
    notes = capsys.readouterr().err
    assert "lock, a object, cannot be written" in notes
    assert "absent is used but not defined" in notes


def test_the_finished_lab_2_runs_alone_and_gives_the_same_numbers(notebook, tmp_path):
    source = Path(__file__).parents[2] / "solutions" / "lab2_layers" / "notebook.py"
    cells = [c.source for c in jupytext.read(source, fmt="py:percent").cells if {"given", "code"} & set(c.metadata)]
    namespace = notebook(*cells)
    export("lab2_layers", namespace, tmp_path)
    assert [line for cls in ("ConvolutionalLayer", "MaxPoolingLayer") for line in unfinished(namespace[cls])] == []
    code = """
x = np.random.default_rng(0).standard_normal((2, 3, 7, 9)).astype(np.float32)
numbers = []
for kind in (0, 1):
    np.random.seed(kind)
    layers = [ConvolutionalLayer(3, 3, 4, 1, 1, kind), ReLULayer(), MaxPoolingLayer(2, 2, kind)]
    layers += [FlattenLayer([4, 3, 4], [48]), FullyConnectedLayer(48, 5)]
    layers[0].init_param()
    layers[-1].init_param()
    y = x
    for layer in layers:
        y = layer.forward(y)
    loss = SoftmaxLossLayer()
    loss.forward(y)
    numbers.append(float(loss.get_loss(np.array([1, 4]))))
    d = loss.backward()
    for layer in reversed(layers):
        d = layer.backward(d)
    numbers += [float(abs(d).sum()), float(abs(layers[0].d_weight).sum())]
"""
    exec(code, namespace)
    imports = "from layers_1 import *; from layers_2 import *\n"
    assert run_python(tmp_path, f"{imports}{code}\nprint(numbers)") == str(namespace["numbers"])


def earlier_lab(monkeypatch, tmp_path):
    """A class of an earlier lab's file, as a notebook imports it."""
    (tmp_path / "stu_upload").mkdir()
    (tmp_path / "stu_upload" / "old.py").write_text(
        "class OneLayer:\n    def forward(self, x):\n        return x + 1\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("stu_upload", "stu_upload.old"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return "from stu_upload.old import OneLayer as Before"


def test_a_base_class_that_was_imported_under_another_name_keeps_it(notebook, monkeypatch, tmp_path):
    namespace = notebook(
        earlier_lab(monkeypatch, tmp_path),
        "class OneLayer(Before):\n    def forward(self, x):\n        return 2 * super().forward(x)",
        "class TwoLayer:\n    def forward(self, x):\n        return OneLayer().forward(x)",
    )
    files = export("tiny", namespace, tmp_path / "stu_upload")
    text = files[0].read_text()
    assert "from stu_upload.old import OneLayer as Before" in text
    assert "class OneLayer(Before):" in text
    assert "from stu_upload.layers_1 import OneLayer" in files[1].read_text()
    code = "from stu_upload.layers_2 import TwoLayer; print(TwoLayer().forward(3))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "8\n"


TABLE = """
RULES = {}


def rule_of(*names):
    def keep(function):
        RULES.update(dict.fromkeys(names, function))
        return function

    return keep


@rule_of("Neg", "Minus")
def negative(x):
    return -x
"""
BY_TABLE = """
class OneLayer:
    def forward(self, x):
        return RULES["Twice"](RULES["Minus"](x))


class TwoLayer:
    pass
"""


def test_a_table_of_functions_is_filled_where_it_is_exported(notebook, tmp_path, capsys):
    late = "\n\n@rule_of('Twice')\ndef twice(x):\n    return 2 * x\n"
    export("tiny", notebook(TABLE, BY_TABLE, late), tmp_path)
    line = "from layers_1 import RULES, OneLayer; print(OneLayer().forward(3), sorted(RULES))"
    done = subprocess.run([sys.executable, "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == "-6 ['Minus', 'Neg', 'Twice']\n", done.stderr
    assert not capsys.readouterr().err


UNDER_A_MANAGER = """
from contextlib import contextmanager


class OneLayer:
    @contextmanager
    def opened(self):
        yield len(LETTERS)

    def forward(self, x):
        with self.opened() as number:
            return number + x
        raise NotImplementedError("lab 0, one: return the output")


class TwoLayer:
    @contextmanager
    def opened(self):
        raise NotImplementedError("lab 0, two: yield once")


LETTERS = "abc"
"""


def test_what_stands_under_a_decorator_is_looked_into(notebook, tmp_path, capsys):
    namespace = notebook(UNDER_A_MANAGER)
    export("tiny", namespace, tmp_path)
    assert not capsys.readouterr().err
    line = "from layers_1 import OneLayer; print(OneLayer().forward(1))"
    done = subprocess.run([sys.executable, "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == "4\n", done.stderr
    assert [name for name in unfinished(namespace["OneLayer"]) if "backward" not in name] == []
    assert "TwoLayer.opened" in unfinished(namespace["TwoLayer"])
