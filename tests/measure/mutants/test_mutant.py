"""What each rule makes of a line, and which mutants of a cell there are."""

from __future__ import annotations

import pytest

from autograder.authoring.cell import Cell
from autograder.measure.mutants import mutant
from autograder.measure.mutants.mutant import RULES, mutants

#: Rule -> a body of ``def f(a, b, i, self)``, and all that the rule makes of it.
MADE = {
    "operator": [
        ("return a + b", ["return a - b", "return a * b"]),
        (
            "return 2 * (a + b)",
            ["return 2 / (a + b)", "return 2 + (a + b)", "return 2 * (a - b)", "return 2 * (a * b)"],
        ),
        ("a -= b", ["a += b", "a *= b", "a = b"]),
        ("return a @ b", ["return a * b"]),
    ],
    "operand": [
        ("return a + b", ["return a", "return b"]),
        ("return a @ b", ["return a", "return b", "return b @ a"]),
    ],
    "comparison": [("return a < b", ["return a <= b", "return a > b"]), ("return a is b", ["return a is not b"])],
    "condition": [
        ("return a and b", ["return a or b", "return a", "return b"]),
        ("return a if b else i", ["return a if not b else i", "return a", "return i"]),
    ],
    "sign": [("return -a", ["return a"])],
    "index": [
        ("return a[i, 2]", ["return a[i + 1, 2]", "return a[i - 1, 2]", "return a[i, 3]", "return a[i, 1]"]),
        ("return a['b']", []),
    ],
    "bound": [
        (
            "return a[i:b]",
            [
                "return a[i + 1:b]",
                "return a[i - 1:b]",
                "return a[:b]",
                "return a[i:b + 1]",
                "return a[i:b - 1]",
                "return a[i:]",
            ],
        ),
        ("return a[::2]", ["return a[1::2]", "return a[:-1:2]", "return a[:]", "return a[::3]"]),
    ],
    "axis": [
        ("return a.sum(axis=1)", ["return a.sum(axis=0)", "return a.sum(axis=2)", "return a.sum(axis=-1)"]),
        ("return a.sum(axis=(0, 2))", ["return a.sum(axis=(2,))", "return a.sum(axis=(0,))"]),
    ],
    "order": [
        ("return a.transpose(0, 2, 1)", ["return a.transpose(2, 0, 1)", "return a.transpose(0, 1, 2)"]),
        ("return a.T", ["return a"]),
        ("return f(a, b)", ["return f(b, a)"]),
        ("return max(a, b)", []),
        ("return np.clip(a, b, i)", ["return np.clip(a, i, b)"]),
    ],
    "constant": [
        ("return a * 2", ["return a * 3", "return a * 1"]),
        ("return a * 0.5", ["return a * 0.55", "return a * -0.5"]),
        ("return f(True, 'b')", ["return f(False, 'b')", "return f(True, 'b_')"]),
        ('raise ValueError("words for people")', []),
        ('return f"{a} words for people"', []),
    ],
    "dtype": [("return a.astype(np.uint8)", ["return a.astype(np.int8)", "return a.astype(np.int32)"])],
    "function": [
        ("return np.argmax(a)", ["return np.argmin(a)"]),
        ("return a.mean()", ["return a.sum()", "return a.max()"]),
        ("return min(a)", ["return max(a)"]),
    ],
    "call": [("return a.copy()", ["return a"]), ("return np.sqrt(a)", ["return a"]), ("a.sort()", [])],
    "keyword": [("return f(a, b=1, i=2)", ["return f(a, i=2)", "return f(a, b=1)"])],
    "loop": [
        ("return range(a)", ["return range(0, a - 1)", "return range(1, a)"]),
        ("return range(1, a)", ["return range(1, a - 1)", "return range(2, a)"]),
    ],
    "name": [
        ("return b", ["return a", "return i"]),
        ("return self.c - self.d", ["return self.d - self.d", "return self.c - self.c"]),
    ],
    "statement": [("a.sort()", ["pass"]), ("return a", ["pass"])],
    "swapped": [
        ("a += b; b = a", ["b = a; a += b"]),
        ("a = f(); b = f()", []),
        ("a = self.f(); b = self.f()", ["b = self.f(); a = self.f()"]),
        ("a = b; return a", []),
    ],
    "in_place": [("return a * b", ["return a.__imul__(b)"]), ("c = i; return c * b", [])],
    "way_out": [("for a in b: break", ["for a in b: continue"])],
}
EACH = [(rule, body, made) for rule, cases in MADE.items() for body, made in cases]


def cell(body: str) -> Cell:
    """A function of that body, its statements on lines of their own, all of it a solution."""
    lines = body.split("; ") if "def " not in body else [body]
    return Cell.of(
        "\n".join(
            ["def f(a, b, i, self):", "    ### BEGIN SOLUTION", *(f"    {x}" for x in lines), "    ### END SOLUTION"]
        )
    )


def made(rule: str, body: str) -> list[str]:
    return [each.now for each in mutants("question", cell(body)) if each.rule == rule]


@pytest.mark.parametrize(("rule", "body", "expected"), EACH, ids=[f"{rule}: {body}" for rule, body, _ in EACH])
def test_a_rule_makes_what_it_says(rule: str, body: str, expected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutant, "RULES", {rule: RULES[rule]})  # what two rules make is the first one's
    assert made(rule, body) == expected


def test_every_rule_is_in_this_test() -> None:
    assert set(MADE) == set(RULES)


MARKED = '''def f(a):
    """Words; 1."""
    b = a[1]  # given
    ### BEGIN SOLUTION
    return b  # a comment
    ### END SOLUTION
    raise NotImplementedError("f: return b")
'''


def test_only_the_solution_is_changed_and_its_marks_and_its_stub_are_gone() -> None:
    found = mutants("question", Cell.of(MARKED))
    assert {(each.line, each.was) for each in found} == {(4, "return b")}
    assert [each.now for each in found] == ["return a", "pass"]
    assert not any("NotImplementedError" in each.source or "###" in each.source for each in found)


def test_a_mutant_is_shown_as_a_diff() -> None:
    marked = Cell.of(MARKED)
    found = mutants("question", marked)[-1]
    assert found.diff(marked.source).splitlines()[2:] == [
        "@@ -3,2 +3,2 @@", "     b = a[1]  # given", "-    return b  # a comment", "+    pass  # a comment",
    ]  # fmt: skip


def test_what_has_the_same_bytecode_is_one_mutant_or_none() -> None:
    (only,) = [each for each in mutants("question", cell("return a - 0")) if each.now == "return a"]
    assert only.rule == "operand"
    assert made("loop", "return range(0)") == ["return range(0, -1)", "return range(1, 0)"]
    assert "return f(a)" not in [each.now for each in mutants("question", cell("return (f(a))"))]
