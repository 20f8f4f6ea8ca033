"""A race on the photo: the layer window by window against all windows at once, in turn, in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import numpy as np

from aics.demos.own import Code, stopped
from aics.lab2_layers.demos.kernels import KERNELS
from aics.lab2_layers.demos.layer import FILE, WrongOutput, checked, new_layer, output_shape
from aics.lab2_layers.demos.pixels import few_pixels

#: Of the race's photo: pixels along its longer side.
LONGEST = 144
#: Rounds at most, and the seconds after which no further round begins.
ROUNDS, ENOUGH = 5, 10.0
#: Seconds between two pictures of a bar that grows; each costs the racers a few milliseconds.
_TICK = 0.2
SLOW, FAST = "slow", "fast"

Way = Callable[[], np.ndarray]


def race_kernels() -> np.ndarray:
    """Return the 3 x 3 kernels, each on the mean of three channels: (3, 3, 3, count) float32."""
    small = np.stack([kernel for kernel in KERNELS.values() if kernel.shape == (3, 3)], axis=-1) / 3
    return np.repeat(small[None], 3, axis=0).astype(np.float32)


def race_image(photo: np.ndarray) -> np.ndarray:
    """Return the race's photo: (3, H, W) float32."""
    return few_pixels(photo, LONGEST, colour=True).transpose(2, 0, 1).astype(np.float32)


def ways(code: Code, image: np.ndarray, halt: threading.Event) -> Mapping[str, Way]:
    """Return both ways to compute all feature maps of an image, as functions without arguments.

    The student's own layer has a type for each; the finished one is called for each window, and for all at once.

    halt : ends the windows early; what comes back then is unfinished
    """
    kernels, maker = race_kernels(), code.files[FILE].ConvolutionalLayer
    wanted = output_shape(image, kernels, 1, 0)

    def of_type(type: int) -> Way:
        layer = new_layer(kernels, 1, 0, type, maker)
        return lambda: checked(layer.forward(image[None]), wanted)

    if code.own(FILE):
        return {SLOW: of_type(0), FAST: of_type(1)}
    single = new_layer(kernels, 1, 0, 0, maker)
    return {SLOW: lambda: _each_window(single, image, wanted, halt), FAST: of_type(1)}


def _each_window(layer: Any, image: np.ndarray, wanted: tuple[int, int, int], halt: threading.Event) -> np.ndarray:
    """Every window on its own: what calls cost beside the sums."""
    maps = np.empty(wanted, dtype=np.float32)
    side = image.shape[1] - wanted[1] + 1
    for h, w in np.ndindex(wanted[1:]):
        if halt.is_set():
            break
        maps[:, h, w] = layer.forward(image[None, :, h : h + side, w : w + side])[0, :, 0, 0]
    return maps


@dataclass
class Race:
    """One race.

    image : (3, H, W)
    changed : called whenever there is more to see
    seconds : way -> its times so far
    trouble : why it ended early, in one sentence
    difference : of both results, as a fraction of the largest value; None until both are there
    """

    image: np.ndarray
    changed: Callable[[], None]
    seconds: dict[str, list[float]] = field(default_factory=lambda: {SLOW: [], FAST: []})
    trouble: str = ""
    difference: float | None = None
    _current: tuple[str, float] | None = None
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    @property
    def running(self) -> bool:
        """Whether it goes on."""
        return self._thread is not None and not self._stop.is_set()

    @property
    def rounds(self) -> int:
        """How many rounds both have finished."""
        return min(len(times) for times in self.seconds.values())

    def begin(self, code: Code) -> None:
        """Start; returns at once."""
        self._thread = threading.Thread(target=self._run, args=(code,), daemon=True)
        self._thread.start()
        threading.Thread(target=self._tick, daemon=True).start()

    def stop(self) -> None:
        """Let the computation that is under way be the last one."""
        self._stop.set()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it is over."""
        if self._thread:
            self._thread.join(seconds)

    def shown(self, way: str) -> float:
        """Return the median time of a way; what its first run has taken so far; 0 before that."""
        if self.seconds[way]:
            return float(np.median(self.seconds[way]))
        current = self._current
        return perf_counter() - current[1] if current and current[0] == way else 0.0

    def _tick(self) -> None:
        while not self._stop.wait(_TICK):
            self.changed()

    def _run(self, code: Code) -> None:
        from threadpoolctl import threadpool_limits

        try:
            with threadpool_limits(1):
                self._rounds(ways(code, self.image.copy(), self._stop))  # own code may overwrite it
        except WrongOutput as wrong:
            self.trouble = str(wrong)
        except (Exception, SystemExit) as error:
            self.trouble = stopped(error)
        finally:
            self._stop.set()
            self._current = None
            self.changed()

    def _rounds(self, both: Mapping[str, Way]) -> None:
        begin = perf_counter()
        both[FAST]()  # what is made ready on the first call belongs to no time
        while self.rounds < ROUNDS and (not self.rounds or perf_counter() - begin < ENOUGH):
            results = {}
            for name in (FAST, SLOW):
                results[name] = self._timed(name, both[name])
                if self._stop.is_set():
                    return
            reach = float(np.max(np.abs(results[SLOW]))) or 1.0
            self.difference = float(np.max(np.abs(results[FAST] - results[SLOW]))) / reach
            self.changed()

    def _timed(self, name: str, way: Way) -> np.ndarray:
        start = perf_counter()
        self._current = name, start
        result = way()
        if not self._stop.is_set():
            self.seconds[name].append(perf_counter() - start)
        return result
