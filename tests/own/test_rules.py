"""What is asked of a cell, by rule, and what never is."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from aics.own.cell import OwnCell
from aics.own.make import candidates, own_questions
from aics.own.trial import Trial


def answered(f, *, x, k=1):
    return {"output": f(x, k)}


def trial(text: str, **case) -> Trial:
    names: dict = {"np": np}
    exec(compile(text.strip("\n"), "<cell>", "exec"), names)
    return Trial(OwnCell.of(text), names, answered, {"x": np.arange(24.0).reshape(2, 3, 4), **case}, 1)


def found(text: str, **case) -> set[tuple]:
    return {(c.asked.kind, c.asked.line, c.asked.name, c.asked.right) for c in candidates(trial(text, **case))}


LOOPS = """
def f(x, k):
    total = np.zeros(x.shape[1:])
    for n in range(len(x)):
        for c in range(x.shape[1]):
            total[c] += x[n, c] * k
    return total
"""


def test_how_often_a_line_runs_and_what_a_loops_name_holds_in_the_end():
    asked = found(LOOPS)
    assert ("count", 5, "total[c] += x[n, c] * k", 6) in asked
    assert {("held", 3, "n", 1), ("held", 4, "c", 2)} & asked == {("held", 4, "c", 2)}, "1 stands in the text"
    assert ("shape", 2, "total", (3, 4)) in asked


def test_shapes_of_names_and_of_parts_that_no_name_holds():
    asked = found("def f(x, k):\n    rows = x.reshape(len(x), -1)\n    return rows @ rows.T")
    assert {
        ("shape", 2, "rows", (2, 12)),
        ("part", 3, "rows.T", (12, 2)),
        ("part", 3, "rows @ rows.T", (2, 2)),
    } <= asked


@pytest.mark.parametrize(
    ("line", "call", "other", "instead", "right"),
    [
        ("x.sum(axis=1)", "x.sum(axis=1)", "axis=1", "axis=0", (3, 4)),
        ("x.mean(0)", "x.mean(0)", "(0)", "(1)", (2, 4)),
        ("x.max(axis=(1, 2))", "x.max(axis=(1, 2))", "axis=(1, 2)", "axis=1", (2, 4)),
        ("x.max(axis=1, keepdims=True)", "x.max(axis=1, keepdims=True)", "keepdims=True", "keepdims=False", (2, 4)),
        ("x.transpose(0, 2, 1)", "x.transpose(0, 2, 1)", "..., 2, 1", "..., 1, 2", (2, 3, 4)),
        ("x[:, 0].sum(axis=1)[0] + x.sum(axis=2)", "x.sum(axis=2)", "axis=2", "axis=0", (3, 4)),
        ("np.append(x, x[:, :, :1], axis=2)", "np.append(x, x[:, :, :1], axis=2)", "axis=2", "axis=0", "error"),
    ],
)
def test_what_another_axis_would_make_of_a_call(line, call, other, instead, right):
    asked = [c.asked for c in candidates(trial(f"def f(x, k):\n    return {line}"))]
    (one,) = [a for a in asked if a.kind == "changed" and a.name == call and a.other == other]
    assert (one.instead, one.right) == (instead, right)


def test_what_another_stride_of_the_case_would_make_of_an_array():
    asked = [c.asked for c in candidates(trial("def f(x, k):\n    some = x[:, :, ::k]\n    return some", k=1))]
    (one,) = [a for a in asked if a.kind == "input"]
    assert (one.name, one.other, one.instead, one.right) == ("some", "k = 1", "k = 2", (2, 3, 2))


def test_views_and_copies_are_told_apart():
    text = "def f(x, k):\n    one = x.reshape(6, 4)\n    two = x[[0, 1]]\n    return one.sum() + two"
    assert {("view", 2, "one", True), ("view", 3, "two", False)} <= found(text)


def test_dtypes_are_asked_where_there_are_several_and_the_line_does_not_say_it():
    text = "def f(x, k):\n    large = x > 5\n    small = x.astype(np.float32)\n    return np.where(large, small, 0)"
    asked = found(text)
    assert ("dtype", 2, "large", "bool") in asked
    assert not any(kind == "dtype" and name == "small" for kind, _, name, _ in asked)


def test_the_first_line_that_makes_a_shape():
    text = "def f(x, k):\n    a = x * 2\n    b = a.sum(axis=1)\n    c = b * 3\n    return c"
    assert ("first", 3, "(2, 4)", 3) in found(text)


def test_attributes_of_the_layer_and_lengths_of_lists():
    text = "def f(x, k):\n    kept = [row for row in x.reshape(-1, 4)]\n    return np.array(kept)"
    assert ("length", 2, "kept", 6) in found(text)
    layer = """
class L:
    def run(self, x):
        self.mask = x > 0
        return self.mask


def f(x, k):
    return L().run(x[0])
"""
    assert ("shape", 3, "self.mask", (3, 4)) in found(layer)


@pytest.mark.parametrize(
    ("line", "name"),
    [("made = np.zeros((2, 3))", "made"), ("n = 7", "n"), ("n = 3 + 4 - 7 + 3", "n"), ("same = x", "same")],
)
def test_what_is_written_in_the_line_is_not_asked(line, name):
    asked = found(f"def f(x, k):\n    {line}\n    return x + k")
    assert not [one for one in asked if one[2] == name]


def test_what_hangs_on_the_numbers_in_an_array_is_not_asked():
    """Nobody can work it out by hand: the same sizes with other contents must give the same answer."""
    lines = ("most = int(x.flat[0]) + 40", "few = x.ravel()[: most - 31]", "return few * most")
    text = "\n    ".join(("def f(x, k):", *lines))
    names: dict = {"np": np}
    exec(compile(text, "<cell>", "exec"), names)
    cases = [{"x": np.arange(24.0).reshape(2, 3, 4)}]
    for number in range(20):  # another text each time, and so another choice
        source = text + f"  # {number}"
        asked = own_questions("q", source, answered, names, cases)
        assert {one.kind for one in asked if one.name in ("most", "few", "most - 31", "few * most")} <= {
            "view",
            "dtype",
        }


def test_the_same_text_is_asked_the_same_and_spaces_at_line_ends_are_no_text():
    names, cases = trial(LOOPS).namespace, [{"x": np.arange(24.0).reshape(2, 3, 4)}]
    first = own_questions("q", LOOPS, answered, names, cases)
    assert len(first) == 2
    assert first[0].kind != first[1].kind
    assert own_questions("q", LOOPS.replace("\n", "  \n") + "\n\n", answered, names, cases) == first


def test_nothing_is_left_behind():
    """The functions, the notebook's names, NumPy's random state and a debugger's trace are what they were."""
    text = "def f(x, k):\n    y = x.sum(axis=1) + np.random.rand()\n    return y @ np.ones((4, 1))"
    tried = trial(text)
    names, function = dict(tried.namespace), tried.namespace["f"]
    code, state, trace = function.__code__, np.random.get_state()[1].copy(), sys.gettrace()
    assert candidates(tried)
    assert function.__code__ is code
    assert tried.namespace == names
    assert sys.gettrace() is trace
    assert np.array_equal(np.random.get_state()[1], state)


def test_code_that_runs_for_very_long_is_not_asked_about():
    text = "def f(x, k):\n    n = 0\n    while n < 10**5:\n        n += 1\n    return x + n"
    assert candidates(trial(text)) == []


def test_a_cell_that_was_edited_and_not_run_is_not_asked_about():
    tried = trial(LOOPS)
    assert own_questions("q", LOOPS.replace("* k", "* 2"), answered, tried.namespace, [tried.case]) == []


@pytest.mark.parametrize("text", ["def f(:", "", "x = 1", "%%time\nx = 1", "def f(x, k):\n    return 1 / 0", "\0"])
def test_what_cannot_be_asked_about_brings_no_question(text):
    names = {"f": lambda x, _k: x, "np": np}
    assert own_questions("q", text, answered, names, [{"x": np.zeros((2, 3))}]) == []


def answered_twice(f, *, x, k=1):
    """One output with the entries of x, one in which they are together."""
    output, total = f(x, k)
    return {"output": output, "total": total}


def needed(*lines: str, x=None, before: str = "") -> list[tuple]:
    """Kind, line, piece and what is left of it, of the questions which line several entries need."""
    text = "\n    ".join((f"{before}def f(x, k):", *lines))
    names: dict = {"np": np}
    exec(compile(text, "<cell>", "exec"), names)
    given = np.arange(24.0).reshape(2, 3, 4) if x is None else x
    tried = Trial(OwnCell.of(text), names, answered_twice, {"x": given}, 1)
    found = [c.asked for c in candidates(tried) if c.asked.kind.startswith("needed")]
    return [(one.kind, one.right, one.other, one.instead) for one in found]


SUM = "total = x.sum(axis=0, keepdims=True)"


def test_the_one_line_that_several_entries_need():
    summed = "x.sum(axis=0, keepdims=True)"
    assert needed("y = x * 2", SUM, "return y, total") == [("needed", 3, summed, "x")]
    loop = "rows = []", "for n in range(len(x)):", "    rows.append(x[n, 0])", "return np.array(rows), 1"
    assert needed(*loop) == [("needed", 3, "for n in range(len(x)):", "")]


def test_a_batch_may_leave_no_rows_but_a_mean():
    mean = "np.sum(x) / len(x)"
    assert needed(f"mean = {mean}", "return mean, mean") == [("needed", 2, mean, "np.sum(x)")]


def test_of_several_such_lines_it_is_the_first():
    more = "total = total / len(x)"
    assert [line for _, line, _, _ in needed("y = x * 2", SUM, more, "return y, total")] == [3]
    divided = "total = x / len(x)"
    assert [piece for _, _, piece, _ in needed("y = x * 2", divided, "return y, total.sum()")] == ["x / len(x)"]


def test_a_statement_on_several_lines_is_not_asked_for():
    lines = "total = (", "    x.sum(axis=0, keepdims=True)", ")"
    assert needed("y = x * 2", *lines, "return y, total") == []


def test_a_line_that_nobody_needs_is_none():
    assert needed("y = x * 2 + 0", "return y, 1") == []


def test_a_case_with_one_entry_is_made_one_with_more():
    one = np.arange(12.0).reshape(1, 3, 4)
    assert [found[:2] for found in needed("y = x * 2", SUM, "return y, total", x=one)] == [("needed_by_more", 3)]


def test_without_entries_that_are_answered_one_by_one_no_line_is_asked_for():
    assert needed("y = x - x.mean()", "total = y.std(axis=0, keepdims=True)", "return y, total") == []


def test_code_that_keeps_something_is_not_run_with_pieces_left_out():
    assert needed("y = x * 2", "kept.append(y)", SUM, "return y, total", before="kept = []\n") == []
    assert needed("y = x * 2", "if len(x) > 99:", "    np.save('y', y)", SUM, "return y, total") == []


def test_a_loop_that_would_never_end_without_a_piece_is_stopped():
    for_one_too = "n = 0", "while n < 5:", "    n += 1"
    assert [line for _, line, _, _ in needed(*for_one_too, SUM, "return x * 2, total")] == [5]
    for_several = "n = 0", "while n < len(x):", "    n += 1", "return x * 2, n"
    assert needed(*for_several) == [("needed", 4, "n += 1", "n = 1")]


def test_what_code_says_without_its_pieces_is_not_shown(capsys, recwarn):
    """Most of it is nonsense, and it is said a hundred times."""
    assert needed("y = x * 2", SUM, "print(y.shape)", "return y, (total / (x.size > 0))")
    shown = capsys.readouterr().out.splitlines()
    assert set(shown) <= {"(2, 3, 4)", "(1, 3, 4)"}
    assert len(shown) < 20
    assert not recwarn.list
