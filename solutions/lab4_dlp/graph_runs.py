"""What sessions are asked to run: small graphs, what is fetched and fed, and whom a refusal must name.

A plan is one line a node, ``left = Minus(x, w)``; a second line for a node gives its inputs anew.
"""

from __future__ import annotations

from typing import NamedTuple


class Run(NamedTuple):
    """One graph, and one run of it.

    `names` is empty where the run must succeed; else what the refusal's message must hold, one of a list each.
    """

    about: str
    plan: str
    fetches: list[str]
    feeds: list[str]
    names: list = []


RUNS = [
    Run(
        "a node that two others need, and branches that nobody needs",
        """
        x = placeholder
        unfed = placeholder
        w = variable
        left = Minus(x, w)
        square = Times(left, left)
        aside = Times(left, unfed)
        spare = Times(square, w)
        join = Minus(left, square)
        end = Minus(join, left)
        behind = Times(end, w)
        """,
        fetches=["end"],
        feeds=["x"],
    ),
    Run(
        "a tensor in the middle is fed",
        """
        x = placeholder
        w = variable
        v = variable
        one = Minus(x, w)
        two = Times(one, v)
        three = Minus(w, two)
        four = Times(three, two)
        """,
        fetches=["four", "two"],
        feeds=["two"],
    ),
    Run(
        "a node with two outputs, both needed",
        """
        x = placeholder
        w = variable
        moved = Minus(x, w)
        cut = Parts(moved)
        span = Minus(cut:0, cut:1)
        """,
        fetches=["span", "cut:1"],
        feeds=["x"],
    ),
    Run(
        "a node with two outputs, one of them fed",
        """
        x = placeholder
        cut = Parts(x)
        span = Minus(cut:1, cut:0)
        late = Times(span, cut:0)
        """,
        fetches=["late", "cut:0"],
        feeds=["x", "cut:0"],
    ),
    Run(
        "several fetches, one twice, a placeholder and a variable too",
        """
        x = placeholder
        w = variable
        y = placeholder
        a = Minus(w, x)
        b = Times(a, y)
        c = Minus(b, a)
        """,
        fetches=["c", "x", "a", "w", "c"],
        feeds=["y", "x"],
    ),
    Run(
        "a circle that nobody needs",
        """
        x = placeholder
        w = variable
        good = Minus(x, w)
        in = Minus(good, w)
        out = Times(in, x)
        in = Minus(out, w)
        """,
        fetches=["good"],
        feeds=["x"],
    ),
    Run(
        "a circle that a feed cuts open",
        """
        x = placeholder
        w = variable
        in = Minus(x, w)
        out = Times(in, x)
        in = Minus(out, w)
        end = Minus(in, x)
        """,
        fetches=["end"],
        feeds=["x", "out"],
    ),
    Run(
        "a placeholder that is needed and not fed",
        """
        x = placeholder
        picture = placeholder
        a = Minus(x, picture)
        b = Times(a, x)
        c = Times(b, x)
        """,
        fetches=["c"],
        feeds=["x"],
        names=["picture"],
    ),
    Run(
        "a circle of three nodes",
        """
        x = placeholder
        w = variable
        knot-one = Minus(x, w)
        knot-two = Times(knot-one, w)
        knot-three = Minus(x, knot-two)
        knot-one = Minus(x, knot-three)
        end = Minus(w, knot-two)
        """,
        fetches=["end"],
        feeds=["x"],
        names=[["knot-one", "knot-two", "knot-three"]],
    ),
    Run(
        "a circle of one node",
        """
        x = placeholder
        w = variable
        self-made = Minus(x, w)
        self-made = Minus(self-made, w)
        end = Minus(self-made, x)
        """,
        fetches=["end"],
        feeds=["x"],
        names=["self-made"],
    ),
]

#: What the grader counts, node by node: one that the first two are made of, a chain in which each needs the two before
#: it, a node with two outputs, and some that nobody needs.
COUNTED = Run(
    "nodes that need the two before them, and others that nobody needs",
    """
    x = placeholder
    w = variable
    n0 = Minus(x, w)
    n1 = Times(n0, w)
    n2 = Minus(n1, n0)
    n3 = Times(n2, n1)
    cut = Parts(n3)
    n4 = Minus(cut:1, n2)
    spare = Times(n4, n3)
    n5 = Minus(n4, cut:0)
    behind = Times(n5, spare)
    aside = Parts(x)
    """,
    fetches=["n5", "n4"],
    feeds=["x"],
)
