"""The stage in the browser: shows a scene, and says where the mouse, a finger or an arrow key is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from aics.demos.demo import Scene
from aics.language import noted, tr

_HERE = Path(__file__).parent
#: The words of the webcam's button: before the camera is on, and while it is; and what the moving picture is called.
OPENS, TAKES, SEEN = noted("Webcam"), noted("Take the picture"), noted("What the camera sees")


class Stage(anywidget.AnyWidget):
    """A scene in its own pixels.

    Traits
    ------
    markup, alt : what is shown, and the same in words
    size : (width, height) that the browser has for it, in CSS pixels
    draggable, hovering, steps : which of mouse and keys are listened to
    whole : whether the stage belongs to a page of its own, and fills it but for `spare` pixels below
    """

    _esm = _HERE / "stage.js"
    markup = traitlets.Unicode("").tag(sync=True)
    alt = traitlets.Unicode("").tag(sync=True)
    size = traitlets.List(traitlets.Int(), [0, 0]).tag(sync=True)
    draggable = traitlets.Bool(False).tag(sync=True)
    hovering = traitlets.Bool(False).tag(sync=True)
    steps = traitlets.Bool(False).tag(sync=True)
    whole = traitlets.Bool(True).tag(sync=True)
    spare = traitlets.Int(0).tag(sync=True)

    def __init__(
        self,
        pointed: Callable[[float, float], None],
        stepped: Callable[[int, int], None],
        **traits: Any,
    ) -> None:
        """Call `pointed` with a pixel of the stage, `stepped` with how often an arrow key was pressed."""
        super().__init__(**traits)
        self._pointed, self._stepped = pointed, stepped
        self.on_msg(self._took)

    def show(self, scene: Scene) -> None:
        """Show a scene in the place of the one before."""
        self.alt = scene.alt
        self.markup = scene.markup

    def _took(self, _: object, message: Mapping[str, Any], __: object) -> None:
        before = self.markup
        if message.get("kind") == "point":
            self._pointed(float(message["x"]), float(message["y"]))
        elif message.get("kind") == "step":
            self._stepped(int(message["right"]), int(message["down"]))
        if self.markup == before:
            self.send({"kind": "same"})


class Webcam(anywidget.AnyWidget):
    """A button that takes one picture with the camera of the computer that the browser runs on."""

    _esm = _HERE / "webcam.js"
    opens = traitlets.Unicode().tag(sync=True)
    takes = traitlets.Unicode().tag(sync=True)
    seen = traitlets.Unicode().tag(sync=True)
    disabled = traitlets.Bool(False).tag(sync=True)

    def __init__(self, taken: Callable[[bytes], None], refused: Callable[[], None]) -> None:
        """Call `taken` with a JPEG file, or `refused` where the camera is not there or not allowed."""
        super().__init__(opens=tr(OPENS), takes=tr(TAKES), seen=tr(SEEN))
        self._taken, self._refused = taken, refused
        self.on_msg(self._took)

    def _took(self, _: object, message: Mapping[str, Any], buffers: list[memoryview]) -> None:
        if message.get("kind") == "taken" and buffers:
            self._taken(bytes(buffers[0]))
        else:
            self._refused()
