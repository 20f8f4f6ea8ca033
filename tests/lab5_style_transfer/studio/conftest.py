"""A stand-in for lab 5's code that is quick: every step goes half of the way from the picture to the painting."""

from __future__ import annotations

import io
import time
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from aics.data.pictures import Picture
from aics.lab5_style_transfer.studio.choices import Choices
from aics.lab5_style_transfer.studio.code import TransferCode
from aics.lab5_style_transfer.studio.session import Session

SMALL = Choices(content="photo", style="painting", longer=48)


class QuickVGG19:
    """No layer, no weights; pictures as lab 5's network reads and saves them."""

    built = 0

    def __init__(self, _: str) -> None:
        self.image_mean, self.layers = np.array([120.0, 110.0, 100.0]), {}

    def build_model(self) -> None:
        QuickVGG19.built += 1

    def load_model(self) -> None:
        pass

    def load_image(self, file, height: int, width: int):
        with Image.open(file) as image:
            shape = (image.height, image.width, 3)
            pixels = np.asarray(image.convert("RGB").resize((width, height)), np.float32)
        return np.ascontiguousarray(np.moveaxis(pixels[None] - np.float32(self.image_mean), 3, 1)), shape

    def save_image(self, image, shape, path) -> None:
        pixels = (np.moveaxis(image[0], 0, 2) + self.image_mean).clip(0, 255).round().astype(np.uint8)
        Image.fromarray(pixels).resize((shape[1], shape[0])).save(path)


def begin_transfer(_net, photo, painting, **_):
    return SimpleNamespace(painting=painting, photo=photo), SimpleNamespace(step=0), photo.copy()


def transfer_step(goal, optimizer, image):
    time.sleep(0.001)
    optimizer.step += 1
    losses = np.mean((image - goal.photo) ** 2), np.mean((image - goal.painting) ** 2)
    return (image + goal.painting) / 2, (sum(losses), *losses)


def png(height: int, width: int, color=(200, 30, 30)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), color).save(file, "png")
    return file.getvalue()


@pytest.fixture
def code() -> TransferCode:
    return TransferCode(QuickVGG19, begin_transfer, transfer_step)


@pytest.fixture
def pictures() -> dict[str, Picture]:
    return {"photo": Picture("photo", png(60, 90)), "painting": Picture("painting", png(80, 40, (10, 20, 240)))}


@pytest.fixture
def session(code: TransferCode, pictures: dict[str, Picture]):
    made = Session(lambda: code, pictures)
    yield made
    made.stop()
    assert made.wait(20)
