"""Small pictures and data sets that are computed, so that no file is needed."""

from __future__ import annotations

import numpy as np

from aics.language import noted

#: The edge filter that finds what gets brighter to the right.
LEFT_TO_RIGHT = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype=np.float32)
#: Hand-made 3 x 3 edge filters by their English names; each sums to zero, so that flat areas give 0.
EDGE_FILTERS = {
    noted("left to right"): LEFT_TO_RIGHT,
    noted("top to bottom"): np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]], dtype=np.float32),
    noted("diagonal"): np.array([[-2, -1, 0], [-1, 0, 1], [0, 1, 2]], dtype=np.float32),
    noted("outline"): np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]], dtype=np.float32),
}


def scene(height: int = 48, width: int = 64) -> np.ndarray:
    """Return a picture of a house under a moon, beside a fence: it has edges in every direction.

    ->  (height, width) float32 in [0, 1]
    """
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : width / height : width * 1j]
    picture: np.ndarray = 0.25 + 0.35 * y  # evening sky
    picture[(x - 1.08) ** 2 + (y - 0.2) ** 2 < 0.11**2] = 1.0  # moon
    picture[y > 0.82] = 0.3  # ground
    picture[(abs(x - 0.42) < 0.26) & (y > 0.45) & (y < 0.88)] = 0.8  # wall
    picture[(y > 0.16) & (y < 0.45) & (abs(x - 0.42) < 1.15 * (y - 0.16))] = 0.12  # roof
    picture[(abs(x - 0.52) < 0.06) & (y > 0.6) & (y < 0.88)] = 0.2  # door
    window = (abs(x - 0.3) < 0.075) & (abs(y - 0.62) < 0.075)
    picture[window] = 0.95
    picture[window & ((abs(x - 0.3) < 0.014) | (abs(y - 0.62) < 0.014))] = 0.3
    fence = (x > 0.78) & (y > 0.66) & (y < 0.86)
    picture[fence & ((x * 100).astype(int) % 10 < 5)] = 0.9
    return picture.astype(np.float32)


def spirals(points: int = 100, arms: int = 3, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return random points on spiral arms, which no straight line separates.

    ->  points (points * arms, 2) float32 in about [-1, 1], labels (points * arms,) int
    """
    rng = np.random.default_rng(seed)
    radius = np.tile(np.linspace(0.05, 1, points), arms)
    label = np.repeat(np.arange(arms), points)
    angle = 4.2 * radius + 2 * np.pi * label / arms + rng.normal(0, 0.13, radius.size)
    return np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1).astype(np.float32), label


def shapes(count: int = 300, size: int = 12, seed: int = 0) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """Return noisy pictures of rings, crosses and squares, at random positions and of random sizes.

    ->  pictures (count, 1, size, size) float32, labels (count,) int, the classes' names in English
    """
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:size, :size]
    pictures = np.empty((count, 1, size, size), dtype=np.float32)
    labels = rng.integers(0, 3, count)
    for picture, label in zip(pictures[:, 0], labels, strict=True):
        radius = rng.uniform(2.5, size / 2 - 1.5)
        dx, dy = x - rng.uniform(radius, size - 1 - radius), y - rng.uniform(radius, size - 1 - radius)
        if label == 0:
            ink = abs(np.hypot(dx, dy) - radius) < 0.8
        elif label == 1:
            ink = (abs(abs(dx) - abs(dy)) < 1) & (np.maximum(abs(dx), abs(dy)) <= radius)
        else:
            ink = abs(np.maximum(abs(dx), abs(dy)) - radius * 0.85) < 0.6
        picture[:] = ink + rng.normal(0, 0.15, (size, size))
    return pictures, labels, (noted("ring"), noted("cross"), noted("square"))
