"""img2col step by step beside four loops, and a race of both on the photo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from aics.demos.controls import Control, Film, Photo, Press
from aics.demos.demo import Demo, Scene, Values, View
from aics.demos.svg import svg
from aics.lab2_layers.demos.boxes import Box
from aics.lab2_layers.demos.film_drawing import FilmDrawing
from aics.lab2_layers.demos.layer import FILE, FeatureMaps
from aics.lab2_layers.demos.pixels import few_pixels
from aics.lab2_layers.demos.race import FAST, LONGEST, ROUNDS, SLOW, Race, race_image, race_kernels
from aics.lab2_layers.demos.race_drawing import RaceBars, least_height, seconds_words
from aics.lab2_layers.demos.two_ways import (
    ACROSS,
    COLUMNS,
    DOWN,
    FRAMES,
    STOPS,
    WINDOWS,
    TwoWays,
    film_image,
    film_kernels,
)

FILLING = (
    "The loops multiply and add up each window where it is found. img2col lays the same window out as a column of a "
    "matrix: {filled} of {windows} so far."
)
MULTIPLIED = (
    "All windows lie in columns, and one matrix product computes the sums of both kernels. The loops visit every "
    "window again for the second kernel."
)
READY = "Both have the same {stops} sums. How long each takes, a race on the whole photo shows: press Race."
WAITING = "Both compute {maps} feature maps of this photo at {width} x {height} pixels, in turn. Round {round}."
RESULT = (
    "{maps} feature maps of this photo at {width} x {height} pixels: {slow} against {fast}, the medians of {rounds} "
    "rounds in turn on one core. The results differ by at most {difference:.0e} of the largest value."
)
DIFFERENT = "But the two do not compute the same: their results differ by {difference:.0%} of the largest value."
ALT = (
    "Left, the loops at stop {stop} of {stops}: output channel {o}, row {h}, column {w}. Right, img2col's matrix with "
    "{filled} of {windows} columns."
)
ALT_READY = "Left, the loops are through with {stops} sums. Right, one matrix product has computed the same."
ALT_RACE = "The race: {slow} for the loops, {fast} for img2col, which is {ratio:.0f} times faster."
#: Results that differ by more, as a fraction of the largest value, are not the same.
_SAME = 1e-3


class Img2col(Demo):
    """Four loops and img2col at the same windows, and the times of both."""

    name: ClassVar[str] = "img2col"
    title: ClassVar[str] = "img2col: one matrix product instead of loops"
    about: ClassVar[str] = "Watch windows become the columns of a matrix while four loops walk, then race the two."
    ask: ClassVar[str] = (
        "Both do the same multiplications. How many times as fast is one matrix product as the loops: 1, 10 or 100 "
        "times? Decide, then press Race."
    )
    keys: ClassVar[str] = "The arrow keys go to the next window and back, or a row of windows down and up."

    def __init__(self) -> None:
        super().__init__()
        self._maps = FeatureMaps()
        self._race: Race | None = None
        self._pressed = 0

    @property
    def controls(self) -> Sequence[Control]:
        """Photo, film and race."""
        return (
            Photo("photo", "Photo", "coffee", longest=512),
            Film("frame", "Step", FRAMES, 0, 200),
            Press("race", "Race"),
        )

    def scene(self, values: Values, view: View) -> Scene:
        """Return both ways at this frame, and the race's bars."""
        self._follow(values["race"], values["photo"])
        ways = self._two_ways(values)
        film = _film(ways, view)
        markup = svg(view, [*film.markup(), *self._bars(film, values["photo"]).markup()])
        return Scene(markup, self._alt(ways), self._caption(ways))

    def _two_ways(self, values: Values) -> TwoWays:
        image = film_image(values["photo"])
        maps = self._maps.of(image[None].astype(np.float32), film_kernels(), 1, 0)
        return TwoWays(image, maps, values["frame"])

    def _bars(self, film: FilmDrawing, photo: np.ndarray) -> RaceBars:
        """Return the race's bars below the film, at most a third as high as the stage."""
        view = film.view
        top = max(film.bottom + 0.75 * view.label, 0.67 * view.height)
        box = Box(0, top, view.width, view.height - top)
        own = self._maps.code.own(FILE)
        return RaceBars(box, self._race, few_pixels(photo, LONGEST, colour=True), own, view)

    def _follow(self, pressed: int, photo: np.ndarray) -> None:
        """Begin a race when the button was pressed, and forget one whose photo is another or that was reset."""
        race, more = self._race, pressed > self._pressed
        if race and (pressed < self._pressed or not np.array_equal(race.image, race_image(photo))):
            self._end()
        self._pressed = pressed
        if more and not (self._race and self._race.running):
            self._race = Race(race_image(photo), lambda: self.changed())
            self._race.begin(self._maps.code)

    def _end(self) -> None:
        if self._race:
            self._race.changed = lambda: None
            self._race.stop()
        self._race = None

    def _alt(self, ways: TwoWays) -> str:
        h, w = ways.place
        counts = {"stops": STOPS, "filled": ways.filled, "windows": WINDOWS}
        said = [
            ALT_READY.format(stops=STOPS)
            if ways.ready
            else ALT.format(stop=ways.stop + 1, o=ways.kernel, h=h, w=w, **counts)
        ]
        race = self._race
        if race and race.rounds and not race.running:
            slow, fast = race.shown(SLOW), race.shown(FAST)
            said.append(ALT_RACE.format(slow=seconds_words(slow), fast=seconds_words(fast), ratio=slow / fast))
        return " ".join(said)

    def _caption(self, ways: TwoWays) -> str:
        if ways.ready:
            said = READY.format(stops=STOPS)
        elif ways.multiplied:
            said = MULTIPLIED
        else:
            said = FILLING.format(filled=ways.filled, windows=WINDOWS)
        race = _race_words(self._race) if self._race else ""
        return " ".join(part for part in (race or said, self._maps.trouble) if part)

    def pointed(self, x: float, y: float, values: Values, view: View) -> Values:
        """Go to the window whose middle, or whose column, the mouse is at."""
        film = _film(self._two_ways(values), view)
        image, matrix = film.image, film.matrix
        if matrix.holds(x, y, 2):
            return {"frame": min(max(int((x - matrix.x) / matrix.width * WINDOWS), 0), WINDOWS - 1)}
        if not image.holds(x, y, view.label / 2):
            return {}
        cell = image.width / COLUMNS
        h, w = round((y - image.y) / cell - 1.5), round((x - image.x) / cell - 1.5)
        place = min(max(h, 0), DOWN - 1) * ACROSS + min(max(w, 0), ACROSS - 1)
        return {"frame": film.ways.kernel * WINDOWS + place}

    def stepped(self, right: int, down: int, values: Values) -> Values:
        """Go to the next window, or to the one below."""
        return {"frame": min(max(values["frame"] + right + down * ACROSS, 0), FRAMES - 1)}

    def whose(self) -> str:
        """Say whose layer computes and races."""
        return self._maps.code.whose

    def close(self) -> None:
        """Stop the race."""
        self._end()
        super().close()


def _film(ways: TwoWays, view: View) -> FilmDrawing:
    room = view.height - least_height(view.label) - 0.75 * view.label
    return FilmDrawing(ways, Box(0, 0, view.width, room), view)


def _race_words(race: Race) -> str:
    """What the race says, while it runs and when it is over."""
    maps, (height, width) = race_kernels().shape[-1], race.image.shape[1:]
    counts = {"maps": maps, "width": width, "height": height}
    if race.trouble:
        return race.trouble
    if race.running:
        return WAITING.format(round=min(race.rounds + 1, ROUNDS), **counts)
    slow, fast, difference = seconds_words(race.shown(SLOW)), seconds_words(race.shown(FAST)), race.difference or 0.0
    said = RESULT.format(slow=slow, fast=fast, rounds=race.rounds, difference=difference, **counts)
    return said if difference <= _SAME else DIFFERENT.format(difference=difference)
