"""Picture files byte by byte: PNG of every kind, JPEG, CMYK TIFF, with or without an EXIF orientation.

PNGs are written here and not by a library, and without compression, so that equal pixels are equal
bytes everywhere. Bytes come as a uint8 array of a fixed length for a given shape and kind.
"""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
from PIL import Image

#: PNG colour types.
GREY, RGB, PALETTE, GREY_ALPHA, RGB_ALPHA = 0, 2, 3, 4, 6
#: Length to which JPEG files are padded: theirs depends on the pixels.
JPEG_ROOM = 4096


def exif(orientation: int) -> bytes:
    """A smallest possible EXIF block: one directory with one entry, tag 274."""
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 274, 3, 1, orientation, 0, 0)


def png(
    values: np.ndarray,
    color: int,
    *,
    depth: int = 8,
    palette: np.ndarray | None = None,
    orientation: int = 0,
) -> np.ndarray:
    """A PNG file.

    Parameters
    ----------
    values : (H, W) or (H, W, channels) unsigned integers
        Samples; for depth 1 they are 0 or 1.
    color : int
        One of the PNG colour types above.
    palette : (n, 3) uint8, optional
    orientation : int
        EXIF orientation 1 to 8; 0 writes none.
    """
    height, width = values.shape[:2]
    if depth == 1:
        rows = np.packbits(values.astype(np.uint8), axis=1)
    else:
        rows = np.ascontiguousarray(values.astype(f">u{depth // 8}")).view(np.uint8).reshape(height, -1)
    data = np.concatenate([np.zeros((height, 1), np.uint8), rows], axis=1).tobytes()  # filter 0 for every row
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0))]
    if palette is not None:
        chunks.append((b"PLTE", palette.astype(np.uint8).tobytes()))
    if orientation:
        chunks.append((b"eXIf", exif(orientation)))
    chunks += [(b"IDAT", zlib.compress(data, 0)), (b"IEND", b"")]
    return _bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks))


def jpeg(values: np.ndarray, orientation: int) -> np.ndarray:
    """A JPEG file of (H, W, 3) uint8, padded with zeros to `JPEG_ROOM`; decoders stop before these."""
    buffer = io.BytesIO()
    tags = b"Exif\0\0" + exif(orientation)
    Image.fromarray(values).save(buffer, "JPEG", quality=95, subsampling=0, exif=tags)
    return _bytes(buffer.getvalue().ljust(JPEG_ROOM, b"\0"))


def cmyk_tiff(values: np.ndarray) -> np.ndarray:
    """An uncompressed TIFF file of (H, W, 4) uint8: cyan, magenta, yellow, black."""
    height, width = values.shape[:2]
    buffer = io.BytesIO()
    Image.frombytes("CMYK", (width, height), values.tobytes()).save(buffer, "TIFF")
    return _bytes(buffer.getvalue())


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _bytes(data: bytes) -> np.ndarray:
    return np.frombuffer(data, np.uint8).copy()
