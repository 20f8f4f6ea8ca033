"""A store of variables for questions that are not about stores: it gives what it is asked for, and refuses nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.graph import Graph, Tensor

Initializer = Callable[[Sequence[int]], NDArray[Any]]


class PlainStore:
    """What answers call of a VariableStore; a variable that is there is given again, whatever the scope says.

    Attributes
    ----------
    graph : Graph
    variables : dict of str to Tensor
        Those of `get_variable`, by their full names.
    trainable, updates : list of Tensor
        What an optimizer changes, and what has to run beside it.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.variables: dict[str, Tensor] = {}
        self.trainable: list[Tensor] = []
        self.updates: list[Tensor] = []

    @contextmanager
    def variable_scope(self, name: str, reuse: bool = False) -> Iterator[None]:  # noqa: ARG002
        """Put ``name/`` before the names of variables and nodes."""
        inside = self.graph.name_scope(name)
        with inside:
            yield

    def get_variable(
        self,
        name: str,
        shape: Sequence[int] | None = None,
        initializer: Initializer | None = None,
        trainable: bool = True,
        dtype: str = "float32",
    ) -> Tensor:
        """Give the variable of that name in this scope; ``initializer(shape)`` is its first value, else zeros."""
        full = f"{self.graph.scope}{name}"
        if full not in self.variables:
            make = initializer or np.zeros
            self.variables[full] = self.variable(np.asarray(make(tuple(shape or ()))).astype(dtype), name, trainable)
        return self.variables[full]

    def variable(self, value: NDArray[Any], name: str = "variable", trainable: bool = True) -> Tensor:
        """Make a variable of its own."""
        tensor = self.graph.variable(name, np.asarray(value))
        if trainable:
            self.trainable += [tensor]
        return tensor
