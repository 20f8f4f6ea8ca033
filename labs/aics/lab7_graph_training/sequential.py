"""A model as a list of layers, as Keras has it, over functions that are handed to it: it owns no mathematics.

model = Sequential(store, (784,), [dense(300, "relu"), dense(10)], walk)
model.compile(Adam(store, 0.001))
model.fit(pictures, labels, epochs=3, validation_split=0.1, saver=Saver("snapshots"))
loss, accuracy = model.evaluate(others, their_labels)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from aics.graph import Graph, GraphError, Node, Tensor
from aics.lab7_graph_training.session import Session, Walk, in_any_order
from aics.language import noted, tr

Array = NDArray[Any]


class Store(Protocol):
    """As much of a VariableStore as a model needs."""

    graph: Graph
    variables: dict[str, Tensor]


class Optimizer(Protocol):
    """What `compile` takes."""

    def minimize(self, loss: Tensor) -> Tensor:
        """Return what is fetched to take a step."""


class Saver(Protocol):
    """What `fit` takes, to write a snapshot after each epoch."""

    def save(self, variables: Mapping[str, Tensor], step: int) -> object:
        """Write the variables' values, and return where they lie."""


_DIVERGED = noted(
    "Step {number}: {error} The variables hold what they held before it. A smaller learning rate, or smaller first "
    "values, may help."
)
_SEEN = noted("epoch {epoch} of {epochs}: loss {loss:.3f}, accuracy {accuracy:.1%}; on {count} others {other:.1%}")
#: ``layer(store, x, name, is_training)`` -> the layer's output.
Layer = Callable[[Any, Tensor, str, Tensor], Tensor]


class TrainingError(Exception):
    """A training cannot go on; the message says at which step, why, and what to do."""


class Score(NamedTuple):
    """How well a model reads some pictures."""

    loss: float
    accuracy: float


class Sequential:
    """A network that classifies.

    Parameters
    ----------
    store : VariableStore
        Of an empty graph.
    shape : tuple of int
        Of one picture.
    layers : sequence of callable
        ``layer(store, x, name, is_training)`` -> tensor; the last one gives the logits. Names are layer1, layer2 ...
    walk : callable
        What plans a session's runs.

    Attributes
    ----------
    x, labels, is_training, logits, loss, right : Tensor
        `right` is 1 for each picture that is read right, else 0.
    """

    def __init__(self, store: Store, shape: Sequence[int], layers: Sequence[Layer], walk: Walk = in_any_order) -> None:
        graph, self.store, self._walk = store.graph, store, walk
        self.x = y = graph.placeholder("x", (None, *shape))
        self.is_training = graph.placeholder("is_training", (), "bool")
        for number, layer in enumerate(layers, 1):
            y = layer(store, y, f"layer{number}", self.is_training)
        self.logits = y
        self.labels = graph.placeholder("labels", (None, y.shape[1]))
        self.loss = _apply(graph, "Mean", _apply(graph, "SoftmaxCrossEntropy", y, self.labels, name="losses"))
        best = [_apply(graph, "ArgMax", each) for each in (y, self.labels)]
        self.right = _apply(graph, "Cast", _apply(graph, "Equal", *best), name="right", dtype="float32")
        self._step: Tensor | None = None

    def compile(self, optimizer: Optimizer) -> None:
        """Put the optimizer's nodes into the graph, and begin a session; what was learned stays."""
        self._step = optimizer.minimize(self.loss)
        self._session = Session(self.store.graph, self._walk, checked=True)

    def fit(
        self,
        x: Array,
        labels: Array,
        *,
        epochs: int = 1,
        batch_size: int = 100,
        validation_split: float = 0.0,
        saver: Saver | None = None,
        seed: int = 0,
    ) -> list[dict[str, float]]:
        """Train, and print a line after each epoch.

        x : (N, ...), labels : (N,) integers; the last `validation_split` of them are only looked at  ->  a dict for
        each epoch

        Raises TrainingError where a node gives nan or an infinity: the variables then hold what they held before that
        step, and no snapshot is touched.
        """
        if self._step is None:
            raise TrainingError(tr("The model has no optimizer yet: call compile, then fit."))
        if len(x) != len(labels):
            raise TrainingError(tr("There are {x} pictures and {labels} labels.", x=len(x), labels=len(labels)))
        kept = len(x) - round(validation_split * len(x))
        rng, history = np.random.default_rng(seed), []
        for epoch in range(1, epochs + 1):
            order = rng.permutation(kept)
            batches = [order[start : start + batch_size] for start in range(0, kept, batch_size)]
            done = (epoch - 1) * len(batches)
            scores = [self._one_step(x[b], labels[b], done + number) for number, b in enumerate(batches, 1)]
            history.append(self._told(epoch, epochs, _mean(scores), x[kept:], labels[kept:]))
            if saver:
                saver.save(self.store.variables, done + len(batches))
        return history

    def evaluate(self, x: Array, labels: Array, batch_size: int = 500) -> Score:
        """Return loss and accuracy."""
        starts = range(0, len(x), batch_size)
        parts = [(x[start : start + batch_size], labels[start : start + batch_size]) for start in starts]
        session = Session(self.store.graph, self._walk)
        rows = [session.run([self.loss, self.right], self._feeds(*part, training=False)) for part in parts]
        sizes = [len(right) for _, right in rows]
        loss = float(np.average([loss for loss, _ in rows], weights=sizes))
        return Score(loss, float(np.mean(np.concatenate([right for _, right in rows]))))

    def predict(self, x: Array) -> NDArray[np.int64]:
        """Return the class of each picture, (N,)."""
        logits = Session(self.store.graph, self._walk).run(self.logits, {self.x: x, self.is_training: False})
        return np.asarray(logits.argmax(axis=1))

    def _one_step(self, x: Array, labels: Array, number: int) -> Score:
        before = _values(self.store.graph)
        try:
            feeds = self._feeds(x, labels, training=True)
            loss, right, _ = self._session.run([self.loss, self.right, self._step], feeds)  # type: ignore[list-item]
        except GraphError as error:
            for node, value in before.items():
                node.load(value)
            raise TrainingError(tr(_DIVERGED, number=number, error=error)) from error
        return Score(float(loss), float(np.mean(right)))

    def _feeds(self, x: Array, labels: Array, *, training: bool) -> dict[Tensor, Any]:
        one_hot = np.eye(self.logits.shape[1], dtype=np.float32)[labels]  # type: ignore[arg-type]
        return {self.x: x, self.labels: one_hot, self.is_training: training}

    def _told(self, epoch: int, epochs: int, score: Score, x: Array, labels: Array) -> dict[str, float]:
        row = dict(zip(("loss", "accuracy"), score, strict=True))
        said: dict[str, Any] = {"epoch": epoch, "epochs": epochs, **row}
        if not len(x):
            print(tr("epoch {epoch} of {epochs}: loss {loss:.3f}, accuracy {accuracy:.1%}", **said))
            return row
        seen = self.evaluate(x, labels)
        row |= {"validation loss": seen.loss, "validation accuracy": seen.accuracy}
        print(tr(_SEEN, **said, count=len(x), other=seen.accuracy))
        return row


def _apply(graph: Graph, operator: str, *inputs: Tensor, **rest: Any) -> Tensor:
    tensor = graph.apply(operator, *inputs, **rest)
    assert isinstance(tensor, Tensor)  # each operator of this lab has one output
    return tensor


def _values(graph: Graph) -> dict[Node, Array]:
    """What each variable holds; a value is never changed, only exchanged."""
    return {node: node.value for node in graph.nodes.values() if node.value is not None}


def _mean(scores: Sequence[Score]) -> Score:
    return Score(*np.mean(np.array(scores), axis=0).tolist())
