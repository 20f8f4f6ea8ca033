"""A sparse training in a thread, whose film grows while it runs: by the student's functions where they are finished."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from threading import Thread
from types import FunctionType
from typing import Any

import numpy as np

from aics.demos.own import exported, find_code, finished_code, stopped
from aics.lab6_mixed_sparse.demos.lenet import LeNet, digits, first_params
from aics.lab6_mixed_sparse.demos.sparse_film import BATCH, DIGITS, EPOCHS, EVERY, Look, SparseFilm
from aics.lab6_mixed_sparse.demos.sparse_trainers import NEEDED, ByFunctions, OneVector, Trainer
from aics.language import noted, tr
from aics.notebook.export import unfinished

MODULE, PARTS = "sparse_momentum", "layers"
OWN = noted("A new training is by your own functions, from {file}.py. {layers}")
OURS = noted(
    "A new training is by the demo's own code, since no lab here has exported a finished {file}.py yet. {layers}"
)
BROKEN = noted("{file}.py of your own cannot be used. {sentence}")
INSTEAD = noted("{sentence} The demo's own training goes on in its place.")
Functions = Mapping[str, Callable[..., Any]]


class Live:
    """One training after the other; a new one ends the one before.

    Attributes
    ----------
    film : SparseFilm
        Of the last training, up to now.
    kept : int
        Its weights in per cent; 0 where there is none.
    whose, trouble : str
        Whose functions train, and what they have raised, if they have.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        """changed : called whenever there is more to see"""
        self._changed, self._turn = changed, 0
        self._code, self.broken = find_code(PARTS), ""
        self._functions = self._own()
        self.whose = tr(OWN if self._functions else OURS, file=MODULE, layers=self._code.whose)
        self.stop()

    def begin(self, kept: int, seed: int) -> None:
        """Train anew with so many per cent of the weights."""
        self.stop()
        self.kept = kept
        Thread(target=self._run, args=(kept / 100, seed, self._turn), daemon=True).start()

    def stop(self) -> None:
        """Forget the training."""
        self.close()
        self.film, self.trouble, self.kept = SparseFilm(), self.broken, 0

    def close(self) -> None:
        """Let the thread end after the steps that it is at."""
        self._turn += 1

    def _own(self) -> Functions | None:
        try:
            return own_functions()
        except Exception as error:  # a student's file may raise anything
            self.broken = tr(BROKEN, file=MODULE, sentence=stopped(error))
            return None

    def _run(self, density: float, seed: int, turn: int) -> None:
        try:
            net = LeNet(self._code.files["layers_1"])
            self._follow(net, trainer_of(self._functions, net, density, seed), turn)
        except Exception as error:  # a student's code may raise anything
            if turn == self._turn:
                self.film, self.trouble = SparseFilm(), tr(INSTEAD, sentence=stopped(error))
                net = LeNet(finished_code(PARTS).files["layers_1"])
                self._follow(net, trainer_of(None, net, density, seed), turn)

    def _follow(self, net: LeNet, trainer: Trainer, turn: int) -> None:
        for _ in filmed(net, trainer, self.film):
            if turn != self._turn:
                return
            self._changed()


def trainer_of(functions: Functions | None, net: LeNet, density: float, seed: int) -> Trainer:
    """Return a training by these functions, or by this room's vector where there are none."""
    params = first_params(np.random.default_rng(seed))
    if functions is None:
        return OneVector(net, params, density, seed)
    return ByFunctions(functions, net, params, density, seed)


def own_functions() -> Functions | None:
    """Return the student's exported functions by name; None where one is not there or not finished.

    What importing their file raises comes through.
    """
    module = exported(MODULE, PARTS)
    found = {name: getattr(module, name, None) for name in NEEDED}
    functions = {name: each for name, each in found.items() if isinstance(each, FunctionType) and not unfinished(each)}
    return functions if len(functions) == len(NEEDED) else None


def filmed(net: LeNet, trainer: Trainer, film: SparseFilm, *, seed: int = 0, regrow: bool = True) -> Iterator[None]:
    """Train, and note in the film what is to be seen; come back whenever there is more."""
    pictures, labels = (part[:DIGITS] for part in digits("train"))
    film.accuracy.append(accuracy(net, trainer))
    film.looks.append(Look.at(trainer.masks))
    yield
    for epoch in range(EPOCHS):
        order = np.random.default_rng([seed, epoch]).permutation(len(labels))
        lr, losses = 0.05 * (1 + float(np.cos(np.pi * epoch / EPOCHS))), []
        for places in np.split(order, len(labels) // BATCH):
            losses.append(trainer.step(pictures[places], labels[places], lr))
            if len(losses) == EVERY:
                film.losses.append(float(np.mean(losses)))
                losses.clear()
                yield
        looks = [Look.at(trainer.cycle(epoch, EPOCHS)), Look.at(trainer.masks)] if regrow else []
        film.accuracy.append(accuracy(net, trainer))
        film.looks += looks
        yield


def accuracy(net: LeNet, trainer: Trainer) -> float:
    """Return which part of the test digits is read right."""
    pictures, labels = digits("test")
    net.load(trainer.params)
    return float(np.mean(net.forward(pictures).argmax(axis=1) == labels))
