"""Rules on loops and comprehensions."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from autograder.measure.rewrites.answer import (
    Answer,
    Edit,
    assigned,
    blocks,
    loaded,
    one,
    stored,
    target_of,
    text_of,
    walk,
)

#: What takes all of a generator at once.
TAKING = frozenset({"sum", "tuple", "list", "sorted", "set", "dict", "max", "min"})


def counted_by_hand(answer: Answer) -> Iterator[Edit]:
    """`for i in range(...)` as a while loop with a counter of its own."""
    counter, stop = next(answer.fresh(("k", "counter", "pos"))), next(answer.fresh(("stop", "end", "n_max")))
    for function in answer.functions:
        for block in blocks(function):
            for line in block.body:
                bounds = _range(line)
                if isinstance(line, cst.For) and bounds:
                    text = (
                        f"{counter}, {stop} = {bounds[0]}, {bounds[1]}\n"
                        f"while {counter} < {stop}:\n"
                        f"    {text_of(line.target)} = {counter}\n"
                        f"    {counter} += {bounds[2]}\n"
                    )
                    yield answer.with_(block, _in_place(block, line, _whiled(text, line)))


def without_enumerate(answer: Answer) -> Iterator[Edit]:
    """`for i, x in enumerate(xs)` with a counter instead."""
    for function in answer.functions:
        for block in blocks(function):
            for line in block.body:
                if isinstance(line, cst.For) and line.orelse is None and (parts := _enumerated(line)):
                    number, value, items, start = parts
                    if number in stored(*line.body.body):
                        continue
                    one_more = cst.parse_statement(f"{number} += 1")
                    body = line.body.with_changes(body=[one_more, *line.body.body])
                    loop = line.with_changes(target=value, iter=items, body=body)
                    first = cst.parse_statement(f"{number} = {start} - 1")
                    yield answer.with_(block, _in_place(block, line, [first, loop]))


def written_out(answer: Answer) -> Iterator[Edit]:
    """A comprehension that is given a name or returned, as a loop."""
    name = next(answer.fresh(("items", "collected", "found")))
    for function in answer.functions:
        for block in blocks(function):
            for line in block.body:
                statement = one(line)
                target = target_of(statement) or (name if isinstance(statement, cst.Return) else "")
                value = getattr(statement, "value", None)
                if target and isinstance(value, cst.ListComp | cst.DictComp) and _own(function, value, target):
                    lines = _loop(value, target)
                    if isinstance(statement, cst.Return):
                        lines.append(cst.SimpleStatementLine([cst.Return(cst.Name(target))]))
                    yield answer.with_(block, _in_place(block, line, lines))


def comprehended(answer: Answer) -> Iterator[Edit]:
    """An empty list that a loop fills, and does no more, as a comprehension."""
    for function in answer.functions:
        for block in blocks(function):
            for number, line in enumerate(block.body[1:], 1):
                before, name = block.body[number - 1], target_of(one(block.body[number - 1]))
                if name and text_of(one(before).value) == "[]" and isinstance(line, cst.For):  # type: ignore[union-attr]
                    made = _comprehension(function, name, line)
                    if made:
                        lines = _in_place(block, before, [cst.parse_statement(made)]).body
                        yield answer.with_(block, block.with_changes(body=[each for each in lines if each is not line]))


def listed(answer: Answer) -> Iterator[Edit]:
    """What is handed over piece by piece, as a list first."""
    for function in answer.functions:
        for node in walk(function):
            if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in TAKING:
                value = node.args[0].value if len(node.args) == 1 else None
                if isinstance(value, cst.GeneratorExp):
                    parts = cst.ListComp(value.elt, value.for_in)
                    yield answer.with_(node, node.with_changes(args=[cst.Arg(parts)]))


def _in_place(block: cst.IndentedBlock, old: cst.CSTNode, new: list[cst.CSTNode]) -> cst.IndentedBlock:
    lines: list[cst.CSTNode] = []
    for line in block.body:
        lines += new if line is old else [line]
    return block.with_changes(body=lines)


def _range(line: cst.CSTNode) -> tuple[str, str, str] | None:
    """Start, stop and step of a loop over numbers that go up."""
    if not isinstance(line, cst.For) or line.orelse is not None or not isinstance(line.target, cst.Name):
        return None
    call = line.iter
    if not (isinstance(call, cst.Call) and isinstance(call.func, cst.Name) and call.func.value == "range"):
        return None
    bounds = [text_of(arg.value) for arg in call.args if not arg.star and not arg.keyword]
    if len(bounds) != len(call.args) or (len(bounds) == 3 and not bounds[2].isidentifier() and not bounds[2].isdigit()):
        return None
    if len(bounds) == 3 and bounds[2] in stored(*line.body.body):
        return None
    return (bounds[0], bounds[1], bounds[2] if len(bounds) == 3 else "1") if len(bounds) > 1 else ("0", bounds[0], "1")


def _whiled(text: str, line: cst.For) -> list[cst.CSTNode]:
    """The lines of a while loop, and the for loop's own behind them."""
    first, loop = cst.parse_module(text).body
    assert isinstance(loop, cst.While)
    body = loop.body.with_changes(body=[*loop.body.body, *line.body.body])
    return [first, loop.with_changes(body=body)]


def _enumerated(line: cst.For) -> tuple[str, cst.BaseExpression, cst.BaseExpression, str] | None:
    call, pair = line.iter, line.target
    if not (isinstance(call, cst.Call) and text_of(call.func) == "enumerate" and isinstance(pair, cst.Tuple)):
        return None
    if len(pair.elements) != 2 or not isinstance(pair.elements[0].value, cst.Name) or len(call.args) > 2:
        return None
    start = text_of(call.args[1].value) if len(call.args) == 2 else "0"
    return pair.elements[0].value.value, pair.elements[1].value, call.args[0].value, start


def _own(function: cst.FunctionDef, comprehension: cst.ListComp | cst.DictComp, target: str) -> bool:
    """Whether the comprehension's variables are nothing else in the function, and it does not use the target."""
    inside = [text_of(node) for node in walk(comprehension) if isinstance(node, cst.Name)]
    every = [node.value for node in walk(function) if isinstance(node, cst.Name)]
    variables = stored(comprehension)
    alone = all(every.count(name) == inside.count(name) for name in variables)
    return alone and target not in loaded(comprehension) and comprehension.for_in.inner_for_in is None


def _loop(comprehension: cst.ListComp | cst.DictComp, target: str) -> list[cst.CSTNode]:
    part = comprehension.for_in
    pair = isinstance(comprehension, cst.DictComp)
    take = (
        f"{target}[{text_of(comprehension.key)}] = {text_of(comprehension.value)}"  # type: ignore[union-attr]
        if pair
        else f"{target}.append({text_of(comprehension.elt)})"  # type: ignore[union-attr]
    )
    lines = [f"for {text_of(part.target)} in {text_of(part.iter)}:"]
    lines += [f"{'    ' * (depth + 1)}if {text_of(each.test)}:" for depth, each in enumerate(part.ifs)]
    lines.append(f"{'    ' * (len(part.ifs) + 1)}{take}")
    empty = assigned(target, cst.parse_expression("{}" if pair else "[]"))
    return [empty, cst.parse_statement("\n".join(lines) + "\n")]


def _comprehension(function: cst.FunctionDef, name: str, loop: cst.For) -> str:
    """`name = [...]` in the place of a loop that appends; "" where it does anything else."""
    statement = one(loop.body.body[0]) if len(loop.body.body) == 1 and loop.orelse is None else None
    call = statement.value if isinstance(statement, cst.Expr) else None
    if not (isinstance(call, cst.Call) and text_of(call.func) == f"{name}.append" and len(call.args) == 1):
        return ""
    value, variables = call.args[0].value, stored(loop)
    every = [node.value for node in walk(function) if isinstance(node, cst.Name)]
    inside = [node.value for node in walk(loop) if isinstance(node, cst.Name)]
    alone = all(every.count(variable) == inside.count(variable) for variable in variables)
    if not alone or name in loaded(value) | loaded(loop.iter):
        return ""
    return f"{name} = [{text_of(value)} for {text_of(loop.target)} in {text_of(loop.iter)}]"
