"""The limits of a histogram's buckets, as TensorFlow has them: each is 10 % farther from 0 than the one before."""

from __future__ import annotations

import sys
from itertools import accumulate, repeat

import numpy as np
from numpy.typing import NDArray

#: Beginnings of positive buckets: 1e-12, 1.1e-12, ... up to 1e20, and the largest float.
_COUNT = 774
_POSITIVE = [*accumulate(repeat(1.1, _COUNT - 1), float.__mul__, initial=1e-12), sys.float_info.max]

#: (1551,) float64, ascending. Bucket i holds what is at least LIMITS[i - 1] and less than LIMITS[i]; bucket 0 is empty.
LIMITS: NDArray[np.float64] = np.array([*(-limit for limit in reversed(_POSITIVE)), 0.0, *_POSITIVE])
LIMITS.flags.writeable = False
