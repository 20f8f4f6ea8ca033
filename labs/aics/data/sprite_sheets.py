"""Many small pictures in one PNG file: a sprite sheet is a grid of them, read row by row."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from aics.data.errors import WrongData
from aics.language import tr


def write(path: Path, pictures: np.ndarray, columns: int) -> None:
    """Write pictures as one PNG file, `columns` of them in a row.

    Parameters
    ----------
    path : Path
    pictures : (N, H, W) or (N, H, W, 3) uint8 array
        N must fill the rows.
    columns : int

    Raises
    ------
    ValueError
        If the last row would not be full.
    """
    from PIL import Image

    n, height, width = pictures.shape[:3]
    if n % columns:
        raise ValueError(f"{n} pictures do not fill rows of {columns}")
    grid = pictures.reshape(n // columns, columns, height, width, -1).swapaxes(1, 2)
    sheet = grid.reshape(n // columns * height, columns * width, -1)
    Image.fromarray(np.ascontiguousarray(sheet.squeeze(2) if sheet.shape[2] == 1 else sheet)).save(path, optimize=True)


def read(path: Path, size: int) -> np.ndarray:
    """Read the pictures of a sheet: (N, size, size) uint8 if it is grey, (N, size, size, 3) if it has colours.

    Raises WrongData if the sheet is no grid of such pictures.
    """
    from PIL import Image

    with Image.open(path) as picture:
        sheet = np.asarray(picture)
    height, width = sheet.shape[:2]
    if height % size or width % size:
        said = {"file": path.name, "width": width, "height": height, "size": size}
        raise WrongData(tr("{file} is {width}x{height} pixels, which is no grid of {size}x{size} pictures.", **said))
    grid = sheet.reshape(height // size, size, width // size, size, *sheet.shape[2:]).swapaxes(1, 2)
    return np.ascontiguousarray(grid.reshape(-1, size, size, *sheet.shape[2:]))
