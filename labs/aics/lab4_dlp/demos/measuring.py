"""The accuracy of `mini` with its weights in few bits, measured in a thread; what has been answered once is kept.

measuring = Measuring(network_of, photos(200), told)
measuring.want(Setting(4, per_channel=False))      # returns at once; `told` is called as answers come in
measuring.answers(Setting(4, per_channel=False))   # classes, -1 where there is no answer yet
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aics.lab4_dlp.demos.mini import Answering, Array, Photos

#: Pictures that are answered at once, between two looks at what is wanted now.
BATCH = 20
#: Seconds for which a setting has to be wanted until it is measured: a slider on its way asks for many.
REST = 0.15
#: Seconds that the end of Python waits for a batch.
_PATIENCE = 5


@dataclass(frozen=True)
class Setting:
    """How the weights are stored: in so many bits, with a grid for each output channel or one for each layer."""

    bits: int
    per_channel: bool


#: What everything is compared with: the weights as they are, in float32.
FLOAT32 = Setting(32, per_channel=False)


class Measuring:
    """Answers of `mini` for one setting after another; the last one that was wanted goes first, then float32."""

    def __init__(self, network_of: Callable[[Setting], Answering], photos: Photos, told: Callable[[], None]) -> None:
        """Begin without answers.

        network_of : makes the network of a setting; called in the thread
        told : called in the thread after each batch of answers
        """
        self._network_of, self._photos, self._told = network_of, photos, told
        self._answers: dict[Setting, Array] = {}
        self._wanted, self._closed = FLOAT32, threading.Event()
        self._lock, self._threads = threading.Lock(), [threading.Thread()]
        weakref.finalize(self, _end, self._closed, self._threads)

    def answers(self, setting: Setting) -> Array:
        """Return the class that was named for each picture, -1 where there is no answer yet."""
        return self._answers.get(setting, self._none()).copy()

    def right(self, setting: Setting) -> float | None:
        """Return the proportion of right answers, or None while some are missing."""
        answers = self.answers(setting)
        return None if (answers < 0).any() else float(np.mean(answers == self._photos.labels))

    def want(self, setting: Setting) -> None:
        """Ask for a setting's answers; those that are being computed for another one wait."""
        with self._lock:
            self._wanted = setting
            if not self._threads[0].is_alive() and self._next() is not None:
                self._threads[0] = threading.Thread(target=self._work, daemon=True)
                self._threads[0].start()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until all that is wanted has been answered; return whether it has."""
        thread = self._threads[0]
        if thread.ident is not None:
            thread.join(seconds)
        return not thread.is_alive()

    def close(self) -> None:
        """Stop after the batch that is being answered."""
        self._closed.set()

    def _none(self) -> Array:
        return np.full(len(self._photos.labels), -1)

    def _next(self) -> Setting | None:
        """The setting whose answers come next; None if there is nothing to do."""
        open_ones = [setting for setting in (self._wanted, FLOAT32) if (self.answers(setting) < 0).any()]
        return open_ones[0] if open_ones and not self._closed.is_set() else None

    def _work(self) -> None:
        """What the thread does, until nothing is wanted any more."""
        made: Setting | None = None
        while (setting := self._next_or_end()) is not None:
            if setting != made and (self._closed.wait(REST) or setting != self._next()):
                continue
            if setting != made:
                made, network = setting, self._network_of(setting)
            self._answer(setting, network)
            self._told()

    def _next_or_end(self) -> Setting | None:
        """The next setting; where there is none, the thread is over for whoever wants another one from now on."""
        with self._lock:
            setting = self._next()
            if setting is None:
                self._threads[0] = threading.Thread()
            return setting

    def _answer(self, setting: Setting, network: Answering) -> None:
        """Answer one batch of a setting's pictures."""
        answers = self.answers(setting)
        first = int(np.argmax(answers < 0))
        batch = slice(first, first + BATCH)
        answers[batch] = network(self._photos.inputs[batch])
        self._answers[setting] = answers


def _end(closed: threading.Event, threads: list[threading.Thread]) -> None:
    """Let the batch end before Python does: ONNX Runtime does not bear being cut off."""
    closed.set()
    if threads[0].is_alive():
        threads[0].join(_PATIENCE)
