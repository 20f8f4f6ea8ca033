"""Sparse training from the outside: by lab 6's functions, a student's own for example, or by this room's one vector."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import numpy as np

from aics.lab6_mixed_sparse.demos.lenet import SIZES, Arrays, LeNet
from aics.lab6_mixed_sparse.demos.sparse_film import Masks

MOMENTUM, DECAY, RATE = 0.9, 5e-4, 0.5
#: The functions of lab 6 that a training is made of.
NEEDED = ("begin_sparse", "sparse_step", "after_epoch", "magnitude_prune")


class Trainer(Protocol):
    """A sparse training that goes on when it is told to."""

    @property
    def params(self) -> Mapping[str, np.ndarray]:
        """Weights and biases by name."""

    @property
    def masks(self) -> Masks:
        """The masks of the weights."""

    def step(self, x: np.ndarray, label: np.ndarray, lr: float) -> float:
        """Take a step with a batch, and return the loss before it."""

    def cycle(self, epoch: int, epochs: int) -> Masks:
        """Prune and regrow after an epoch, counted from 0; return the masks as they were between the two."""


def annealed(epoch: int, epochs: int) -> float:
    """Return which part of the active weights goes after an epoch, counted from 0: a cosine that ends at 0."""
    return RATE / 2 * (1 + float(np.cos(np.pi * (epoch + 1) / epochs)))


class ByFunctions:
    """A training by functions of lab 6, whoever wrote them."""

    def __init__(
        self, functions: Mapping[str, Callable[..., Any]], net: Any, params: Arrays, density: float, seed: int
    ) -> None:
        """functions : those of `NEEDED` by name; net : with load, forward and backward, as in the notebook"""
        self._functions, self._net = functions, net
        self._state = functions["begin_sparse"](params, density, np.random.default_rng(seed))

    @property
    def params(self) -> Mapping[str, np.ndarray]:
        """Weights and biases by name."""
        found: Mapping[str, np.ndarray] = self._state["params"]
        return found

    @property
    def masks(self) -> Masks:
        """The masks of the weights."""
        found: Masks = self._state["masks"]
        return found

    def step(self, x: np.ndarray, label: np.ndarray, lr: float) -> float:
        """Take a step with a batch, and return the loss before it."""
        self._state, said = self._functions["sparse_step"](self._net, self._state, x, label, lr, MOMENTUM, DECAY)
        return float(said["loss"])

    def cycle(self, epoch: int, epochs: int) -> Masks:
        """Prune and regrow; return the masks as they were between the two."""
        prune, rate = self._functions["magnitude_prune"], annealed(epoch, epochs)
        pruned = {name: prune(self.params[name], mask, rate) for name, mask in self.masks.items()}
        self._state = self._functions["after_epoch"](self._state, epoch, epochs, RATE)
        return pruned


class OneVector:
    """Sparse momentum on all weights one behind the other: what belongs to a layer is told by a number beside each."""

    def __init__(self, net: LeNet, params: Arrays, density: float, seed: int) -> None:
        self._net, rng = net, np.random.default_rng(seed)
        self._names = [f"{name}/weight" for name in SIZES]
        sizes = [params[name].size for name in self._names]
        self._layer, self._cuts = np.repeat(np.arange(len(sizes)), sizes), np.cumsum(sizes)[:-1]
        order = np.lexsort((rng.random(sum(sizes)), self._layer))
        self.active = self._first(order, np.round(density * np.array(sizes)).astype(int))
        self.weights = self._flat(params) * self.active
        self.velocity = np.zeros_like(self.weights)
        self._biases = {name: part for name, part in params.items() if name not in self._names}
        self._pull = {name: np.zeros_like(part) for name, part in self._biases.items()}

    @property
    def params(self) -> Mapping[str, np.ndarray]:
        """Weights and biases by name."""
        return self._biases | self._apart(self.weights)

    @property
    def masks(self) -> Masks:
        """The masks of the weights."""
        return self._apart(self.active)

    def step(self, x: np.ndarray, label: np.ndarray, lr: float) -> float:
        """Take a step with a batch, and return the loss before it."""
        self._net.load(self.params)
        loss, gradients = self._net.gradients(x, label)
        self.velocity = np.float32(MOMENTUM) * self.velocity + self._flat(gradients)
        self.velocity += np.float32(DECAY) * self.weights
        self.weights = self.weights - np.float32(lr) * self.velocity * self.active
        for name, bias in self._biases.items():
            self._pull[name] = np.float32(MOMENTUM) * self._pull[name] + gradients[name] + np.float32(DECAY) * bias
            self._biases[name] = bias - np.float32(lr) * self._pull[name]
        return loss

    def cycle(self, epoch: int, epochs: int) -> Masks:
        """Prune and regrow; return the masks as they were between the two."""
        return self._apart(self.renew(annealed(epoch, epochs)))

    def renew(self, rate: float) -> np.ndarray:
        """Take this part of each layer's active weights out and let as many come; return who was there in between."""
        layers, pulls = len(self._names), np.abs(self.velocity)
        many = np.bincount(self._layer[self.active], minlength=layers)
        moving = np.bincount(self._layer[self.active], pulls[self.active], layers) / np.maximum(many, 1)
        going = (rate * many).astype(int)
        smallest = np.lexsort((np.where(self.active, np.abs(self.weights), np.inf), self._layer))
        between: np.ndarray = self.active & ~self._first(smallest, going)
        room = np.bincount(self._layer[~between], minlength=layers)
        coming = shared_out(int(going.sum()), moving, room)
        pulled = np.lexsort((np.where(between, np.inf, -pulls), self._layer))
        self.active = between | self._first(pulled, coming)
        self.weights = self.weights * between
        return between

    def _first(self, order: np.ndarray, counts: np.ndarray) -> np.ndarray:
        """Where the first few weights of each layer stand in an order that goes through the layers.  ->  bool"""
        ranks = np.arange(len(order)) - np.concatenate([[0], self._cuts])[self._layer[order]]
        chosen = np.zeros(len(order), bool)
        chosen[order] = ranks < counts[self._layer[order]]
        return chosen

    def _flat(self, parts: Arrays) -> np.ndarray:
        return np.concatenate([parts[name].ravel() for name in self._names])

    def _apart(self, vector: np.ndarray) -> Arrays:
        parts = np.split(vector, self._cuts)
        return {name: part.reshape(SIZES[name[:3]]) for name, part in zip(self._names, parts, strict=True)}


def shared_out(total: int, by: np.ndarray, room: np.ndarray) -> np.ndarray:
    """Divide a whole number by weights, none above its room: layers are filled from the one that is full soonest on.

    by, room : (L,) arrays  ->  (L,) integers whose sum is `total`, or all the room where that is less
    """
    by, rest = np.maximum(by, 1e-30), float(min(total, room.sum()))
    parts = np.zeros(len(by))
    for place, layer in enumerate(order := np.argsort(room / by, kind="stable")):
        parts[layer] = min(rest * by[layer] / by[order[place:]].sum(), room[layer])
        rest -= parts[layer]
    whole = np.floor(parts + 1e-9).astype(int)
    missing = int(min(total, room.sum())) - int(whole.sum())
    whole[np.argsort(whole - parts, kind="stable")[:missing]] += 1
    return whole
