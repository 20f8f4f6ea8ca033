"""Lab 7's right answers on walks: in whole numbers, or float64, and from the definition.

Nothing here is shared with the notebook's solution: no graph is built. A plan's lines are looked at as text; an order
is found by letting run whatever waits for nothing; gradients are found forwards, by dual numbers.
"""

from __future__ import annotations

import numpy as np

from aics.lab7_graph_training.planning_asks import MODULUS
from aics.lab7_graph_training.plans import read_line, written_out

# Walks


def walk(*, about, plan, block, times, fetches, fed, numbers, names):
    """Every node that is needed, once, and the numbers that follow from any right order; or a refusal."""
    rows = {}
    for line in map(read_line, written_out(plan, block, times)):
        rows[line.name] = line._replace(after=rows[line.name].after if line.name in rows else line.after)
    place = {name: number for number, name in enumerate(rows)}
    came, found = [], []
    for turn, wanted in enumerate(fetches):
        needed = _needed(rows, wanted, fed)
        values = _values(rows, needed, fed, place, numbers)
        if values is None:
            return {"refusal": np.asarray(True), "nodes named": np.ones(len(names), bool)}
        came += sorted(place[name] for name in needed)
        rounds = (turn == 0) + (turn == len(fetches) - 1)
        found += rounds * [-1 if name in fed else values[name] for name in wanted]
    return {"nodes that came": np.array(came), "numbers of the fetches": np.array(found)}


def _waits(row, fed):
    return [*(name for name in row.inputs if name not in fed), *row.after]


def _needed(rows, wanted, fed) -> set[str]:
    needed, edge = set(), {name for name in wanted if name not in fed}
    while edge:
        needed |= edge
        edge = {other for name in edge for other in _waits(rows[name], fed)} - needed
    return needed


def _values(rows, needed, fed, place, numbers):
    """Each needed node's number; None where some wait for one another."""
    left = {name: len(_waits(rows[name], fed)) for name in needed}
    users = {name: [] for name in needed}
    for name in needed:
        for other in _waits(rows[name], fed):
            users[other].append(name)
    values, free = {}, [name for name, count in left.items() if not count]
    while free:
        name = free.pop()
        before = sum(values[other] for other in _waits(rows[name], fed))
        given = sum(int(numbers[place[other] % len(numbers)]) for other in rows[name].inputs if other in fed)
        values[name] = (int(numbers[place[name] % len(numbers)]) + 7 * (before + given)) % MODULUS
        for user in users[name]:
            left[user] -= 1
            if not left[user]:
                free.append(user)
    return values if len(values) == len(needed) else None


# Backwards

#: operator -> the value, and the derivative with respect to each input, entry by entry.
_DUAL = {
    "Add": (lambda a, b: a + b, lambda *_: (1, 1)),
    "Sub": (lambda a, b: a - b, lambda *_: (1, -1)),
    "Mul": (lambda a, b: a * b, lambda a, b: (b, a)),
    "Neg": (lambda a: -a, lambda _: (-1,)),
    "Square": (lambda a: a * a, lambda a: (2 * a,)),
    "Exp": (np.exp, lambda a: (np.exp(a),)),
    "Floor": (np.floor, lambda _: (0,)),
    "ReshapeLike": (lambda a, _like: a, lambda *_: (1, 0)),
}


def gradients(*, about, plan, block, times, end, loss, wanted, dtype, values, names):
    """Each gradient forwards, by dual numbers; which are None, and which nodes' rules are needed. Or a refusal."""
    if names:
        return {"refusal": np.asarray(True)} | {f"mention of {name}": np.asarray(True) for name in names}
    rows = _in_order({line.name: line for line in map(read_line, written_out(plan, block, times, end))})
    sources = [name for name, row in rows.items() if row.operator in ("placeholder", "variable")]
    known = dict(zip(sources, values.astype(dtype).astype(np.float64), strict=True))
    behind = {name: _behind(rows, name) for name in wanted}
    before = _needed(rows, [loss], ())
    found = {f"gradient of {n}": _derivative(rows, known, loss, n) for n in wanted if _carries(rows, n, loss)}
    ways = [name for name in rows if name in before and any(name in reached for reached in behind.values())]
    called = _called(rows, ways, loss)
    return (
        {"refusal": np.asarray(False), "list": np.asarray(True)}
        | {"None in the list": np.array([f"gradient of {name}" not in found for name in wanted])}
        | found
        | {
            "nodes whose rule was called": np.array([name in called for name in _taking(plan, block, times, end)], int),
            "nodes outside the scope gradients": np.asarray(0),
            "more sums than needed": np.asarray(0),
        }
    )


def _taking(plan, block, times, end) -> list[str]:
    """The nodes that take something, in the order of the plan."""
    return list(
        dict.fromkeys(line.name for line in map(read_line, written_out(plan, block, times, end)) if line.inputs)
    )


def _in_order(rows):
    """The same rows, each behind those of its inputs."""
    left, known = dict(rows), {}
    while left:
        for name in list(left):
            if all(other in known for other in left[name].inputs):
                known[name] = left.pop(name)
    return known


def _behind(rows, name) -> set[str]:
    """All nodes that depend on this one, itself left out."""
    reached = {name}
    for row in rows.values():
        if not reached.isdisjoint(row.inputs):
            reached.add(row.name)
    return reached - {name}


def _passes(row, place) -> bool:
    """Whether a gradient goes from a node to its input at this place."""
    return not (row.operator == "Floor" or (row.operator == "ReshapeLike" and place == 1))


def _carries(rows, name, loss) -> bool:
    """Whether a gradient comes from the loss to the tensor of this name."""
    reached = {name}
    for row in rows.values():
        if any(other in reached and _passes(row, place) for place, other in enumerate(row.inputs)):
            reached.add(row.name)
    return loss in reached


def _called(rows, ways, loss) -> set[str]:
    """Those nodes on the ways to the loss that a gradient comes to."""
    come, on_the_way = {loss}, set(ways)
    for row in reversed(rows.values()):
        if row.name in come & on_the_way:
            come |= {other for place, other in enumerate(row.inputs) if _passes(row, place)}
    return come & on_the_way


def _derivative(rows, known, loss, name):
    """The gradient of the loss with respect to one node, which changes by itself."""
    size = next(iter(known.values())).shape[0]
    value, slope = {}, {}
    for row in rows.values():
        if row.operator == "counter":
            continue
        if row.name in known:
            value[row.name], slope[row.name] = known[row.name], np.zeros((size, size))
        elif row.operator == "Sum" or np.ndim(value[row.inputs[0]]) == 0:
            value[row.name], slope[row.name] = _of_scalars(row, value, slope)
        else:
            formula, derivatives = _DUAL[row.operator]
            inputs = [value[other] for other in row.inputs]
            value[row.name] = formula(*inputs)
            slope[row.name] = sum(
                slope[other] * np.broadcast_to(by, (size,))
                for other, by in zip(row.inputs, derivatives(*inputs), strict=True)
            )
        if row.name == name:
            slope[name] = np.eye(size) if np.ndim(value[name]) else np.ones(1)
        if row.name == loss:
            return slope[loss] if np.ndim(value[name]) else slope[loss].reshape(())
    raise AssertionError("the loss is none of the plan's nodes")


def _of_scalars(row, value, slope):
    """The value and the slopes of a sum, or of what is computed from scalars."""
    inputs = [value[other] for other in row.inputs]
    if row.operator == "Sum":
        return inputs[0].sum(), slope[row.inputs[0]].sum(-1)
    formula, derivatives = _DUAL[row.operator]
    pairs = zip(row.inputs, derivatives(*inputs), strict=True)
    return formula(*inputs), sum(slope[other] * by for other, by in pairs)
