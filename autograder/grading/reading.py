"""What timed rounds say together: one ratio of times, and how far this machine let the reference differ from itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from aics.check.rules import BAND, LOW, SpeedLimits


class Time(NamedTuple):
    """Seconds of one timed ask: on a core, all threads together, and asleep."""

    cpu: float
    asleep: float = 0.0


class Round(NamedTuple):
    """One case, timed for both sides."""

    student: Time
    reference: Time


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A ratio, and how far to trust it.

    Attributes
    ----------
    ratio : float
        Time of the student's code over the reference's, net of transfer.
    control : float >= 1
        The reference over itself, one half of its rounds over the other or the inverse: 1 on a machine that has time.
    """

    ratio: float
    control: float

    def stands(self, limits: SpeedLimits) -> bool:
        """Whether the machine was quiet enough, or a doubt of this size changes no point."""
        best, worst = limits.share(self.ratio / self.control), limits.share(self.ratio * self.control)
        return self.control <= BAND or best == worst


def read(rounds: Sequence[Round], echoes: Sequence[Time]) -> Reading:
    """The reading of several rounds, two at least; echoes carry the arrays there and back without any work.

    Each side counts with a low quantile of its CPU times: what disturbs a computer only ever adds, so that the
    low end is the cleanest, and no single lucky round decides. Sleep is work done elsewhere as far as it goes beyond
    the reference's, second by second of CPU time; it counts with its median, since the books may overlook it.
    """
    carried = _low(echoes)
    own, other = _low(r.student for r in rounds), _low(r.reference for r in rounds)
    floor = 0.05 * other  # a difference of two measurements: never let it reach zero
    one, same = (max(_low(r.reference for r in half) - carried, floor) for half in (rounds[::2], rounds[1::2]))
    usual = _asleep(r.reference for r in rounds) * max(own / other, 1.0)
    hidden = max(_asleep(r.student for r in rounds) - usual, 0.0)
    return Reading(
        ratio=(max(own - carried, floor) + hidden) / max(other - carried, floor),
        control=max(one / same, same / one),
    )


def _low(times: Iterable[Time]) -> float:
    return float(np.quantile([time.cpu for time in times], LOW))


def _asleep(times: Iterable[Time]) -> float:
    return float(np.median([time.asleep for time in times]))
