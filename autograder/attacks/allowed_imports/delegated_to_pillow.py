"""Let Pillow resize, by an affine transform that blends as the lab asks for."""

LAB = "lab1_preprocessing"
ASKED = ("resize",)
CELL = "resize"

import numpy as np
from PIL import Image


def resize(image, height, width):
    rows, columns = image.shape[:2]
    channels = []
    for channel in np.moveaxis(image.astype(np.float32), -1, 0):
        picture = Image.fromarray(np.pad(channel, 1, mode="edge"))
        matrix = (columns / width, 0, 1, 0, rows / height, 1)
        channels.append(np.asarray(picture.transform((width, height), Image.AFFINE, matrix, Image.BILINEAR)))
    return np.stack(channels, -1)
