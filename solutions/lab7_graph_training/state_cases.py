"""Lab 7's inputs on variables, first values and dropout, drawn so that every mistake in misconceptions/ shows on every
draw."""

from __future__ import annotations

from textwrap import dedent

import numpy as np

from autograder.course.question import Case

# Variables

_SCOPES = ("conv", "fc", "left", "right", "encoder", "decoder", "block")
_NAMES = ("weight", "bias", "gain", "table", "filter", "centre")


def _case(about: str, script: str, names: tuple[str, ...] = ()) -> Case:
    return {"about": about, "script": dedent(script).strip().splitlines(), "names": list(names)}


def variables(rng: np.random.Generator) -> list[Case]:
    """Scripts that give names, flags and values; then such as are refused, with `names` in the message."""
    a, b, c = rng.permutation(_SCOPES)[:3].tolist()
    v, w = rng.permutation(_NAMES)[:2].tolist()
    m, n, k = (int(size) for size in rng.permutation(np.arange(11, 99))[:3])
    half = float(rng.integers(1, 9)) + 0.5
    given = _given(a, b, c, v, w, m, n, k) + _taken_over(a, b, v, w, m, n, k)
    return [*given, *_constants(half, a, b, v, w, m, n, k), *_refused(a, b, c, v, w, m, n, k)]


def _given(a: str, b: str, c: str, v: str, w: str, m: int, n: int, k: int) -> list[Case]:
    """Names: in scopes, in reused ones, in those within and beside these, and in the graph's own."""
    return [
        _case(
            "scopes in scopes",
            f"""
            with store.variable_scope("{a}"):
                one = store.get_variable("{w}", ({m}, {n}))
                with store.variable_scope("{b}"):
                    two = store.get_variable("{w}", ({n},), np.ones)
                three = store.get_variable("{v}", ({k},), trainable=False)
            four = store.get_variable("{w}", (), dtype="int32")
            """,
        ),
        _case(
            "a scope once more, with reuse",
            f"""
            calls = []

            def start(shape):
                calls.append(shape)
                return np.full(shape, len(calls))

            with store.variable_scope("{a}"):
                one = store.get_variable("{w}", (2, 3), start)
            with store.variable_scope("{a}", reuse=True):
                two = store.get_variable("{w}", (2, 3), start)
                three = store.get_variable("{w}")
            times = len(calls)
            """,
        ),
        _case(
            "reuse holds for what is inside",
            f"""
            with store.variable_scope("{b}"):
                with store.variable_scope("{a}"):
                    one = store.get_variable("{w}", ({m},))
            with store.variable_scope("{b}", reuse=True):
                with store.variable_scope("{a}"):
                    two = store.get_variable("{w}", ({m},))
            """,
        ),
        _case(
            "reuse ends with its block",
            f"""
            with store.variable_scope("{a}"):
                with store.variable_scope("{b}"):
                    one = store.get_variable("{w}", ({m},))
                with store.variable_scope("{b}", reuse=True):
                    two = store.get_variable("{w}", ({m},))
                with store.variable_scope("{c}"):
                    three = store.get_variable("{w}", ({n},))
                four = store.get_variable("{v}", ({k},))
            """,
        ),
        _case(
            "scopes of names around scopes of variables",
            f"""
            x = graph.placeholder("x", (None, {n}))
            with graph.name_scope("{c}"):
                with store.variable_scope("{a}"):
                    one = store.get_variable("{w}", ({m},))
                    two = graph.apply("Relu", x, name="relu")
                    with graph.name_scope("{b}"):
                        three = store.get_variable("{v}", ({n},))
                        four = store.variable(np.zeros({k}), name="{w}")
                five = store.get_variable("{w}", ({m},))
            """,
        ),
        _case(
            "variables of their own",
            f"""
            one = store.variable(0.5, name="{v}")
            two = store.variable(7, name="{v}", trainable=False)
            with store.variable_scope("{a}"):
                three = store.variable(np.ones({m}, np.float32), name="{v}")
            four = store.get_variable("{v}", ({n},))
            """,
        ),
    ]


def _taken_over(a: str, b: str, v: str, w: str, m: int, n: int, k: int) -> list[Case]:
    """After an error: a scope is left, and what was refused has left nothing behind."""
    return [
        _case(
            "a block that was left by an error",
            f"""
            x = graph.placeholder("x", (None, {n}))
            try:
                with store.variable_scope("{a}", reuse=True):
                    raise ValueError("anything")
            except ValueError:
                pass
            one = store.get_variable("{w}", ({m},))
            two = graph.apply("Relu", x, name="relu")
            """,
        ),
        _case(
            "variables that were refused",
            f"""
            refused = 0
            try:
                with store.variable_scope("{b}", reuse=True):
                    store.get_variable("{w}", ({m},))
            except GraphError:
                refused += 1
            try:
                store.get_variable("{v}")
            except GraphError:
                refused += 1
            with store.variable_scope("{b}"):
                one = store.get_variable("{w}", ({n},))
            try:
                with store.variable_scope("{b}"):
                    store.get_variable("{w}", ({n},))
            except GraphError:
                refused += 1
            two = store.get_variable("{v}", ({k},))
            """,
        ),
    ]


def _constants(half: float, a: str, b: str, v: str, w: str, m: int, n: int, k: int) -> list[Case]:
    """Constants of Python's numbers and of NumPy's, their dtypes, and whose arrays they are."""
    return [
        _case(
            "constants of Python's numbers",
            f"""
            one = constant(graph, {half}, name="{v}")
            two = constant(graph, [{m}, {n}], name="{w}")
            three = constant(graph, True, name="{a}")
            with graph.name_scope("{b}"):
                four = constant(graph, [{k}, {half}], name="{v}")
            """,
        ),
        _case(
            "constants of arrays, and with a dtype",
            f"""
            one = constant(graph, np.array([{half}, {m}]), name="{v}")
            two = constant(graph, np.arange({n}), name="{v}")
            three = constant(graph, [{m}, {n}], dtype="float32", name="{w}")
            four = constant(graph, {half}, dtype="float64", name="{a}")
            five = constant(graph, np.arange({k}), dtype="int32", name="{b}")
            """,
        ),
        _case(
            "an array that its owner changes later",
            f"""
            mine = np.full(3, {half})
            one = constant(graph, mine, name="{v}")
            two = store.variable(mine, name="{w}")
            free = mine.flags.writeable
            if free:
                mine[:] = {k}
            """,
        ),
    ]


def _refused(a: str, b: str, c: str, v: str, w: str, m: int, n: int, k: int) -> list[Case]:
    return [
        _case(
            "a name that is there, without reuse",
            f"""
            with store.variable_scope("{a}"):
                store.get_variable("{w}", ({m},))
            with store.variable_scope("{a}"):
                store.get_variable("{w}", ({m},))
            """,
            (f"{a}/{w}", "reuse"),
        ),
        _case(
            "a name that is not there, with reuse",
            f"""
            with store.variable_scope("{a}"):
                store.get_variable("{w}", ({m},))
            with store.variable_scope("{a}", reuse=True):
                with store.variable_scope("{b}"):
                    store.get_variable("{w}", ({m},))
            """,
            (f"{a}/{b}/{w}", "reuse"),
        ),
        _case(
            "another shape than it has",
            f"""
            with store.variable_scope("{a}"):
                store.get_variable("{w}", ({m}, {n}))
            with store.variable_scope("{a}", reuse=True):
                store.get_variable("{w}", ({m}, {k}))
            """,
            (f"{a}/{w}", str(n), str(k)),
        ),
        _case(
            "as many numbers, but in a row",
            f"""
            with store.variable_scope("{a}"):
                store.get_variable("{w}", ({m}, {n}))
            with store.variable_scope("{a}", reuse=True):
                store.get_variable("{w}", ({m * n},))
            """,
            (f"{a}/{w}", str(n), str(m * n)),
        ),
        _case(
            "another dtype than it has",
            f"""
            with store.variable_scope("{a}"):
                store.get_variable("{w}", ({m},), dtype="int32")
            with store.variable_scope("{a}", reuse=True):
                store.get_variable("{w}", ({m},))
            """,
            (f"{a}/{w}", "int32", "float32"),
        ),
        _case(
            "a new variable without a shape",
            f"""
            with store.variable_scope("{b}"):
                store.get_variable("{v}")
            """,
            (f"{b}/{v}", "shape"),
        ),
        _case(
            "a fraction as a whole number",
            f"""
            with graph.name_scope("{c}"):
                constant(graph, [{m}, 2.5], dtype="int32", name="{v}")
            """,
            (f"{c}/{v}", "int32"),
        ),
        _case(
            "a whole number plus a fraction",
            f"""
            with graph.name_scope("{c}"):
                graph.apply("Add", constant(graph, {m}), constant(graph, 0.5), name="sum")
            """,
            ("int32", "float32"),
        ),
    ]


# First values


def initializers(rng: np.random.Generator) -> list[Case]:
    """A dense layer of many inputs, and a convolution of many outputs; 100,000 draws or nearly."""
    shapes = [(2000, int(rng.integers(45, 56))), (int(rng.integers(14, 20)), 5, 5, 240)]
    return [
        {
            "shape": shape,
            "seed": int(rng.integers(1, 1 << 30)),
            "mean": round(float(rng.uniform(1.5, 3)), 2) * stddev,
            "stddev": stddev,
            "value": round(float(rng.uniform(0.1, 0.9)), 3),
        }
        for shape, stddev in zip(shapes, (0.05, 2.0), strict=True)
    ]


# Dropout


def dropout(rng: np.random.Generator) -> list[Case]:
    """Rows, and maps; a rate below a half and one above; a batch whose size is known, and one whose size is not."""
    drawn = [((40, 30), rng.uniform(0.15, 0.35), True), ((8, 4, 5, 5), rng.uniform(0.65, 0.85), False)]
    return [
        {
            "x": (rng.uniform(0.5, 2, shape) * rng.choice([-1, 1], shape)).astype(np.float32),
            "rate": round(float(rate), 2),
            "seeds": [int(seed) for seed in rng.permutation(np.arange(1, 1000))[:2]],
            "known_batch": known,
        }
        for shape, rate, known in drawn
    ]
