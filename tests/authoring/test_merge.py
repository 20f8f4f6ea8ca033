"""Two mistakes in one cell: what each changes in the solution, both applied."""

from __future__ import annotations

import pytest

from autograder.authoring.merge import OVERLAP, SAME, merged, plain

SOLUTION = '''
def f(a, b):
    """Words."""
    c = a + b  # a comment
    d = c * 2
    return d
'''


def cell(was: str, now: str) -> str:
    assert was in SOLUTION
    return plain(SOLUTION.replace(was, now))


@pytest.mark.parametrize(
    ("one", "other", "body"),
    [
        (("a + b", "a"), ("c * 2", "c"), "c = a\n    d = c\n    return d"),
        (("a + b", "a - b"), ("return d", "return -d"), "c = a - b\n    d = c * 2\n    return -d"),
        (("    d = c * 2\n", ""), ("a + b", "b"), "c = b\n    return d"),
        (("a + b", "a - b"), ("c = a", "c = 2 * a"), "c = 2 * a - b\n    d = c * 2\n    return d"),  # in one line
    ],
)
def test_both_are_made(one: tuple[str, str], other: tuple[str, str], body: str) -> None:
    expected = f"def f(a, b):\n    {body}\n"
    for two in ((one, other), (other, one)):
        assert merged(plain(SOLUTION), *(cell(*each) for each in two)) == (expected, "")


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (("a + b", "a - b"), ("a + b", "a * b"), OVERLAP),
        (("a + b", "a - b"), ("a + b", "a-b"), SAME),
        (("a + b", "a - b"), ("a + b  # a comment\n    d = c * 2", "a - b\n    d = c"), SAME),
    ],
)
def test_what_makes_no_cell_of_its_own_is_left_out(one: tuple[str, str], other: tuple[str, str], why: str) -> None:
    assert merged(plain(SOLUTION), cell(*one), cell(*other)) == ("", why)


def test_words_and_layout_are_no_difference() -> None:
    assert plain(SOLUTION) == "def f(a, b):\n    c = a + b\n    d = c * 2\n    return d\n"
