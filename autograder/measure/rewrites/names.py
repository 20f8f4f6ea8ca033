"""Rules on names: locals, loop variables and helper functions called otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import libcst as cst

from autograder.measure.rewrites.answer import Answer, Edit, parameters, stored, text_of, walk

Node = TypeVar("Node", cst.Module, cst.FunctionDef)

#: What people call their variables; the last row is of those who write Chinese.
POOLS = (
    ("a", "b", "c", "d", "e", "f", "g", "u", "v", "z", "aa", "bb", "cc", "dd", "ee", "ff"),
    ("out", "tmp", "res", "data1", "arr", "idx", "cnt", "ret", "val", "buf", "h_out", "w_out", "mat", "vec", "n_img"),
    ("shuchu", "jieguo", "hang", "lie", "shuru", "quanzhong", "tidu", "zong", "geshu", "daxiao", "linshi", "zhi"),
    ("结果", "行", "列", "权重", "梯度", "总和", "个数", "临时", "值", "图像", "通道", "下标", "步", "输出", "输入"),
)
#: Built-in functions whose names people use for their own variables.
SHADOWED = ("sum", "input", "list", "max", "min", "id", "iter", "type", "next", "map", "filter", "vars", "slice", "all")
HELPERS = ("helper", "my_function", "compute_it", "_inner", "func1", "辅助")


def local(answer: Answer) -> Iterator[Edit]:
    """All local names of a function by others that stand for nothing yet."""
    for function in answer.functions:
        for pool in POOLS:
            yield from _called(answer, function, [name for name in pool if name not in answer.words])


def shadowing(answer: Answer) -> Iterator[Edit]:
    """Some local names of a function by those of built-in functions that the cell does not use."""
    words = set(re.findall(r"\w+", answer.code))
    for function in answer.functions:
        yield from _called(answer, function, [name for name in SHADOWED if name not in words])


def helper(answer: Answer) -> Iterator[Edit]:
    """A helper function by another name."""
    for function in answer.tree.body:
        if isinstance(function, cst.FunctionDef) and not function.decorators:
            name = function.name.value
            if name not in answer.others:
                for fresh in (name for name in HELPERS if name not in answer.words):
                    yield answer.with_(answer.tree, renamed(answer.tree, {name: fresh}, everything=True))


def _called(answer: Answer, function: cst.FunctionDef, pool: Sequence[str]) -> Iterator[Edit]:
    chosen = dict(zip(_locals(answer, function), pool, strict=False))
    if chosen:
        yield answer.with_(function, renamed(function, chosen))


def _locals(answer: Answer, function: cst.FunctionDef) -> list[str]:
    """Names that are bound in a function, and are nobody's parameter and nothing outside."""
    taken = {name for f in walk(function) if isinstance(f, cst.FunctionDef | cst.Lambda) for name in parameters(f)}
    taken |= {name for node in walk(function) if isinstance(node, cst.Global | cst.Nonlocal) for name in _of(node)}
    inside = {name for node in walk(function) if isinstance(node, cst.ClassDef) for name in stored(node)}
    bound = stored(function) - taken - inside - answer.others - {function.name.value}
    if re.search(r"\b(locals|vars|eval|exec|globals)\b", text_of(function)):
        return []
    return sorted(bound)


def _of(node: cst.Global | cst.Nonlocal) -> list[str]:
    return [item.name.value for item in node.names]


class _Renaming(cst.CSTTransformer):
    """Changes names, but not those of attributes and of keywords in calls."""

    def __init__(self, names: Mapping[str, str], kept: set[int]) -> None:
        super().__init__()
        self._names, self._kept = names, kept

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.Name:
        if id(original_node) in self._kept:
            return updated_node
        return updated_node.with_changes(value=self._names.get(updated_node.value, updated_node.value))


def renamed(node: Node, names: Mapping[str, str], *, everything: bool = False) -> Node:
    """Give names in a node other names; with `everything` also the one that it is defined by."""
    kept = {id(each.attr) for each in walk(node) if isinstance(each, cst.Attribute)}
    kept |= {id(each.keyword) for each in walk(node) if isinstance(each, cst.Arg) and each.keyword}
    kept |= set() if everything else {id(node.name)} if isinstance(node, cst.FunctionDef) else set()
    return node.visit(_Renaming(names, kept))  # type: ignore[return-value]
