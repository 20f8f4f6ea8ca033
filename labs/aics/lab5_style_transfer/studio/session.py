"""The studio without its page: one transfer that runs in a thread, and can be stopped, continued and saved.

    session = Session(lambda: code, pictures)
    session.begin(Choices(), steps=60)        # returns at once
    session.stop(); session.wait()
    session.go_on(steps=60); session.wait()
    session.save(Path("saved"))

There are no widgets here: who shows a session sets `on_change`, and reads `phase`, `trouble` and `transfer`.
"""

from __future__ import annotations

import contextvars
import copy
import threading
from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from time import perf_counter

import numpy as np

from aics.data.pictures import Picture
from aics.demos.trouble import error_sentence
from aics.lab5_style_transfer.memory import MemoryEstimate, estimate_memory
from aics.lab5_style_transfer.picture_run import PictureRun
from aics.lab5_style_transfer.studio.choices import Choices
from aics.lab5_style_transfer.studio.code import Network, TransferCode
from aics.lab5_style_transfer.studio.errors import BadChoice, StudioError
from aics.lab5_style_transfer.studio.saved_run import SavedRun
from aics.lab5_style_transfer.weights import USUAL
from aics.language import listed, words
from aics.notebook.resumable import EVERY

_MESSAGES = {
    "no_run": "There is no run to go on with. Start one.",
    "no_picture_yet": "There is no picture to save yet. Start a run.",
    "busy": "A run is being computed. Stop it first.",
    "no_picture": "There is no picture {name!r}. There are: {names}.",
    "no_pair": "transfer_step should return the pair (image, losses).",
    "other_shape": "transfer_step returned a picture of shape {got}; it was {before} before.",
    "other_losses": "transfer_step returned losses of shape {got}; wanted: total, content, style.",
}
_say = words(_MESSAGES)


class Phase(Enum):
    """What a session is doing."""

    EMPTY = "nothing has begun"
    PREPARING = "reads the weights and both pictures"
    RUNNING = "takes steps"
    STOPPING = "finishes its last step"
    RESTING = "waits between two steps"


@dataclass(frozen=True)
class Transfer:
    """A run with what it began from: enough to show it, to save it and to go on."""

    choices: Choices
    content: Picture
    style: Picture
    net: Network
    run: PictureRun

    def paint(self, path: Path) -> None:
        """Save the picture as it is now, in the photo's own size."""
        self.net.save_image(self.run.image, self.content.shape, str(path))


class Session:
    """One transfer at a time.

    Attributes
    ----------
    on_change : callable
        Called without arguments whenever there is something new to show; also from the session's thread.
    phase : Phase
    trouble : str
        What went wrong, in a sentence; "" if nothing did.
    transfer : Transfer or None
    until : int
        The step at which the run will rest.
    """

    def __init__(self, find_code: Callable[[], TransferCode], pictures: MutableMapping[str, Picture]) -> None:
        """Begin empty.

        find_code : returns the code when it is needed, since a notebook's may change; pictures : by name
        """
        self.find_code, self.pictures = find_code, pictures
        self.on_change: Callable[[], None] = lambda: None
        self.phase, self.trouble = Phase.EMPTY, ""
        self.transfer: Transfer | None = None
        self.until = 0
        self._thread: threading.Thread | None = None
        self._lock, self._stop = threading.Lock(), threading.Event()
        self._network: tuple[tuple[Callable[[str], Network], str], Network] | None = None

    @property
    def busy(self) -> bool:
        """Return whether the thread is at work."""
        return self.phase in (Phase.PREPARING, Phase.RUNNING, Phase.STOPPING)

    def memory_estimate(self, choices: Choices) -> MemoryEstimate:
        """Estimate the memory of a run with these choices, before it begins."""
        height, width = self._picture(choices.content).size(choices.longer)
        return estimate_memory(self._net(choices.weights).layers, height, width)

    def begin(self, choices: Choices, steps: int) -> None:
        """Begin anew; returns at once. Raises BadChoice where the choices cannot work."""
        choices.check()
        self._start(lambda: self._prepared(choices), steps)

    def open(self, folder: Path, steps: int) -> None:
        """Take up a saved run, and wait for `go_on`; returns at once. Raises NoSavedRun where there is none."""
        saved = SavedRun.read(folder)
        self._start(lambda: self._restored(saved), steps, rest=True)

    def go_on(self, steps: int) -> None:
        """Go on to the next multiple of `steps`; returns at once."""
        transfer = self.transfer
        if transfer is None:
            raise StudioError(_say("no_run"))
        self._start(lambda: transfer, steps)

    def stop(self) -> None:
        """Let the step that is being taken be the last one; nothing is lost."""
        with self._lock:
            if not self.busy:
                return
            self._stop.set()
            self.phase = Phase.STOPPING
        self.on_change()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until nothing runs, or for so many seconds; return whether nothing runs."""
        if self._thread:
            self._thread.join(seconds)
        return not self.busy

    def save(self, folder: Path) -> Path:
        """Save the picture and the run in a new folder below `folder`, and return its path; also while it runs."""
        transfer = self.transfer
        if transfer is None:
            raise StudioError(_say("no_picture_yet"))
        transfer = replace(transfer, run=copy.copy(transfer.run))  # it may go on meanwhile; the copy does not
        saved = SavedRun(transfer.choices, transfer.content, transfer.style)
        return saved.write(folder, transfer.run, transfer.paint)

    def _start(self, prepare: Callable[[], Transfer], steps: int, *, rest: bool = False) -> None:
        with self._lock:
            if self.busy:
                raise StudioError(_say("busy"))
            self._stop.clear()
            self.trouble, self.phase = "", Phase.PREPARING
        here = contextvars.copy_context().run  # the thread speaks the language that is spoken here
        self._thread = threading.Thread(target=here, args=(self._work, prepare, steps, rest), daemon=True)
        self._thread.start()

    def _work(self, prepare: Callable[[], Transfer], steps: int, rest: bool) -> None:
        """What the thread does, from the first frame to the last."""
        try:
            self.on_change()
            self.transfer = prepare()
            done = self.transfer.run.step
            self.until = done + steps - done % steps
            if not rest and not self._stop.is_set():
                self._enter(Phase.RUNNING)
                self._take_steps(self.transfer.run)
        except Exception as error:
            self.trouble = error_sentence(error)
        finally:
            self._enter(Phase.RESTING if self.transfer else Phase.EMPTY)

    def _take_steps(self, run: PictureRun) -> None:
        shown = perf_counter()
        for _ in run.frames(self.until, every=0):
            if self._stop.is_set():
                return
            if perf_counter() - shown >= EVERY:
                self.on_change()
                shown = perf_counter()

    def _enter(self, phase: Phase) -> None:
        with self._lock:
            self.phase = phase
        self.on_change()

    def _prepared(self, choices: Choices, make_run: Callable[..., PictureRun] = PictureRun) -> Transfer:
        """A transfer with its run, if there is memory for it.

        make_run : called with step, image and optimizer
        """
        estimate = self.memory_estimate(choices)
        if not estimate.fits:
            raise BadChoice(str(estimate))
        content, style = self._picture(choices.content), self._picture(choices.style)
        code, net = self.find_code(), self._net(choices.weights)
        size = estimate.height, estimate.width
        photo, painting = (net.load_image(picture.cut(*size), *size)[0] for picture in (content, style))
        numbers = {name: getattr(choices, name) for name in ("alpha", "beta", "lr", "noise")}
        layers = USUAL[choices.weights].layers
        goal, optimizer, image = code.begin_transfer(net, photo, painting, **numbers, **layers)

        def step(image: np.ndarray) -> tuple[np.ndarray, Sequence[float]]:
            return _checked(code.transfer_step(goal, optimizer, image), image.shape)

        return Transfer(choices, content, style, net, make_run(step, image, optimizer))

    def _restored(self, saved: SavedRun) -> Transfer:
        """The transfer that was saved; its pictures can be chosen from now on."""
        for picture in (saved.content, saved.style):
            self.pictures[picture.name] = picture
        return self._prepared(saved.choices, saved.resume)

    def _picture(self, name: str) -> Picture:
        if name not in self.pictures:
            raise BadChoice(_say("no_picture", name=name, names=listed(self.pictures)))
        return self.pictures[name]

    def _net(self, weights: str) -> Network:
        """The network with these weights; the last one is kept, for as long as its class is the code's."""
        code = self.find_code()
        if self._network is None or self._network[0] != (code.VGG19, weights):
            self._network = None  # make room for the next before it is built
            self._network = ((code.VGG19, weights), code.network(weights))
        return self._network[1]


def _checked(answer: object, shape: tuple[int, ...]) -> tuple[np.ndarray, Sequence[float]]:
    """What transfer_step returned. Raises StudioError where it cannot be shown."""
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        raise StudioError(_say("no_pair"))
    image, losses = answer
    if np.shape(image) != shape:
        raise StudioError(_say("other_shape", got=np.shape(image), before=shape))
    if np.shape(losses) != (3,):
        raise StudioError(_say("other_losses", got=np.shape(losses)))
    return image, losses
