"""img2col step by step beside four loops, and a race of both on the photo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

import numpy as np

from aics.demos.boxes import Box
from aics.demos.controls import Control, Film, Photo, Press
from aics.demos.demo import Demo, Scene, Values, View
from aics.demos.svg import svg
from aics.lab2_layers.demos.film_drawing import FilmDrawing
from aics.lab2_layers.demos.img2col_words import Words
from aics.lab2_layers.demos.layer import FILE, FeatureMaps
from aics.lab2_layers.demos.pixels import few_pixels
from aics.lab2_layers.demos.race import LONGEST, Race, race_image
from aics.lab2_layers.demos.race_drawing import RaceBars, least_height
from aics.lab2_layers.demos.room import tall
from aics.lab2_layers.demos.two_ways import ACROSS, COLUMNS, DOWN, FRAMES, WINDOWS, TwoWays, film_image, film_kernels
from aics.language import noted, tr


class Img2col(Demo):
    """Four loops and img2col at the same windows, and the times of both."""

    name: ClassVar[str] = "img2col"
    title: ClassVar[str] = noted("img2col: one matrix product instead of loops")
    about: ClassVar[str] = noted(
        "Watch windows become the columns of a matrix while four loops walk, then race the two."
    )
    ask: ClassVar[str] = noted("How many times as fast as the loops is one matrix product: 10, 100 or 1000?")
    draggable: ClassVar[bool] = True
    keys: ClassVar[str] = noted("The arrow keys go to the next window and back, or a row of windows down and up.")

    def __init__(self) -> None:
        super().__init__()
        self._maps = FeatureMaps()
        self._race: Race | None = None
        self._pressed, self._pressed_at = 0, 0

    @property
    def controls(self) -> Sequence[Control]:
        """Photo, film and race."""
        return (
            Photo("photo", tr("Photo"), "coffee", longest=512),
            Film("frame", tr("Step"), FRAMES, 10, 200),
            Press("race", tr("Race")),
        )

    def scene(self, values: Values, view: View) -> Scene:
        """Return both ways at this frame, and the race's bars."""
        self._follow(values["race"], values["photo"], values["frame"])
        ways = self._two_ways(values)
        markup = svg(view, self._pieces(ways, values["photo"], view))
        words = Words(ways, self._race, self._maps.code.own(FILE), self._maps.trouble)
        return Scene(markup, words.alt, words.caption)

    def _two_ways(self, values: Values) -> TwoWays:
        image = film_image(values["photo"])
        maps = self._maps.of(image[None].astype(np.float32), film_kernels(), 1, 0)
        return TwoWays(image, maps, values["frame"])

    def _film_at(self, values: Values, view: View) -> FilmDrawing:
        return _film(self._two_ways(values), view)

    def _pieces(self, ways: TwoWays, photo: np.ndarray, view: View) -> Iterator[str]:
        """The film with the bars below; on a low stage one of them, the bars from a press to the film's next frame."""
        film = _film(ways, view)
        racing = self._race is not None and ways.frame == self._pressed_at
        if tall(view) or not racing:
            yield from film.markup()
        if tall(view):
            top = max(film.bottom + 0.75 * view.label, 0.67 * view.height)
            yield from self._bars(Box(0, top, view.width, view.height - top), photo, view).markup()
        elif racing:
            yield from self._bars(Box(0, 0, view.width, view.height), photo, view).markup()

    def _bars(self, box: Box, photo: np.ndarray, view: View) -> RaceBars:
        own = self._maps.code.own(FILE)
        return RaceBars(box, self._race, few_pixels(photo, LONGEST, colour=True), own, view)

    def _follow(self, pressed: int, photo: np.ndarray, frame: int) -> None:
        """Begin a race when the button was pressed, and forget one whose photo is another or that was reset."""
        race, more = self._race, pressed > self._pressed
        if race and (pressed < self._pressed or not np.array_equal(race.image, race_image(photo))):
            self._end()
        self._pressed = pressed
        self._pressed_at = frame if more else self._pressed_at
        if more and not (self._race and self._race.running):
            self._race = Race(race_image(photo), lambda: self.changed())
            self._race.begin(self._maps.code)

    def _end(self) -> None:
        if self._race:
            self._race.changed = lambda: None
            self._race.stop()
        self._race = None

    def pointed(self, x: float, y: float, values: Values, view: View) -> Values:
        """Go to the window whose middle, or whose column, the mouse is at."""
        film = self._film_at(values, view)
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
    room = view.height - (least_height(view.label) + 0.75 * view.label if tall(view) else 0)
    return FilmDrawing(ways, Box(0, 0, view.width, room), view)
