"""Whether code has a loop of its own: in its text, and in what really ran."""

from __future__ import annotations

import numpy as np
import pytest

from aics.check.loops import runs_loop, spells_loop

LOOPS = {
    "for": "for i in range(9):\n    f(i)",
    "while": "while x < 3:\n    x = f(x)",
    "in a function": "def f(x):\n    for i in x: g(i)",
    "comprehension": "y = [f(i) for i in x]",
    "generator": "y = sum(f(i) for i in x)",
}
NONE = {
    "product": "y = a @ b",
    "comment": "y = np.einsum('ij,jk', a, b)  # for all rows in a",
    "docstring": 'def f(x):\n    """Return x for a while."""\n    return x',
    "name": "forward = while_true = 1",
    "no Python at all": "for for (((",
}


@pytest.mark.parametrize("name", [*LOOPS, *NONE])
def test_a_loop_is_seen_in_a_text(name):
    assert spells_loop({**LOOPS, **NONE}[name]) == (name in LOOPS)


RUN = {
    "for": ("def f(x):\n    y = 0\n    for i in x: y += i\n    return y", True),
    "while": ("def f(x):\n    i = 0\n    while i < 3:\n        i += 1", True),
    "comprehension": ("def f(x):\n    return [i for i in x]", True),
    "in what it calls": ("def g(x):\n    for i in x: pass\ndef f(x):\n    g(x)", True),
    "in what it does not call": ("def g(x):\n    for i in x: pass\ndef f(x):\n    return x @ x", False),
    "none": ("def f(x):\n    if x.size:\n        x = x * 2\n    return np.einsum('i,i', x, x)", False),
    "inside Python's own modules": ("import textwrap\ndef f(x):\n    return textwrap.dedent(' a\\n b')", False),
    "inside NumPy": ("def f(x):\n    return np.apply_along_axis(np.sum, 0, x)", False),
}


@pytest.mark.parametrize("name", RUN)
def test_a_loop_is_seen_in_what_ran(name):
    source, loops = RUN[name]
    namespace = {"np": np}
    exec(compile(source, "<cell>", "exec"), namespace)
    assert runs_loop(lambda: namespace["f"](np.arange(3.0))) == loops
