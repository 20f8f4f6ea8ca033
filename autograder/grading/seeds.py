"""Seeds of hidden cases: unknowable to students, and the same again when the same hand-in is graded again.

A seed takes in the code that is handed in. So a feedback page may describe a hidden case that failed, and may show what
was expected: a hand-in that makes use of it is another hand-in, and gets other cases.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path

import numpy as np

#: The file of a class's folder that holds its secret.
SECRET = "secret.key"


def course_secret(folder: Path) -> bytes:
    """The course's secret, made at the first call and kept in ``secret.key`` (readable by its owner)."""
    path = folder / SECRET
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f".secret.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(32))
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)  # atomic, and never over another's
        fresh.unlink()
    return bytes.fromhex(path.read_text().strip())


def seed(secret: bytes, student: str, lab: str, question: str, code: str) -> bytes:
    """The seed of one question's hidden cases for one hand-in; `code` is a digest of all its code that is run."""
    message = "\0".join((student, lab, question, code)).encode()
    return hmac.new(secret, message, hashlib.sha256).digest()


def generator(seed: bytes) -> np.random.Generator:
    """The generator that draws the hidden cases."""
    return np.random.default_rng(int.from_bytes(seed, "big"))
