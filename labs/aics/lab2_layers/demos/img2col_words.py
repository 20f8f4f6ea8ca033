"""What the img2col demo says below its stage, and to those who do not see it."""

from __future__ import annotations

from dataclasses import dataclass

from aics.lab2_layers.demos.race import FAST, ROUNDS, SLOW, Race, race_kernels
from aics.lab2_layers.demos.race_drawing import ratio_words, seconds_words
from aics.lab2_layers.demos.two_ways import STOPS, WINDOWS, TwoWays
from aics.language import noted, sentences, tr

FILLING = noted(
    "The loops add up each window where it is. img2col lays it out as a column: {filled} of {windows} so far."
)
MULTIPLIED = noted(
    "One matrix product sums up all columns for both kernels. The loops visit every window again for the second."
)
READY = noted("Both have the same {stops} sums. Which is faster? Press Race: both run on the whole photo.")
RUNNING = noted("Both compute {maps} feature maps of this photo at {width} x {height} pixels, in turn: round {round}.")
RESULT = noted(
    "{maps} feature maps of {width} x {height} pixels: {slow} and {fast}, medians of {rounds} rounds in turn. Both "
    "agree to within {difference:.0e} of the largest value."
)
DIFFERENT = noted("The two do not compute the same: their results differ by {difference:.0%} of the largest value.")
FINISHED = noted("Here the finished layer gets one window a call, and all at once.")
ALT = noted(
    "Left, the loops at stop {stop} of {stops}: output channel {o}, row {h}, column {w}. Right, img2col's matrix with "
    "{filled} of {windows} columns."
)
ALT_READY = noted("Left, the loops are through with {stops} sums. Right, one matrix product has computed the same.")
ALT_RACE = noted("The race: {slow} for the loops, {fast} for img2col, which is {ratio} times as fast.")
#: Results that differ by more, as a fraction of the largest value, are not the same.
_SAME = 1e-3


@dataclass(frozen=True)
class Words:
    """The sentences of one scene.

    race : None before the first one
    own : whether the student's own layer races
    trouble : why the film's sums are not the student's own, in a sentence, or ""
    """

    ways: TwoWays
    race: Race | None
    own: bool
    trouble: str

    @property
    def caption(self) -> str:
        """What happens, and what the race found once there is one."""
        said = _race_words(self.race, self.own) if self.race else self._film_words()
        return sentences(said, self.trouble)

    def _film_words(self) -> str:
        if self.ways.ready:
            return tr(READY, stops=STOPS)
        return tr(MULTIPLIED) if self.ways.multiplied else tr(FILLING, filled=self.ways.filled, windows=WINDOWS)

    @property
    def alt(self) -> str:
        """What is to be seen."""
        ways, (h, w) = self.ways, self.ways.place
        counts = {"stops": STOPS, "filled": ways.filled, "windows": WINDOWS, "o": ways.kernel, "h": h, "w": w}
        said = tr(ALT_READY if ways.ready else ALT, stop=ways.stop + 1, **counts)
        race = self.race
        if race is None or race.running or not race.rounds:
            return said
        slow, fast = race.shown(SLOW), race.shown(FAST)
        times = {"slow": seconds_words(slow), "fast": seconds_words(fast), "ratio": ratio_words(slow / fast)}
        return sentences(said, tr(ALT_RACE, **times))


def _race_words(race: Race, own: bool) -> str:
    """What the race says, while it runs and when it is over."""
    height, width = race.image.shape[1:]
    counts = {"maps": race_kernels().shape[-1], "width": width, "height": height}
    if race.trouble:
        return race.trouble
    if race.running:
        return tr(RUNNING, round=min(race.rounds + 1, ROUNDS), **counts)
    difference = race.difference or 0.0
    if difference > _SAME:
        return tr(DIFFERENT, difference=difference)
    times = {"slow": seconds_words(race.shown(SLOW)), "fast": seconds_words(race.shown(FAST))}
    said = tr(RESULT, rounds=race.rounds, difference=difference, **times, **counts)
    return said if own else sentences(said, tr(FINISHED))
