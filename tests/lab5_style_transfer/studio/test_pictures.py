"""Any picture, of any size and form, becomes something that a network can take."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from aics import data
from aics.data.errors import BadPicture
from aics.data.pictures import LONGEST_SIDE, SHORTEST_SIDE, Picture, embedded, own_picture
from tests.lab5_style_transfer.studio.conftest import png


def saved(image: Image.Image, kind: str, **how) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def sideways() -> bytes:
    """A picture that is 20 wide and 40 high once its camera's mark is heeded."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return saved(Image.new("RGB", (40, 20)), "jpeg", exif=exif)


def grey16() -> bytes:
    levels = np.full((4, 6), 257 * 200, np.uint16)
    return saved(Image.fromarray(levels), "png")


def test_all_embedded_photos_and_paintings_are_there():
    assert list(embedded()) == [*data.PHOTOS, *data.STYLES]
    assert embedded()["cat"].shape == (300, 451, 3)


KINDS = {
    "RGB": (png(20, 30), (200, 30, 30)),
    "palette": (saved(Image.new("RGB", (9, 9), (200, 30, 30)).quantize(4), "png"), (200, 30, 30)),
    "grey": (saved(Image.new("L", (9, 9), 77), "png"), (77, 77, 77)),
    "16 bits": (grey16(), (200, 200, 200)),
    "transparent": (saved(Image.new("RGBA", (9, 9), (0, 0, 0, 0)), "png"), (255, 255, 255)),
    "one bit": (saved(Image.new("1", (9, 9), 1), "png"), (255, 255, 255)),
    "animated": (saved(Image.new("L", (9, 9), 9), "gif"), (9, 9, 9)),
}


@pytest.mark.parametrize(("file", "color"), KINDS.values(), ids=KINDS)
def test_every_kind_of_file_becomes_rgb(file, color):
    image = own_picture("x", file).image
    assert image.mode == "RGB"
    np.testing.assert_allclose(np.asarray(image)[2, 2], color, atol=2)


def test_a_picture_is_turned_upright():
    assert own_picture("x.jpg", sideways()).shape == (40, 20, 3)


@pytest.mark.parametrize("file", [b"", b"Dear students", png(20, 30)[:-30], b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_what_is_no_picture_is_said(file):
    with pytest.raises(BadPicture, match="letter is no picture that can be read here"):
        _ = Picture("letter", file).image


def test_too_many_pixels_are_not_opened(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 500)
    for side in (25, 60):  # Pillow warns of the one and refuses the other
        with pytest.raises(BadPicture, match="too many pixels"):
            own_picture("x.png", png(side, side))


def test_only_the_files_own_name_is_kept():
    assert own_picture("../../letters/cat.png", png(9, 9)).name == "cat.png"


SIZES = [((300, 451), 192, (128, 192)), ((451, 300), 192, (192, 128)), ((20, 20), 64, (64, 64))]
SIZES += [((30, 3000), 192, (SHORTEST_SIDE, 100 * SHORTEST_SIDE)), ((900, 100), 96, (9 * SHORTEST_SIDE, SHORTEST_SIDE))]


@pytest.mark.parametrize(("shape", "longer", "size"), SIZES)
def test_the_form_stays_and_no_side_gets_too_short(shape, longer, size):
    assert own_picture("x", png(*shape)).size(longer) == size


def test_a_large_picture_is_kept_small_but_its_size_is_remembered():
    picture = own_picture("x", png(LONGEST_SIDE * 2, 40))
    assert (picture.shape, picture.image.size) == ((LONGEST_SIDE * 2, 40, 3), (20, LONGEST_SIDE))


def test_cut_takes_the_middle_without_stretching():
    sides = np.zeros((10, 30, 3), np.uint8)
    sides[:, 10:20] = 200
    with Image.open(own_picture("x", saved(Image.fromarray(sides), "png")).cut(10, 10)) as middle:
        assert np.asarray(middle).min() == 200
