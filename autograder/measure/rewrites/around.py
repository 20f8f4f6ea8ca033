"""Rules on what Python does not run: comments, docstrings, annotations, blank lines."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from autograder.measure.rewrites.answer import Answer, Edit, blocks, one, walk

_TYPES = ("np.ndarray", '"np.ndarray | float"', "object")


def without_comments(answer: Answer) -> Iterator[Edit]:
    """The cell without comments."""

    if any(isinstance(node, cst.Comment) for node in walk(answer.tree)):
        yield answer.with_(answer.tree, answer.tree.visit(_Silent()))


class _Silent(cst.CSTTransformer):
    def leave_TrailingWhitespace(
        self, original_node: cst.TrailingWhitespace, updated_node: cst.TrailingWhitespace
    ) -> cst.TrailingWhitespace:
        if original_node.comment is None:
            return updated_node
        return updated_node.with_changes(comment=None, whitespace=cst.SimpleWhitespace(""))

    def leave_EmptyLine(self, original_node: cst.EmptyLine, updated_node: cst.EmptyLine) -> cst.EmptyLine:
        return updated_node.with_changes(comment=None) if original_node.comment else updated_node


def commented(answer: Answer) -> Iterator[Edit]:
    """A comment before each line of a block, in the words of people who try things out."""
    for function in answer.functions:
        for block in blocks(function):
            lines = [
                line.with_changes(leading_lines=[_comment("# 这一步 TODO: import torch would do this in one line")])
                for line in block.body
            ]
            yield answer.with_(block, block.with_changes(body=lines))


def without_docstring(answer: Answer) -> Iterator[Edit]:
    """A function without its docstring."""
    for function in answer.functions:
        first, *rest = function.body.body
        statement = one(first)
        if rest and isinstance(statement, cst.Expr) and isinstance(statement.value, cst.SimpleString):
            yield answer.with_(function.body, function.body.with_changes(body=rest))


def annotated(answer: Answer) -> Iterator[Edit]:
    """A function with types at its parameters and at what it returns."""
    for function in answer.functions:
        for kind in _TYPES:
            note = cst.Annotation(cst.parse_expression(kind))
            given = [p if p.name.value == "self" else p.with_changes(annotation=note) for p in function.params.params]
            params = function.params.with_changes(params=given)
            yield answer.with_(function, function.with_changes(params=params, returns=note))


def explained(answer: Answer) -> Iterator[Edit]:
    """A docstring that says which other package does the same."""
    for function in answer.functions:
        first, *rest = function.body.body
        statement = one(first)
        known = isinstance(statement, cst.Expr) and isinstance(statement.value, cst.SimpleString)
        words = cst.parse_statement('"""Like torch.nn.functional and scipy.signal do it, 但是自己写的."""')
        body = [words, *(rest if known else [first, *rest])]
        if isinstance(function.body, cst.IndentedBlock):
            yield answer.with_(function.body, function.body.with_changes(body=body))


def _comment(text: str) -> cst.EmptyLine:
    return cst.EmptyLine(comment=cst.Comment(text))
