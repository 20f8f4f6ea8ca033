"""The studio's widgets: which two pictures, how large, and the numbers of a run."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any, TypedDict

import ipywidgets as widgets

from aics.data.pictures import Picture, own_picture
from aics.lab5_style_transfer.studio.choices import Choices
from aics.lab5_style_transfer.weights import weights_here
from aics.language import noted, tr
from aics.show.image_tag import image_tag

_WIDE = {"layout": widgets.Layout(width="auto"), "style": {"description_width": "6.5em"}}
_THUMBNAIL = 110  # pixels on the screen, the longer side
#: What the embedded pictures are called; one's own has its file's name.
_NAMES = (
    *(noted("cat"), noted("astronaut"), noted("coffee"), noted("rocket"), noted("camera"), noted("horse")),
    *(noted("scream"), noted("wave")),
)


class UploadedFile(TypedDict):
    """What FileUpload says of a file, as far as it matters here."""

    name: str
    content: bytes


class PictureChoice(widgets.VBox):
    """The choice of one picture, by name or as a file of one's own, with a thumbnail of it."""

    def __init__(
        self, kind: str, own: str, pictures: MutableMapping[str, Picture], on_upload: Callable[[UploadedFile], None]
    ) -> None:
        """Offer `pictures`; `on_upload` is called with a file that the user brings.

        kind, own : what is chosen, and what a file of one's own is called here
        """
        self._pictures = pictures
        self.name = widgets.Dropdown(description=kind, **_WIDE)
        self.upload = widgets.FileUpload(accept="image/*", description=tr("Your own"), tooltip=own)
        self.upload.layout.width = "auto"
        self.thumbnail = widgets.HTML()
        self.refresh()
        self.name.observe(lambda _: self._look(), "value")
        self._on_upload = on_upload
        self.upload.observe(self._take_upload, "value")
        super().__init__([self.name, widgets.HBox([self.thumbnail, self.upload])])
        self.add_class("aics-studio-picture")

    def refresh(self, chosen: str = "") -> None:
        """Offer all pictures that there are now, and choose the named one, or the one chosen before."""
        chosen = chosen or self.name.value
        self.name.options = {_called(name): name for name in self._pictures}
        self.name.value = chosen if chosen in self._pictures else next(iter(self._pictures))
        self._look()

    def _take_upload(self, change: Mapping[str, Any]) -> None:
        if change["new"]:
            self._on_upload(change["new"][0])

    def _look(self) -> None:
        picture = self._pictures[self.name.value]
        height, width, _ = picture.shape
        small = picture.image.copy()
        small.thumbnail((2 * _THUMBNAIL, 2 * _THUMBNAIL))
        file = io.BytesIO()
        small.save(file, "jpeg", quality=85)
        text = tr("{name}, {height} x {width} pixels", name=_called(picture.name), height=height, width=width)
        style = f"max-width:{_THUMBNAIL}px;max-height:{_THUMBNAIL}px"
        self.thumbnail.value = image_tag(file.getvalue(), alt=text, kind="jpeg", title=text, style=style)


def _called(name: str) -> str:
    """A picture's name as it is shown."""
    return tr(name) if name in _NAMES else name


#: What a widget calls, with whatever arguments it has.
Handler = Callable[..., None]


class Controls(widgets.VBox):
    """The widgets of all choices; `choices` reads them, `show` sets them."""

    def __init__(self, pictures: MutableMapping[str, Picture], handled: Callable[[Handler], Handler]) -> None:
        """Offer `pictures`; `handled` wraps a handler so that its errors are shown in the page."""
        self._pictures = pictures
        here = weights_here()
        usual = Choices.usual(here[0])
        self.photo, self.painting = (
            PictureChoice(kind, own, pictures, handled(lambda file, name=name: self._bring(getattr(self, name), file)))
            for name, kind, own in (
                ("photo", tr("photo"), tr("A photo of your own")),
                ("painting", tr("painting"), tr("A painting of your own")),
            )
        )
        self.weights = widgets.Dropdown(options=here, description=tr("weights"), **_WIDE)
        self.longer = widgets.IntSlider(
            usual.longer, 64, 1024, 16, description=tr("longer side"), continuous_update=False, **_WIDE
        )
        self.alpha = widgets.BoundedFloatText(usual.alpha, min=0, max=1e9, description="ALPHA", **_WIDE)
        self.beta = widgets.BoundedFloatText(usual.beta, min=0, max=1e9, description="BETA", **_WIDE)
        self.noise = widgets.FloatSlider(usual.noise, min=0, max=1, step=0.05, description="NOISE", **_WIDE)
        self.lr = widgets.BoundedFloatText(usual.lr, min=0, max=100, step=0.5, description="lr", **_WIDE)
        self.steps = widgets.BoundedIntText(60, min=1, max=5000, description=tr("steps"), **_WIDE)
        self.photo.refresh(usual.content)
        self.painting.refresh(usual.style)
        self.weights.observe(self._follow_weights, "value")
        numbers = [self.weights, self.longer, self.alpha, self.beta, self.noise, self.lr, self.steps]
        self._inputs = [self.photo.name, self.photo.upload, self.painting.name, self.painting.upload]
        self._inputs += numbers
        super().__init__([self.photo, self.painting, *numbers])

    @property
    def choices(self) -> Choices:
        """Return what is chosen now."""
        return Choices(
            content=self.photo.name.value,
            style=self.painting.name.value,
            longer=self.longer.value,
            weights=self.weights.value,
            alpha=self.alpha.value,
            beta=self.beta.value,
            noise=self.noise.value,
            lr=self.lr.value,
        )

    def show(self, choices: Choices) -> None:
        """Set all widgets to these choices, such as those of a saved run."""
        self.weights.value = choices.weights  # first: other numbers follow it
        for name in ("longer", "alpha", "beta", "noise", "lr"):
            getattr(self, name).value = getattr(choices, name)
        self.photo.refresh(choices.content)
        self.painting.refresh(choices.style)

    def enable(self, enabled: bool) -> None:
        """Let the user change the inputs, or not."""
        for widget in self._inputs:
            widget.disabled = not enabled

    def observe_size(self, handler: Handler) -> None:
        """Call the handler whenever the memory that a run needs may have changed."""
        for widget in (self.photo.name, self.weights, self.longer):
            widget.observe(handler, "value")

    def _bring(self, chooser: PictureChoice, file: UploadedFile) -> None:
        """Add the user's own picture to both lists, and choose it."""
        chooser.upload.value = ()
        picture = own_picture(file["name"], file["content"])
        self._pictures[picture.name] = picture
        for other in (self.photo, self.painting):
            other.refresh(picture.name if other is chooser else "")

    def _follow_weights(self, change: Mapping[str, Any]) -> None:
        """Where size and BETA are the old weights' usual ones, change them to the new weights'."""
        before, after = Choices.usual(change["old"]), Choices.usual(change["new"])
        for name in ("longer", "beta"):
            if getattr(self, name).value == getattr(before, name):
                getattr(self, name).value = getattr(after, name)
