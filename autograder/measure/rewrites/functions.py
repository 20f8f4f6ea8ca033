"""Rules on functions: lines moved into a helper function, a method's body moved out of its class."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import libcst as cst

from autograder.measure.rewrites.answer import (
    Answer,
    Edit,
    loaded,
    one,
    parameters,
    stored,
    text_of,
    walk,
)

#: What cannot stand in a function of its own: ways out, and what belongs to the function around it.
_BOUND = (
    *(cst.Return, cst.Yield, cst.Break, cst.Continue, cst.Global, cst.Nonlocal, cst.FunctionDef, cst.Lambda),
    *(cst.ClassDef, cst.Del, cst.NamedExpr, cst.Import, cst.ImportFrom, cst.Await),
)

#: Of a function's runs of lines, about so many are looked at.
RUNS = 8


def helped(answer: Answer) -> Iterator[Edit]:
    """Some lines of a function as a helper function before it."""
    name = next(answer.fresh(("prepare_part", "do_step", "inner_work")))
    for function in answer.tree.body:
        if isinstance(function, cst.FunctionDef) and isinstance(function.body, cst.IndentedBlock):
            lines = list(function.body.body)
            for first, last in _runs([_can_leave(line) for line in lines]):
                made = _helper(function, lines, first, last, name, answer)
                if made:
                    yield made


def moved_out(answer: Answer) -> Iterator[Edit]:
    """A function's body as another function, which it calls."""
    name = next(answer.fresh(("_impl", "do_the_work", "core")))
    for function in answer.tree.body:
        plain = isinstance(function, cst.FunctionDef) and not re.search(r"\bsuper\(|\byield\b", text_of(function))
        if plain and isinstance(function, cst.FunctionDef):
            core = function.with_changes(name=cst.Name(name), decorators=[], params=_without_defaults(function.params))
            call = cst.parse_statement(f"return {name}({_passed(function)})")
            outer = function.with_changes(body=cst.IndentedBlock([*_docstring(function), call]))
            yield answer.with_(function, cst.FlattenSentinel([core, outer]))


def _runs(can_leave: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Some runs of lines that can leave their function, the longer ones first."""
    ends = [(first, last) for first in range(len(can_leave)) for last in range(first + 1, len(can_leave) + 1)]
    whole = sorted((run for run in ends if all(can_leave[slice(*run)])), key=lambda run: run[0] - run[1])
    yield from whole[:: len(whole) // RUNS + 1]


def _can_leave(line: cst.BaseStatement) -> bool:
    return not any(isinstance(node, _BOUND) for node in walk(line)) and not _words(line)


def _helper(
    function: cst.FunctionDef, lines: Sequence[cst.BaseStatement], first: int, last: int, name: str, answer: Answer
) -> Edit | None:
    """The cell with these lines of the function in a helper; None where they cannot leave it."""
    chosen, rest = lines[first:last], lines[last:]
    given = [*parameters(function), *_always(lines[:first])]
    bound = stored(function) | set(parameters(function)) | _imported(function)
    takes, gives = loaded(*chosen) & bound, stored(*chosen) & (loaded(*rest) if rest else set())
    comprehended = {name for line in chosen for name in _inside(line)}
    takes -= comprehended | set(_always(chosen)) - _before_set(chosen)
    if not takes <= set(given) or not gives <= set(_always(chosen)) or not (gives or rest) or gives & comprehended:
        return None
    call = f"{name}({', '.join(sorted(takes))})"
    if gives:
        returned = ", ".join(sorted(gives))
        call = f"{returned} = {call}"
        chosen = [*chosen, cst.parse_statement(f"return {returned}")]
    helper = cst.parse_statement(f"def {name}({', '.join(sorted(takes))}):\n    pass\n")
    assert isinstance(helper, cst.FunctionDef)
    helper = helper.with_changes(body=cst.IndentedBlock(list(chosen)), lines_after_decorators=[])
    body = [*lines[:first], cst.parse_statement(call), *rest]
    outer = function.with_changes(body=function.body.with_changes(body=body))
    return answer.with_(function, cst.FlattenSentinel([helper, outer]))


def _always(lines: Sequence[cst.BaseStatement]) -> list[str]:
    """Names that are bound after these lines whatever happens."""
    simple = [line for line in lines if isinstance(one(line), cst.Assign | cst.AnnAssign)]
    imports = [line for line in lines if isinstance(one(line), cst.Import | cst.ImportFrom)]
    return [name for line in simple for name in stored(line) - _inside(line)] + sorted(_imported(*imports))


def _imported(*nodes: cst.CSTNode) -> set[str]:
    """Names that are bound by imports, also by those in loops and branches."""
    aliases = [each for node in nodes for each in walk(node) if isinstance(each, cst.ImportAlias)]
    return {each.evaluated_alias or each.evaluated_name.partition(".")[0] for each in aliases}


@lru_cache(maxsize=1 << 14)
def _inside(node: cst.CSTNode) -> set[str]:
    return {name for each in walk(node) if isinstance(each, cst.CompFor) for name in _of(each)}


def _before_set(lines: Sequence[cst.BaseStatement]) -> set[str]:
    """Names that the lines read before they set them."""
    known: set[str] = set()
    early: set[str] = set()
    for line in lines:
        early |= loaded(line) - known
        known |= set(_always([line]))
    return early


def _of(part: cst.CompFor) -> set[str]:
    return {node.value for node in walk(part.target) if isinstance(node, cst.Name)}


def _words(line: cst.BaseStatement) -> bool:
    statement = one(line)
    return isinstance(statement, cst.Expr) and isinstance(statement.value, cst.SimpleString)


def _docstring(function: cst.FunctionDef) -> list[cst.BaseStatement]:
    body = function.body.body
    return [body[0]] if isinstance(body[0], cst.SimpleStatementLine) and _words(body[0]) else []


def _without_defaults(given: cst.Parameters) -> cst.Parameters:
    def bare(params: Sequence[cst.Param]) -> list[cst.Param]:
        return [each.with_changes(default=None, equal=cst.MaybeSentinel.DEFAULT) for each in params]

    return given.with_changes(params=bare(given.params), kwonly_params=bare(given.kwonly_params))


def _passed(function: cst.FunctionDef) -> str:
    given = function.params
    passed = [each.name.value for each in (*given.posonly_params, *given.params)]
    passed += [f"*{given.star_arg.name.value}"] if isinstance(given.star_arg, cst.Param) else []
    passed += [f"{each.name.value}={each.name.value}" for each in given.kwonly_params]
    return ", ".join([*passed, *([f"**{given.star_kwarg.name.value}"] if given.star_kwarg else [])])
