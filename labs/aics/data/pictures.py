"""Pictures to choose from: the embedded ones, and the user's own."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aics import data
from aics.data.errors import BadPicture
from aics.language import tr

if TYPE_CHECKING:
    from PIL.Image import Image

#: Pixels of the longer side to which a picture is reduced in memory; no transfer here needs more.
LONGEST_SIDE = 2048
#: Least pixels of the shorter side: after four poolings there must be something left to compare.
SHORTEST_SIDE = 32


@dataclass(frozen=True)
class Picture:
    """A picture, with the unchanged bytes of its file."""

    name: str
    file: bytes

    @cached_property
    def _opened(self) -> tuple[Image, tuple[int, int, int], str]:
        """The picture upright, in RGB, no side above LONGEST_SIDE; the file's (height, width, 3); the file's format."""
        from PIL import Image, ImageOps

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                with Image.open(io.BytesIO(self.file)) as opened:
                    kind, image = (opened.format or "").lower(), ImageOps.exif_transpose(opened)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            message = tr("{file} has too many pixels to be opened safely. Make it smaller first.", file=self.name)
            raise BadPicture(message) from error
        except (OSError, SyntaxError, ValueError) as error:
            message = tr("{file} is no picture that can be read here. JPEG and PNG always work.", file=self.name)
            raise BadPicture(message) from error
        shape = (image.height, image.width, 3)
        image = _flat(image)
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return image, shape, kind

    @property
    def image(self) -> Image:
        """Return the picture in RGB, upright. Raises BadPicture where the file is none."""
        return self._opened[0]

    @property
    def shape(self) -> tuple[int, int, int]:
        """Return (height, width, 3) of the file, the shape in which a transfer is saved."""
        return self._opened[1]

    @property
    def format(self) -> str:
        """Return the file's format, such as ``png`` or ``jpeg``."""
        return self._opened[2]

    def size(self, longer: int) -> tuple[int, int]:
        """Return height and width with this longer side and the picture's proportions; SHORTEST_SIDE or more."""
        height, width = self.shape[:2]
        scale = max(longer / max(height, width), SHORTEST_SIDE / min(height, width))
        return round(height * scale), round(width * scale)

    def cut(self, height: int, width: int) -> io.BytesIO:
        """Return the middle of the picture as a file of this size, its proportions kept."""
        from PIL import ImageOps

        file = io.BytesIO()
        ImageOps.fit(self.image, (width, height)).save(file, "bmp")
        file.seek(0)
        return file


def embedded() -> dict[str, Picture]:
    """Return the embedded photos, then the embedded paintings, by name."""
    paths = {name: data.photo(name) for name in data.PHOTOS} | {name: data.style(name) for name in data.STYLES}
    return {name: Picture(name, path.read_bytes()) for name, path in paths.items()}


def own_picture(name: str, file: bytes) -> Picture:
    """Return the user's own picture. Raises BadPicture where the file is none."""
    picture = Picture(Path(name).name, bytes(file))
    _ = picture.image
    return picture


def _flat(image: Image) -> Image:
    """Any kind of picture as RGB: transparent pixels become white, 16 bits become 8."""
    from PIL import Image

    if image.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image) / 257).round().astype(np.uint8)).convert("RGB")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(white, image).convert("RGB")
    return image.convert("RGB")
