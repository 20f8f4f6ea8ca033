"""What each rule makes of a function, and that it leaves alone what it could break."""

from __future__ import annotations

from itertools import islice

import pytest

from autograder.measure.rewrites.answer import Answer
from autograder.measure.rewrites.rewrite import RULES, SEVERAL, rewrites

#: Rule -> pairs of a body of ``def f(self, x, n)`` and the first that the rule makes of it.
MADE = {
    "local": [("y = x\nreturn y", "a = x\nreturn a"), ("y = x\nreturn f(y=y)", "a = x\nreturn f(y=a)")],
    "shadowing": [("y = x\nreturn y", "sum = x\nreturn sum")],
    "temporary": [("return f(x * n)", "tmp = x * n\nreturn f(tmp)")],
    "inlined": [("y = x + 1\nreturn y * n", "return (x + 1) * n")],
    "swapped": [("y = x + 1\nz = n\nreturn y, z", "z = n\ny = x + 1\nreturn y, z")],
    "named": [("return x + 1", "tmp = x + 1\nreturn tmp")],
    "negated": [
        ("return x if n else 1", "return 1 if not n else x"),
        ("if n:\n    x = 1\nelse:\n    x = 2\nreturn x", "if not n:\n    x = 2\nelse:\n    x = 1\nreturn x"),
    ],
    "nested": [("if n and x:\n    return 1\nreturn 2", "if n:\n    if x:\n        return 1\nreturn 2")],
    "else_dropped": [
        ("if n:\n    return 1\nelse:\n    return 2", "if n:\n    return 1\nreturn 2"),
        ("if n:\n    return 1\nreturn 2", "if n:\n    return 1\nelse:\n    return 2"),
    ],
    "one_way_out": [
        (
            "if n:\n    return 1\nx = 3\nreturn x",
            "if n:\n    answer = 1\nelse:\n    x = 3\n    answer = x\nreturn answer",
        )
    ],
    "counted_by_hand": [
        (
            "for i in range(n):\n    f(i)",
            "k, stop = 0, n\nwhile k < stop:\n    i = k\n    k += 1\n    f(i)",
        )
    ],
    "without_enumerate": [
        ("for i, y in enumerate(x):\n    f(i, y)", "i = 0 - 1\nfor y in x:\n    i += 1\n    f(i, y)"),
    ],
    "written_out": [
        (
            "return [f(y) for y in x if y]",
            "items = []\nfor y in x:\n    if y:\n        items.append(f(y))\nreturn items",
        )
    ],
    "comprehended": [("z = []\nfor y in x:\n    z.append(f(y))\nreturn z", "z = [f(y) for y in x]\nreturn z")],
    "listed": [("return sum(y for y in x)", "return sum([y for y in x])")],
    "as_function": [
        ("return x.sum(axis=0)", "return np.sum(x, axis=0)"),
        ("return x.reshape(n, -1)", "return np.reshape(x, (n, -1, ))"),
        ("return x.T", "return np.transpose(x)"),
    ],
    "as_method": [("return np.sum(np.abs(x), axis=1)", "return np.abs(x).sum(axis=1)")],
    "product": [("return x @ n", "return np.matmul(x, n)"), ("return np.matmul(x, n + 1)", "return (x @ (n + 1))")],
    "by_place": [("return np.sum(x, axis=1)", "return np.sum(x, 1)")],
    "by_name": [
        ("return np.sum(x, 1)", "return np.sum(x, axis = 1)"),
        ("return np.reshape(x, (n, -1))", "return np.reshape(x, shape = (n, -1))"),
    ],
    "commuted": [("return x * n", "return n * x"), ("return 1 + x", "return x + 1")],
    "regrouped": [("return x * n * 2", "return x * (n * 2)")],
    "mirrored": [("return x < n + 1", "return (n + 1) > x")],
    "augmented": [("k = 0\nk += n\nreturn k", "k = 0\nk = k + n\nreturn k")],
    "squared": [("return (x + n) ** 2", "return ((x + n) * (x + n))")],
    "of_numpy": [("N, C = x.shape\nreturn N // C", "N, C = np.array(x.shape)\nreturn N // C")],
    "of_python": [("N, C = x.shape\nk = N // C\nreturn k", "N, C = x.shape\nk = int(N // C)\nreturn k")],
    "without_docstring": [('"""Words."""\nreturn x', "return x")],
    "without_comments": [("return x  # words", "return x")],
}
#: Rule -> bodies that it must leave as they are.
LEFT = {
    "local": ["return x", "global y\ny = x", "return locals()"],
    "temporary": ["return f(next(x), n * 2)", "return [y * 2 for y in x]", "return n and x * 2"],
    "inlined": ["y = next(x)\nreturn y", "y = x + 1\nreturn y * y", "y = x.pop()\nreturn y"],
    "swapped": ["y = x\nz = y\nreturn z", "y = next(x)\nz = next(x)\nreturn y, z", "x[0] = 1\nz = x\nreturn z"],
    "one_way_out": ["for y in x:\n    if y:\n        return 1\nreturn 2", "if n:\n    return 1\nx = 2"],
    "without_enumerate": ["for i, y in enumerate(x):\n    i = 2"],
    "written_out": ["y = [y for y in x]", "return [a for b in x for a in b]"],
    "comprehended": ["z = []\nfor y in x:\n    z.append(y)\nreturn y"],
    "as_function": ["return np.max(x)", "return x.transpose(Image.ROTATE_90)"],
    "as_method": ["return np.sum(x)"],
    "commuted": ["return 'a' + x", "return x + [n]", "return next(x) * next(x)", "return x + n"],
    "augmented": ["x += 1\nreturn x", "k = x\nk += 1\nreturn k"],
    "of_numpy": ["N, C = x.shape\nreturn [0] * N", "N, C = n, x.shape[1]"],
    "in_double": ["y = np.float32(x), n\nreturn y", "return f(np.float32(x))", "return np.float32(x), np.half(n)"],
    "of_python": ["k = x // n\nreturn k"],
}


def cell(body: str, head: str = "") -> str:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f"{head}def f(self, x, n):\n{lines}"


@pytest.mark.parametrize(("rule", "before", "after"), [(r, *pair) for r, pairs in MADE.items() for pair in pairs])
def test_a_rule_writes_the_same_otherwise(rule: str, before: str, after: str) -> None:
    made = [edit.code for edit in islice(RULES[rule](Answer.of(cell(before))), 10)]
    assert cell(after) in made


@pytest.mark.parametrize(("rule", "body"), [(rule, body) for rule, bodies in LEFT.items() for body in bodies])
def test_a_rule_leaves_alone_what_it_could_break(rule: str, body: str) -> None:
    assert not list(RULES[rule](Answer.of(cell(body))))


def test_lines_move_into_a_helper_with_what_they_need() -> None:
    made = [edit.code for edit in RULES["helped"](Answer.of(cell("y = x + n\nz = y * 2\nreturn z - n")))]
    assert (
        cell(
            "z = prepare_part(n, x)\nreturn z - n",
            "def prepare_part(n, x):\n    y = x + n\n    z = y * 2\n    return z\n",
        )
        in made
    )


def test_a_helper_is_given_what_the_function_has_imported() -> None:
    made = [edit.code for edit in RULES["helped"](Answer.of(cell("from math import pi as p\ny = x * p\nreturn y")))]
    helper = "def prepare_part(p, x):\n    y = x * p\n    return y\n"
    assert cell("from math import pi as p\ny = prepare_part(p, x)\nreturn y", helper) in made


def test_lines_that_need_what_only_a_branch_imports_stay_where_they_are() -> None:
    answer = Answer.of(cell("if n:\n    from math import pi as p\ny = x * p\nreturn y"))
    assert not list(RULES["helped"](answer))


def test_a_body_moves_out_with_all_parameters() -> None:
    answer = Answer.of("def f(x, n=2, *, k=1, **rest):\n    return x\n")
    (made,) = [edit.code for edit in RULES["moved_out"](answer)]
    assert "def _impl(x, n, *, k, **rest):\n    return x\n" in made
    assert "def f(x, n=2, *, k=1, **rest):\n    return _impl(x, n, k=k, **rest)\n" in made


def test_names_from_outside_are_kept() -> None:
    answer = Answer.of("def helper(x):\n    total = x\n    return total\n")
    kept = Answer(answer.tree, frozenset({"helper", "total"}))
    assert list(RULES["helper"](answer))
    assert not [*RULES["helper"](kept), *RULES["local"](kept)]


def test_rewrites_are_of_many_rules_and_the_same_each_time() -> None:
    answer = Answer.of(cell('"""Words."""\ny = x + n  # words\nreturn y * 2'))
    found = rewrites("q", "solution", answer, 12)
    assert found == rewrites("q", "solution", answer, 12)
    assert len({each.source for each in found}) == len(found) == 12
    assert found[0].rule == SEVERAL
    assert len({each.rule for each in found}) > 8
