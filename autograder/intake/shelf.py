"""Notebooks that wait on disk: what a class handed in is never in memory all at once."""

from __future__ import annotations

import json
import tempfile
import weakref
import zlib
from dataclasses import dataclass

import nbformat
from nbformat.notebooknode import NotebookNode

#: zlib's quickest: a notebook is text, and a fourth of it is left.
QUICKEST = 1


class Shelf:
    """A file without a name, which is gone once no notebook on it is needed any more."""

    def __init__(self) -> None:
        """Open the file, in the folder for temporary files."""
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  (it lives as long as what is on it)
        weakref.finalize(self, self._file.close)

    def put(self, notebook: NotebookNode) -> Shelved:
        """Write a notebook to the end of the file."""
        packed = zlib.compress(json.dumps(notebook).encode("utf-8"), QUICKEST)
        start = self._file.seek(0, 2)
        self._file.write(packed)
        return Shelved(self, start, len(packed))

    def read(self, start: int, size: int) -> NotebookNode:
        """Return the notebook that so many bytes from `start` are."""
        self._file.seek(start)
        found: NotebookNode = nbformat.from_dict(json.loads(zlib.decompress(self._file.read(size))))
        return found


@dataclass(frozen=True)
class Shelved:
    """One notebook on a shelf."""

    shelf: Shelf
    start: int
    size: int

    @property
    def notebook(self) -> NotebookNode:
        """The notebook, read anew at each call: what is changed in it is not kept."""
        return self.shelf.read(self.start, self.size)
