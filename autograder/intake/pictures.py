"""Libraries of pictures that are gone or not there where hand-ins are graded, read as Pillow's.

``scipy.misc`` as the course has it, ``cv2`` and ``imageio`` as students write. The standard library alone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from autograder.intake.edits import Mend, Source
from autograder.intake.name_uses import is_set, modules, spelled

_MISC = {name: f"_misc_{name}" for name in ("imread", "imresize", "imsave", "toimage")}
_IMAGEIO = {"imread": "_misc_imread", "imsave": "_misc_imsave", "imwrite": "_misc_imsave"}
#: Libraries, each with its functions and what takes their place.
LIBRARIES = {
    "scipy.misc": _MISC,
    **dict.fromkeys(("imageio", "imageio.v2", "imageio.v3"), _IMAGEIO),
    "cv2": {name: f"_cv2_{name}" for name in ("cvtColor", "imread", "imwrite", "resize")},
}
#: What else is read of cv2: names of colours and filters.
_NAMES = ("COLOR_", "IMREAD_", "INTER_")
_HELPERS = '''


import numpy as _numpy


def _misc_imread(name, flatten=False, mode=None):
    """Read a picture as scipy.misc.imread did."""
    from PIL import Image

    image = Image.open(name)
    mode = "F" if flatten else mode or ("RGB" if image.mode == "P" else image.mode)
    return _numpy.array(image.convert(mode))


def _misc_bytes(arr):
    """Bytes of a picture, stretched to 0..255 where they are none, as scipy.misc did."""
    arr = _numpy.asarray(arr)
    if arr.dtype == _numpy.uint8:
        return arr
    low, high = float(arr.min()), float(arr.max())
    return _numpy.clip((arr - low) * (255.0 / ((high - low) or 1)) + 0.5, 0, 255).astype(_numpy.uint8)


def _misc_imresize(arr, size, interp="bilinear", mode=None):
    """Resize a picture as scipy.misc.imresize did; a whole number is a percentage, a fraction a factor."""
    from PIL import Image

    image = Image.fromarray(_misc_bytes(arr))
    if isinstance(size, (int, float)):
        factor = size / 100.0 if isinstance(size, int) else size
        size = (int(image.size[1] * factor), int(image.size[0] * factor))
    filters = {"nearest": 0, "lanczos": 1, "bilinear": 2, "bicubic": 3, "cubic": 3}
    return _numpy.array(image.resize((int(size[1]), int(size[0])), filters[interp]))


def _misc_imsave(name, arr, format=None):
    """Save a picture as scipy.misc.imsave did."""
    from PIL import Image

    Image.fromarray(_misc_bytes(arr)).save(name, format=format)


def _misc_toimage(arr):
    """Make a picture of an array as scipy.misc.toimage did."""
    from PIL import Image

    return Image.fromarray(_misc_bytes(arr))


def _cv2_imread(name, flags=1):
    """Read a picture as cv2.imread does: blue, green, red."""
    return _misc_imread(name, mode="RGB")[:, :, ::-1].copy()


def _cv2_imwrite(name, arr):
    """Save a picture as cv2.imwrite does, rounded and cut to bytes."""
    arr = _numpy.clip(_numpy.rint(arr), 0, 255).astype(_numpy.uint8)
    _misc_imsave(name, arr[:, :, ::-1] if arr.ndim == 3 else arr)


def _cv2_resize(src, dsize, interpolation="INTER_LINEAR"):
    """Resize an array to (columns, rows) as cv2.resize does; its kind of numbers stays."""
    from PIL import Image

    filters = {"INTER_NEAREST": 0, "INTER_CUBIC": 3, "INTER_LANCZOS4": 1}
    src = _numpy.asarray(src)
    layers = src[:, :, None] if src.ndim == 2 else src
    done = [
        Image.fromarray(layer.astype(_numpy.float32)).resize(tuple(dsize), filters.get(interpolation, 2))
        for layer in _numpy.moveaxis(layers, 2, 0)
    ]
    done = _numpy.stack([_numpy.array(each) for each in done], 2).reshape(dsize[1], dsize[0], *src.shape[2:])
    return _misc_bytes(_numpy.clip(_numpy.rint(done), 0, 255).astype(src.dtype)) if src.dtype == "uint8" else done


def _cv2_cvtColor(src, code):
    """Turn blue, green, red into red, green, blue or back, as cv2.cvtColor does."""
    if code not in ("COLOR_BGR2RGB", "COLOR_RGB2BGR"):
        raise ValueError(f"cv2.{code} is not known where hand-ins are graded")
    return _numpy.asarray(src)[:, :, ::-1].copy()
'''


def helpers(made: Sequence[Mend]) -> str:
    """Return what the mended text needs at its end."""
    return _HELPERS if any(mend.key in ("misc", "pictures") for mend in made) else ""


def mends(source: Source) -> Iterator[Mend]:
    """Yield the mends of each library of which nothing is used but what is known; of scipy.misc, of what is known."""
    for library, functions in LIBRARIES.items():
        if library == "scipy.misc" or _is_known(source, library, functions):
            yield from _of_library(source, library, functions)


def _is_known(source: Source, library: str, functions: dict[str, str]) -> bool:
    """Whether a file uses nothing else of a library."""
    called, used = {library, *modules(source, library)}, set[str]()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and source.of(node.value) in called:
            used.add(node.attr)
        elif isinstance(node, ast.ImportFrom) and node.module == library:
            used |= {alias.name for alias in node.names}
    others = {name for name in used - functions.keys() if f"{library}.{name}" not in LIBRARIES}
    return all(library == "cv2" and name.startswith(_NAMES) for name in others)


def _of_library(source: Source, library: str, functions: dict[str, str]) -> Iterator[Mend]:
    key, called, names = "misc" if library == "scipy.misc" else "pictures", {library}, dict[str, str]()
    called |= modules(source, library)
    above, _, last = library.rpartition(".")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import) and any(alias.name == library for alias in node.names):
            kept = [spelled(alias) for alias in node.names if alias.name != library]
            if above == "scipy" and any(alias.name == library and not alias.asname for alias in node.names):
                kept.append(above)
            yield source.mend(node, f"import {', '.join(kept)}" if kept else "pass", key, library)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module in (above, library):
            taken = {*functions, "*"} if node.module == library else {last}
            gone = [alias for alias in node.names if alias.name in taken]
            kept = [spelled(alias) for alias in node.names if alias not in gone]
            if gone:
                new = f"from {node.module} import {', '.join(kept)}" if kept else "pass"
                yield source.mend(node, new, key, library)
            if node.module == library:
                everything = functions if any(alias.name == "*" for alias in gone) else {}
                names |= everything | {a.asname or a.name: functions[a.name] for a in gone if a.name != "*"}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and source.of(node.value) in called:
            if node.attr in functions:
                yield source.mend(node, functions[node.attr], key, library)
            elif library == "cv2" and node.attr.startswith(_NAMES):
                yield source.mend(node, repr(node.attr), key, library)
        elif isinstance(node, ast.Name) and node.id in names and not is_set(node):
            yield source.mend(node, names[node.id], key, library)
