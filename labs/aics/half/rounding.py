"""Round to 16-bit floats (IEEE 754's binary16): to the nearest one, ties to the even one.

NumPy's own cast tells the processor of every number that underflows or overflows, one by one: where many do, as in
gradients, it takes thirty times as long. `round_to_half` adds a large number instead, so large that what a half has no
bits for falls off the end of the sum, and takes it away again. What is left are halves, and casting those is quick.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

# 11 bits from 2**-14 on, steps of 2**-24 below
SMALLEST_NORMAL, LARGEST_POWER, LARGEST_HALF = np.float32(2.0**-14), np.float32(2.0**15), np.float32(65504)
_EXPONENT = np.uint32(0x7F800000)
#: Of a large array so many numbers are looked at before a cast, and the share of them beyond a half's ends that makes
#: NumPy's own slow; a smaller one is cast before that is known.
LARGE, SOME, FEW = 8000, 1000, 0.03


def round_to_half(values: ArrayLike) -> NDArray[np.float32]:
    """Round to the nearest 16-bit float, and return it as float32; beyond 65504 the result is infinite.

    A zero has no sign; otherwise these are the numbers of ``astype(np.float16)``.
    """
    floats = np.asarray(values, np.float32)
    large = (floats.view(np.uint32) & _EXPONENT).view(np.float32)  # the power of two at or below each number
    np.clip(large, SMALLEST_NORMAL, LARGEST_POWER, out=large)
    large *= np.float32(1.5 * 2**13)
    rounded: NDArray[np.float32] = floats + large
    rounded -= large
    beyond = np.abs(rounded) > LARGEST_HALF
    if beyond.any():
        rounded[beyond] = np.copysign(np.float32(np.inf), rounded[beyond])
    return rounded


def to_half(numbers: NDArray[Any]) -> NDArray[np.float16]:
    """Return ``numbers.astype(np.float16)``, bit for bit, without a word on what underflows or overflows."""
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        if numbers.size >= LARGE and numbers.dtype == np.float32 and _often_beyond(numbers):
            numbers = np.copysign(round_to_half(numbers), numbers)
        halves: NDArray[np.float16] = numbers.astype(np.float16)
        return halves


def _often_beyond(numbers: NDArray[np.float32]) -> bool:
    """Whether of some numbers, evenly over all, more than a few underflow or overflow."""
    some = np.abs(numbers.ravel()[:: numbers.size // SOME + 1])
    beyond = np.count_nonzero(some < SMALLEST_NORMAL) - np.count_nonzero(some == 0)
    return bool(beyond + np.count_nonzero(some > LARGEST_HALF) > FEW * some.size)
