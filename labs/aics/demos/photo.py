"""The choice of a photo: embedded, a file of one's own, or from the webcam."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as widgets
import numpy as np

from aics.data.pictures import embedded, own_picture
from aics.demos.chooser import Chooser, labelled
from aics.demos.controls import Photo
from aics.demos.stage import Webcam
from aics.demos.trouble import error_sentence
from aics.language import noted, tr

#: Shows a sentence on what went wrong.
Say = Callable[[str], None]
OWN_FILE, WEBCAM = noted("Your own photo"), noted("webcam")
#: Names that are said in the page's language; those of a user's own files are not.
CALLED = {
    *(noted("cat"), noted("astronaut"), noted("coffee"), noted("rocket"), noted("camera"), noted("horse")),
    *(noted("scream"), noted("wave"), WEBCAM),
}
REFUSED = noted(
    "The camera is not there, or this page may not use it. The photos here and your own files work as before."
)


class PhotoChooser(Chooser):
    """A list of photos, a button for a file and one for the webcam; what a demo is handed is the photo's pixels."""

    def __init__(self, control: Photo, say: Say) -> None:
        """Offer the embedded pictures; `say` shows a sentence where a file or a camera gives none."""
        self._pictures, self._longest, self._say = embedded(), control.longest, say
        self._pixels: dict[str, np.ndarray] = {}
        names = widgets.Dropdown(options=self._offered(), value=control.value, layout={"width": "auto"})
        self.upload = widgets.FileUpload(accept="image/*", description=tr(OWN_FILE), layout={"width": "auto"})
        self.upload.observe(self._uploaded, "value")
        self.webcam = Webcam(lambda file: self.take(WEBCAM, file), lambda: say(tr(REFUSED)))
        beside = widgets.HBox([self.upload, self.webcam], layout={"flex_flow": "row wrap", "overflow": "visible"})
        super().__init__(control, labelled(tr(control.label), widgets.VBox([names, beside])), names)

    @property
    def value(self) -> np.ndarray:
        """The chosen photo, RGB uint8 of shape (H, W, 3)."""
        name = self._part.value
        if name not in self._pixels:
            image = self._pictures[name].image.copy()
            image.thumbnail((self._longest, self._longest))
            self._pixels[name] = np.asarray(image)
        return self._pixels[name]

    def take(self, name: str, file: bytes) -> None:
        """Offer a new photo and choose it; a sentence where it is none."""
        try:
            picture = own_picture(name, file)
        except Exception as error:
            self._say(error_sentence(error))
            return
        self._pixels.pop(picture.name, None)
        self._pictures[picture.name] = picture
        if picture.name == self._part.value:  # another one of the same name: chosen anew
            self._part.value = self.control.value
        self._part.options = self._offered()
        self._part.value = picture.name

    def _offered(self) -> list[tuple[str, str]]:
        """What each picture is called here, and its name."""
        return [(tr(name) if name in CALLED else name, name) for name in self._pictures]

    def _uploaded(self, change: Mapping[str, Any]) -> None:
        if change["new"]:
            self.take(change["new"][0]["name"], bytes(change["new"][0]["content"]))
