"""Hand-ins on disk for these tests, and what is found of them."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import nbformat

from autograder.intake.find import find_handins
from tests.intake.release import as_bytes, shape, solved

LAYERS_1 = """class ReLULayer(object):
    def forward(self, x):
        return x


class SoftmaxLossLayer(object):
    def forward(self, x):
        return x
"""


def write(path: Path, content: object = None, when: float = 0) -> Path:
    """Write a file: bytes, text, or a notebook."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = solved() if content is None else content
    if not isinstance(content, bytes):
        content = content.encode() if isinstance(content, str) else as_bytes(content)
    path.write_bytes(content)
    if when:
        os.utime(path, (when, when))
    return path


def write_zip(path: Path, files: dict[str, object], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write a zip of notebooks, texts or bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in files.items():
            if not isinstance(content, bytes | str):
                content = as_bytes(content)
            archive.writestr(name, content)
    return path


def found(path: Path):
    """Return hand-ins and remarks; every remark is one printable line."""
    handins, remarks = find_handins(path, [shape()])
    for handin in handins:
        nbformat.validate(handin.notebook)
        assert all(remark.isprintable() for remark in handin.remarks)
    assert all(remark.sentence.isprintable() and remark.path.isprintable() for remark in remarks)
    return handins, remarks


def students(path: Path) -> list[str]:
    handins, remarks = found(path)
    assert remarks == []
    return [handin.student for handin in handins]


def refused(path: Path, sentence: str) -> None:
    """Beside a good hand-in of bob, one thing is refused with a sentence."""
    write(path / "bob" / "lab9_small.ipynb")
    handins, remarks = found(path)
    assert [handin.student for handin in handins] == ["bob"]
    assert any(sentence in remark.sentence for remark in remarks), remarks
