"""Lab 7's graphs to walk through, drawn so that every mistake in misconceptions/ shows on every draw."""

from __future__ import annotations

import re

import numpy as np

from autograder.course.question import Case

#: Nodes in a row: more than Python lets a function call itself, and few enough for a check within a blink.
DEEP = 1200

# Walks

#: What is fetched and fed of a plan, and which nodes a refusal has to name; names are dealt out anew by each draw.
_WALKS = [
    (
        "what is needed, and no more",
        """x = placeholder; u = placeholder; w = variable; a = Mul(x, w); b = Neg(a); idle = Neg(u); c = Add(b, a)
        more = Mul(c, idle); d = Add(c, b); e = Neg(more)""",
        [["d"]],
        [],
        [],
    ),
    (
        "a tensor is fed",
        """x = placeholder; w = variable; v = variable; a = Mul(x, w); b = Neg(a); c = Add(b, v); d = Mul(c, v)
        e = Add(d, c)""",
        [["e"]],
        ["c"],
        [],
    ),
    (
        "a fed tensor, and a way round it",
        """x = placeholder; w = variable; a = Mul(x, w); b = Neg(a); c = Neg(b); d = Add(c, a); e = Add(b, d)""",
        [["e"], ["b", "c"]],
        ["b"],
        [],
    ),
    (
        "fetches that need one another",
        """x = placeholder; w = variable; a = Mul(x, w); b = Neg(a); c = Add(b, w); d = Add(c, c)""",
        [["d", "a", "d", "w"], ["a", "d", "b"]],
        [],
        [],
    ),
    (
        "nodes that wait",
        """x = placeholder; w = variable; z = variable; a = Neg(x); b = Neg(a); late = Mul(z, z) after b, w
        c = Add(late, w); d = Neg(z) after late; all = NoOp after c, d""",
        [["all"], ["late"]],
        [],
        [],
    ),
    (
        "one waits for what is behind a fed tensor",
        """x = placeholder; w = variable; a = Neg(x); b = Mul(a, w); c = Neg(b) after b; d = Add(c, w)""",
        [["d"]],
        ["b"],
        [],
    ),
    (
        "inputs that were made later",
        """x = placeholder; w = variable; a = Neg(x); b = Mul(a, w); c = Neg(w); d = Neg(c)
        a = Neg(d); e = Add(b, c)""",
        [["e"]],
        [],
        [],
    ),
    (
        "a circle that a feed cuts open",
        """x = placeholder; w = variable; a = Neg(x); b = Mul(a, w); c = Neg(b); a = Neg(c); d = Add(c, w)""",
        [["d"]],
        ["b"],
        [],
    ),
    (
        "a circle",
        """x = placeholder; w = variable; a = Neg(x); b = Mul(a, w); c = Neg(b); a = Neg(c)
        d = Add(c, w); e = Neg(d)""",
        [["e"]],
        [],
        ["a", "b", "c"],
    ),
    (
        "a circle that is fetched",
        """x = placeholder; w = variable; a = Neg(x); b = Mul(a, w); c = Neg(b); a = Neg(c)""",
        [["c"]],
        [],
        ["a", "b", "c"],
    ),
    (
        "a node that waits for itself",
        """x = placeholder; w = variable; a = Neg(x); b = Mul(w, a); b = Mul(w, b); c = Neg(b)""",
        [["c"]],
        [],
        ["b"],
    ),
]
#: Levels of diamonds, each twice as many ways as the one before.
_LEVELS = 14


def walk(rng: np.random.Generator) -> list[Case]:
    """Small graphs with everything in them, then diamonds on diamonds, then a long chain."""
    return [*(_walk(rng, *row) for row in _WALKS), _diamonds(rng), _chain(rng)]


def _walk(rng, about, plan, fetches, fed, names) -> Case:
    lines = [line.strip() for line in re.split("[;\n]", plan)]
    made = list(dict.fromkeys(line.split(" = ")[0] for line in lines))
    called = dict(zip(made, (f"n{number:02d}" for number in rng.permutation(90)[: len(made)] + 10), strict=True))

    def renamed(line: str) -> str:
        return re.sub(r"\b[a-z]+\b(?!\()", lambda match: called.get(match[0], match[0]), line)

    wanted = [[called[name] for name in some] for some in fetches]
    return _case(rng, about, [renamed(line) for line in lines], [], 0, wanted) | {
        "fed": [called[name] for name in fed],
        "names": [called[name] for name in names],
    }


def _case(rng, about, plan, block, times, fetches) -> Case:
    numbers = rng.permutation(np.arange(100, 9900))[:11]
    return {"about": about, "plan": plan, "block": block, "times": times, "fetches": fetches} | {
        "fed": [],
        "numbers": numbers,
        "names": [],
    }


def _diamonds(rng: np.random.Generator) -> Case:
    levels = _LEVELS + int(rng.integers(2))
    block = ["left{i} = Neg(top{j})", "top{i} = Add(left{i}, top{j})"]
    return _case(rng, "diamonds on diamonds", ["top0 = placeholder"], block, levels, [[f"top{levels}"]])


def _chain(rng: np.random.Generator) -> Case:
    length = DEEP + int(rng.integers(100))
    return _case(rng, "a long chain", ["n0 = variable"], ["n{i} = Neg(n{j})"], length, [[f"n{length}"]])


def timed_walk(rng: np.random.Generator) -> Case:
    """A tower of diamonds for each of many blocks, all of which one sum needs; walked through from several places."""
    levels = [
        line
        for level in range(11)
        for line in (
            f"left{level}_{{i}} = Neg({_top(level)})",
            f"top{level}_{{i}} = Add(left{level}_{{i}}, {_top(level)})",
        )
    ]
    block = [*levels, "sum{i} = Add(sum{j}, top10_{i})"]
    fetches = [[f"sum{end}"] for end in rng.permutation(np.arange(97, 101)).tolist()]
    return _case(rng, "many towers of diamonds", ["x = placeholder", "sum0 = variable"], block, 100, fetches)


def _top(level: int) -> str:
    return f"top{level - 1}_{{i}}" if level else "x"


# Backwards

#: A graph, its loss, what is wanted, the dtype, and what a refusal has to name.
_BACKWARDS = [
    (
        "one way",
        "x = placeholder; w = variable; a = Mul(x, w); b = Square(a); c = Sub(b, x); loss = Sum(c)",
        *("loss", "w b", "float32", ""),
    ),
    (
        "a tensor with several consumers",
        """x = placeholder; w = variable; v = variable; a = Mul(x, w); b = Square(a); c = Mul(a, v); d = Sub(c, a)
        e = Mul(b, d); loss = Sum(e)""",
        *("loss", "w a v", "float64", ""),
    ),
    (
        "one consumer that takes it twice",
        "x = placeholder; w = variable; a = Mul(w, w); b = Sub(x, a); c = Mul(b, b); d = Add(c, c); loss = Sum(d)",
        *("loss", "w a b", "float32", ""),
    ),
    (
        "a short way and a long way",
        """w = variable; v = variable; a = Mul(w, v); b = Neg(a); c = Square(b); d = Mul(c, v); e = Square(d)
        f = Mul(a, e); g = Sub(f, w); loss = Sum(g)""",
        *("loss", "w v a", "float32", ""),
    ),
    (
        "a long way and a short way",
        """w = variable; v = variable; a = Square(w); b = Mul(a, v); c = Sub(b, a); d = Mul(c, b); e = Square(d)
        f = Mul(e, a); g = Mul(w, f); loss = Sum(g)""",
        *("loss", "a w", "float64", ""),
    ),
    (
        "what the loss does not depend on",
        """x = placeholder; w = variable; v = variable; u = variable; a = Mul(x, w); p = Square(v); q = Mul(p, a)
        b = Floor(u); c = Mul(a, b); s = Sum(q); loss = Sum(c)""",
        *("loss", "v w q u", "float32", ""),
    ),
    (
        "the loss itself",
        "w = variable; a = Square(w); loss = Sum(a); more = Square(loss)",
        *("loss", "loss w more", "float64", ""),
    ),
    (
        "rules that say None",
        """x = placeholder; w = variable; v = variable; a = Mul(x, w); b = Floor(a); c = Mul(b, a)
        d = ReshapeLike(c, v); e = Mul(d, v); loss = Sum(e)""",
        *("loss", "w v a", "float32", ""),
    ),
    (
        "a way that ends in a None",
        """x = placeholder; w = variable; v = Square(w); a = Mul(x, w); d = ReshapeLike(a, v); e = Square(d)
        loss = Sum(e)""",
        *("loss", "w v a", "float32", ""),
    ),
    (
        "no rule where none is needed",
        """x = placeholder; w = variable; a = Exp(x); b = Mul(a, w); c = Exp(b); d = Sub(b, x)
        loss = Sum(d); s = Sum(c)""",
        *("loss", "w w", "float32", ""),
    ),
    (
        "inputs that were made later",
        """x = placeholder; w = variable; a = Neg(x); b = Mul(a, w); p = Square(w); q = Mul(p, w); a = Neg(q)
        c = Mul(b, p); d = Sub(c, b); loss = Sum(d)""",
        *("loss", "w p a", "float64", ""),
    ),
    (
        "a rule is missing",
        "x = placeholder; w = variable; a = Mul(x, w); b = Exp(a); c = Square(b); loss = Sum(c)",
        *("loss", "w", "float32", "Exp b"),
    ),
    (
        "the loss is no scalar",
        "x = placeholder; w = variable; a = Mul(x, w); loss = Square(a)",
        *("loss", "w", "float32", "loss"),
    ),
    (
        "a whole number is wanted",
        "w = variable; k = counter; a = Square(w); loss = Sum(a)",
        *("loss", "w k", "float32", "k"),
    ),
]


def gradients(rng: np.random.Generator) -> list[Case]:
    """Small graphs of every kind, a random one, diamonds on diamonds, a long chain, and what must be refused."""
    return [*(_backwards(rng, *row) for row in _BACKWARDS), _random(rng), _tower(rng), _long(rng)]


def _backwards(rng, about, plan, loss, wanted, dtype, names) -> Case:
    lines = [line.strip() for line in re.split("[;\n]", plan)]
    made = list(dict.fromkeys(line.split(" = ")[0] for line in lines))
    called = dict(zip(made, (f"n{number:02d}" for number in rng.permutation(90)[: len(made)] + 10), strict=True))

    def renamed(line: str) -> str:
        return re.sub(r"\b[a-z]+\b(?!\()", lambda match: called.get(match[0], match[0]), line)

    return _asked(
        rng,
        about,
        [renamed(line) for line in lines],
        loss=called[loss],
        wanted=[called[name] for name in wanted.split()],
        dtype=dtype,
        names=[called.get(name, name) for name in names.split()],
    )


def _asked(rng, about, plan, *, loss, wanted, dtype, block=(), times=0, end=(), names=(), size=4) -> Case:
    count = sum(line.endswith(("= placeholder", "= variable")) for line in plan)
    values = rng.uniform(0.6, 1.4, (count, size)) * rng.choice([-1, 1], (count, size))
    graph = {"about": about, "plan": plan, "block": list(block), "times": times, "end": list(end)}
    return graph | {"loss": loss, "wanted": wanted, "dtype": dtype, "values": values, "names": list(names)}


def _random(rng: np.random.Generator) -> Case:
    """Twelve operators on whatever there is; the last ones come together in the loss."""
    plan = ["n00 = placeholder", "n01 = variable", "n02 = variable", "n03 = variable"]
    for number in range(4, 16):
        operator = ("Add", "Sub", "Mul", "Mul", "Neg", "Sub")[number % 6]
        recent = f"n{number - 1:02d}"
        other = f"n{int(rng.integers(1, number)):02d}"
        inputs = [recent] if operator == "Neg" else rng.permutation([recent, other]).tolist()
        plan.append(f"n{number:02d} = {operator}({', '.join(inputs)})")
    plan += ["n16 = Mul(n15, n03)", "n17 = Sub(n16, n05)", "n18 = Sum(n17)"]
    wanted = ["n03", *(f"n{number:02d}" for number in rng.permutation([1, 2, 4, 5, 6]).tolist()[:3])]
    sizes = {"size": 3 + int(rng.integers(3))}
    return _asked(rng, "a graph drawn by lot", plan, loss="n18", wanted=wanted, dtype="float64", **sizes)


def _tower(rng: np.random.Generator) -> Case:
    levels = 11 + int(rng.integers(3))
    block = ["left{i} = Neg(top{j})", "right{i} = Mul(top{j}, w)", "top{i} = Sub(left{i}, right{i})"]
    graph = {"block": block, "times": levels, "end": [f"loss = Sum(top{levels})"]}
    sources = ["top0 = placeholder", "w = variable"]
    asked = {"loss": "loss", "wanted": ["w", "top1", "top0"], "dtype": "float64"}
    return _asked(rng, "diamonds on diamonds", sources, **graph, **asked)


def _long(rng: np.random.Generator) -> Case:
    length = DEEP // 2 + int(rng.integers(50))
    block = ["a{i} = Neg(b{j})", "b{i} = Sub(w, a{i})"]
    graph = {"block": block, "times": length, "end": [f"loss = Sum(b{length})"]}
    asked = {"loss": "loss", "wanted": ["b0", "w"], "dtype": "float32"}
    return _asked(rng, "a long chain", ["b0 = placeholder", "w = variable"], **graph, **asked)
