"""Lab 7: how the questions on layers and networks call the student's code.

The store is a stand-in that refuses nothing, and the session plans by itself, so that one empty stub does not cost the
next question. What a graph computes is looked at with known values in its variables, which are loaded by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.check.returned import spelled
from aics.graph import GraphError, Tensor
from aics.lab7_graph_training.doubles import Initializer, PlainStore
from aics.lab7_graph_training.operators import training_graph
from aics.lab7_graph_training.session import Session

Array = NDArray[Any]
#: What an ask returns: name of each output -> what came back.
Outputs = dict[str, object]
#: A layer: its name, its units, its activation.
Layer = Sequence[Any]
#: First values of a variable that travel, at most.
MOST_FIRST = 100


class ScopedStore(PlainStore):
    """A PlainStore whose names come from its own scopes: one of the graph alone does not reach its variables."""

    def __init__(self) -> None:
        super().__init__(training_graph())
        self._open: list[str] = []

    @contextmanager
    def variable_scope(self, name: str, reuse: bool = False) -> Iterator[None]:  # noqa: ARG002
        """Put ``name/`` before the names of variables and nodes."""
        self._open.append(name)
        try:
            with self.graph.name_scope(self._open[-1]):
                yield
        finally:
            self._open.pop()

    def get_variable(
        self,
        name: str,
        shape: Sequence[int] | None = None,
        initializer: Initializer | None = None,
        trainable: bool = True,
        dtype: str = "float32",
    ) -> Tensor:
        """Give the variable of that name in this scope; ``initializer(shape)`` is its first value, else zeros."""
        full = "".join(f"{scope}/" for scope in self._open) + name
        if full not in self.variables:
            first = np.asarray((initializer or np.zeros)(tuple(shape or ()))).astype(dtype)
            self.variables[full] = self.variable(first, name, trainable)
        return self.variables[full]


def known(seed: int, name: str, shape: Sequence[int]) -> NDArray[np.float32]:
    """Normal numbers for the variable of that name: what a layer gives is about as large as its input."""
    rng = np.random.default_rng([seed, *name.encode()])
    values: NDArray[np.float32] = (rng.normal(size=tuple(shape)) / np.sqrt(prod(shape[:-1]))).astype(np.float32)
    return values


def full_layer(
    full_layer: Callable[..., Any],
    softmax_regression: Callable[..., Any],
    *,
    about: str,
    x: Array,
    seed: int,
    layers: Sequence[Layer] = (),
    scope: str = "",
    labels: Array | None = None,
    names: Sequence[str] = (),
) -> Outputs:
    """The variables of a stack of layers, or of a softmax regression where there are labels, and what is computed.

    A layer that is only its units is asked for without a name, an activation or an initializer. A layer to be refused
    has `names` for its refusal.
    """
    store = ScopedStore()
    feeds = {store.graph.placeholder("x", (None, *x.shape[1:])): x}
    try:
        if labels is not None:
            return _regression(softmax_regression, store, feeds, labels, seed)
        with ExitStack() as stack:
            if scope:
                stack.enter_context(store.variable_scope(scope))
            tensors = _stacked(full_layer, store, next(iter(feeds)), layers, seed)
    except GraphError as error:
        if not names:
            raise
        return {"refusal": spelled([error]), "variables": spelled(store.variables)}
    if names:
        return {"variables": spelled(store.variables)}
    titles = [f"output of layer {number}" for number, _ in enumerate(layers, 1)]
    return _noted(store, seed) | dict(zip(titles, Session(store.graph).run(tensors, feeds), strict=True))


def _stacked(
    full_layer: Callable[..., Any], store: ScopedStore, x: Tensor, layers: Sequence[Layer], seed: int
) -> list[Tensor]:
    """The output of each layer, which is the next one's input."""
    tensors = []
    for name, units, activation in layers:
        if name is None:
            x = full_layer(store, x, units)
        else:
            first = {"initializer": lambda shape: known(seed, "first", shape)}
            x = full_layer(store, x, units, activation, name=name, **first)
        tensors.append(x)
    return tensors


def _regression(
    softmax_regression: Callable[..., Any], store: ScopedStore, feeds: dict[Tensor, Array], labels: Array, seed: int
) -> Outputs:
    asked = store.graph.placeholder("labels", (None, *labels.shape[1:]))
    pair = softmax_regression(store, *feeds, asked)
    return _pair(pair, store, feeds | {asked: labels}, seed)


def _pair(pair: Any, store: ScopedStore, feeds: dict[Tensor, Array], seed: int) -> Outputs:
    """The variables, and the values of logits and loss; what was returned in the place of a pair, if it is none."""
    if not isinstance(pair, tuple | list) or len(pair) != 2:
        return {"the pair (logits, loss)": pair}
    found = _noted(store, seed)
    return found | dict(zip(("logits", "loss"), Session(store.graph).run(list(pair), feeds), strict=True))


def _noted(store: ScopedStore, seed: int) -> Outputs:
    """The names of all variables, and of each its shape and first values; then known ones are loaded."""
    found: Outputs = {"variables": spelled(store.variables)}
    found["trainable"] = spelled(name for name, each in store.variables.items() if each in store.trainable)
    for name, tensor in store.variables.items():
        node = tensor.node
        found[f"shape of {name}"] = np.array(tensor.shape, np.int64)
        found[f"first values of {name}"] = np.ravel(np.asarray(node.value))[:MOST_FIRST].copy()
        node.load(known(seed, name, tensor.shape))  # type: ignore[arg-type]
    return found


def mnist_cnn(mnist_cnn: Callable[..., Any], *, images: Array, labels: Array, seed: int) -> Outputs:
    """The network's variables, its logits and its loss."""
    store = ScopedStore()
    feeds = {
        store.graph.placeholder("images", (None, *images.shape[1:])): images,
        store.graph.placeholder("labels", (None, *labels.shape[1:])): labels,
    }
    return _pair(mnist_cnn(store, *feeds), store, feeds, seed)
