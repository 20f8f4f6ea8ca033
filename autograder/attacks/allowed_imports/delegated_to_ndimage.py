"""Let SciPy blend neighbouring pixels at fractional places."""

LAB = "lab1_preprocessing"
ASKED = ("resize",)
CELL = "resize"

import numpy as np
from scipy.ndimage import map_coordinates


def resize(image, height, width):
    sides = zip(image.shape, (height, width))
    places = np.meshgrid(*((np.arange(new) + 0.5) * old / new - 0.5 for old, new in sides), indexing="ij")
    channels = np.moveaxis(image.astype(np.float32), -1, 0)
    return np.stack([map_coordinates(channel, places, order=1, mode="nearest") for channel in channels], -1)
