"""Pictures to choose from: the embedded ones and any that somebody brings."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aics import data
from aics.lab5_style_transfer.studio.errors import BadPicture

if TYPE_CHECKING:
    from PIL.Image import Image

#: Pixels of the longer side that are kept of a picture in memory; no transfer here needs more.
MOST = 2048
#: The shorter side's least: after four poolings there must be something left to compare.
LEAST = 32


@dataclass(frozen=True)
class Picture:
    """A picture with the bytes of its file as they came."""

    name: str
    file: bytes

    @cached_property
    def _opened(self) -> tuple[Image, tuple[int, int, int], str]:
        """The picture upright, in RGB, at most MOST pixels long; its own (height, width, 3); its file's format."""
        from PIL import Image, ImageOps

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                with Image.open(io.BytesIO(self.file)) as opened:
                    kind, image = opened.format.lower(), ImageOps.exif_transpose(opened)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise BadPicture(f"{self.name} has too many pixels to be opened safely. Make it smaller first.") from error
        except (OSError, SyntaxError, ValueError) as error:
            raise BadPicture(f"{self.name} is no picture that can be read here. JPEG and PNG always work.") from error
        shape = (image.height, image.width, 3)
        image = _flat(image)
        image.thumbnail((MOST, MOST))
        return image, shape, kind

    @property
    def image(self) -> Image:
        """The picture in RGB, upright; BadPicture where the file is none."""
        return self._opened[0]

    @property
    def shape(self) -> tuple[int, int, int]:
        """(height, width, 3) of the file, which a finished transfer gets back."""
        return self._opened[1]

    @property
    def format(self) -> str:
        """The file's format, such as ``png`` or ``jpeg``."""
        return self._opened[2]

    def size(self, longer: int) -> tuple[int, int]:
        """Height and width with this longer side, in the picture's own form; no side is below LEAST."""
        height, width = self.shape[:2]
        scale = max(longer / max(height, width), LEAST / min(height, width))
        return round(height * scale), round(width * scale)

    def cut(self, height: int, width: int) -> io.BytesIO:
        """Give the middle of the picture as a file of this size: neither stretched nor squeezed."""
        from PIL import ImageOps

        file = io.BytesIO()
        ImageOps.fit(self.image, (width, height)).save(file, "bmp")
        file.seek(0)
        return file


def embedded() -> dict[str, Picture]:
    """The embedded photos, then the paintings, by name."""
    paths = {name: data.photo(name) for name in data.PHOTOS} | {name: data.style(name) for name in data.STYLES}
    return {name: Picture(name, path.read_bytes()) for name, path in paths.items()}


def brought(name: str, file: bytes) -> Picture:
    """A picture of somebody's own; BadPicture where the file is none."""
    picture = Picture(Path(name).name, bytes(file))
    _ = picture.image
    return picture


def _flat(image: Image) -> Image:
    """Any kind of picture as RGB: what is transparent becomes white, 16 bits become 8."""
    from PIL import Image

    if image.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image) / 257).round().astype(np.uint8)).convert("RGB")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(white, image).convert("RGB")
    return image.convert("RGB")
