"""The demo of the sparse masks: a film of a training in which weights go and come."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from aics.demos.controls import Choice, Control, Film, Press
from aics.demos.demo import Demo, Scene, Values, View
from aics.lab6_mixed_sparse.demos.sparse_film import EPOCHS, FRAMES, KEPT, Recorded, SparseFilm, recorded
from aics.lab6_mixed_sparse.demos.sparse_markup import Shown, drawn
from aics.lab6_mixed_sparse.demos.sparse_thread import Live
from aics.language import noted, tr

#: What can be chosen -> weights kept, in per cent.
WAYS = {f"{kept} %": kept for kept in KEPT}
ALT = noted(
    "{kind}, {kept} % of the weights. Of fc2's weights {stay:,} stay, {gone:,} go, {grown:,} are new, {back:,} come "
    "back. fc1 has {active[0]:,} weights, fc2 {active[1]:,}, fc3 {active[2]:,}. Of the test digits {accuracy:.1f} % "
    "are right."
)
KINDS = {
    "drawn": noted("Before the training"),
    "trained": noted("Epoch {epoch}, trained"),
    "pruned": noted("Epoch {epoch}, pruned"),
    "regrown": noted("Epoch {epoch}, regrown"),
}
CAPTIONS = {
    "drawn": noted("Each layer has the same fraction of its weights, drawn blindly."),
    "trained": noted("An epoch of steps; weights that are not there have momentum, too."),
    "pruned": noted("The smallest of each layer's active weights go."),
    "regrown": noted("As many come back, where the momentum is largest; they begin at 0."),
}
CURVES = noted("Right digits, 50 to 100 %; dashed: all weights; dotted: masks as drawn.")
BOTH = noted("{first} {then}")
RUNNING = noted("The training runs: epoch {epoch} of {epochs}.")
NONE_YET = noted("The training begins; the picture is still that of the recorded one.")
WHOSE = noted("The film is a recorded training by lab 6's finished functions. {live}")


class SparseMasks(Demo):
    """A film of sparse training: what is pruned, what grows, and the accuracy that comes of it."""

    name = "sparse"
    title = noted("A network that moves its weights")
    about = noted("Begin with a twentieth of the weights, drawn blindly; watch them move to where digits are written.")
    ask = noted(
        "The network begins with 5 % of its weights, drawn by chance. Which layer will be the densest in the end?"
    )
    keys = noted("The left and right arrow keys step through the film.")

    def __init__(self) -> None:
        super().__init__()
        self._live, self._pressed = Live(lambda: self.changed()), 0

    @property
    def controls(self) -> Sequence[Control]:
        """What can be chosen."""
        return (
            Film("frame", tr("Training"), FRAMES, milliseconds=350),
            Choice("kept", tr("Weights kept"), tuple(WAYS), "5 %"),
            Press("again", tr("Train again")),
        )

    def scene(self, values: Values, view: View) -> Scene:
        """Draw a frame of the film, recorded or as it is made."""
        kept = WAYS[values["kept"]]
        film = self._film(kept, int(values["again"]))
        if not film.frames:
            return Scene(self._drawn(kept, _recorded().films[kept], 0, view), tr(NONE_YET), tr(NONE_YET))
        running = film is self._live.film and film.frames < FRAMES
        number = film.frames - 1 if running else min(int(values["frame"]), film.frames - 1)
        frame = film.frame(number)
        running_now = {"epoch": frame.epoch + 1, "epochs": EPOCHS}
        caption = tr(RUNNING, **running_now) if running else tr(CAPTIONS[frame.kind])
        trouble = self._live.trouble if film is self._live.film else ""
        words = tr(BOTH, first=caption, then=tr(CURVES))
        words = tr(BOTH, first=trouble, then=words) if trouble else words
        return Scene(self._drawn(kept, film, number, view), _alt(film, number, kept), words)

    def stepped(self, right: int, down: int, values: Values) -> Values:
        """Go to the next frame, or back."""
        del down
        return {"frame": min(max(int(values["frame"]) + right, 0), FRAMES - 1)}

    def whose(self) -> str:
        """Say whose functions have trained what is seen."""
        return tr(WHOSE, live=self._live.whose)

    def close(self) -> None:
        """Stop the training."""
        super().close()
        self._live.close()

    def _film(self, kept: int, pressed: int) -> SparseFilm:
        """The film of the live training where there is one of so many weights, else the recorded one."""
        if pressed != self._pressed:
            self._pressed = pressed
            self._live.begin(kept, seed=pressed) if pressed else self._live.stop()
        return self._live.film if self._live.kept == kept else _recorded().films[kept]

    def _drawn(self, kept: int, film: SparseFilm, number: int, view: View) -> str:
        known = _recorded()
        return drawn(Shown(film, film.frame(number), known.dense.tolist(), known.as_drawn[kept].tolist()), view)


def _alt(film: SparseFilm, number: int, kept: int) -> str:
    frame = film.frame(number)
    counts = {name: int(mask.sum()) for name, mask in frame.parts().items()}
    active, accuracy = frame.look.active.tolist(), film.accuracy[min(frame.epoch, len(film.accuracy) - 1)]
    kind = tr(KINDS[frame.kind], epoch=frame.epoch)
    return tr(ALT, kind=kind, kept=kept, active=active, accuracy=100 * accuracy, **counts)


@lru_cache
def _recorded() -> Recorded:
    """The recorded films, read once."""
    return recorded()
