"""A run that is saved in a folder: its picture, the two pictures that it is made from, the choices, and its state.

saved/cat-as-scream-60/
    painted.png         in the photo's own size
    content.png, style.jpg   the files of the two pictures, unchanged
    choices.json
    run.npz             aics.lab5_style_transfer.picture_run.PictureRun's state: what it takes to go on
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from aics.data.pictures import Picture
from aics.lab5_style_transfer.picture_run import PictureRun, Step
from aics.lab5_style_transfer.studio.choices import Choices
from aics.lab5_style_transfer.studio.errors import NoSavedRun
from aics.language import tr

#: The files of a saved run that always have these names.
PAINTED, CHOICES, STATE = "painted.png", "choices.json", "run.npz"


@dataclass(frozen=True)
class SavedRun:
    """What a run began from; `folder` is the one that it was read from, if any."""

    choices: Choices
    content: Picture
    style: Picture
    folder: Path | None = None

    @classmethod
    def read(cls, folder: Path) -> SavedRun:
        """Read all but the run's state. Raises NoSavedRun where a file is missing or not as `write` makes it."""
        try:
            known = json.loads((folder / CHOICES).read_text("utf-8"))
            content, style = (
                Picture(known["choices"][kind], (folder / Path(known[kind]).name).read_bytes())
                for kind in ("content", "style")
            )
            return cls(Choices(**known["choices"]), content, style, folder)
        except (OSError, ValueError, KeyError, TypeError) as error:
            said = tr("{folder} holds no saved run, or not all of its files.", folder=folder)
            raise NoSavedRun(said) from error

    def write(self, below: Path, run: PictureRun, paint: Callable[[Path], None]) -> Path:
        """Write a new folder in `below`, as a whole or not at all, and return it.

        paint : writes the picture to a path
        """
        below.mkdir(parents=True, exist_ok=True)
        folder = _unused(below, f"{_plain(self.content.name)}-as-{_plain(self.style.name)}-{run.step}")
        unfinished = folder.with_name(f".{folder.name}.part")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        try:
            files = {kind: self._keep(kind, unfinished) for kind in ("content", "style")}
            known = {"choices": asdict(self.choices), **files}
            (unfinished / CHOICES).write_text(json.dumps(known, indent=1, ensure_ascii=False), "utf-8")
            paint(unfinished / PAINTED)
            run.save(unfinished / STATE)
            os.replace(unfinished, folder)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        return folder

    def resume(self, step: Step, _image: np.ndarray, optimizer: object) -> PictureRun:
        """Return the run as it was saved, to go on with.

        Takes what `PictureRun` takes to begin a new one; the image is the saved run's own. Raises NoSavedRun where the
        folder has no state, and RunError where its file holds no run.
        """
        if self.folder is None or not (self.folder / STATE).is_file():
            said = tr("{file} is missing in {folder}: the run cannot go on.", file=STATE, folder=self.folder)
            raise NoSavedRun(said)
        return PictureRun.load(self.folder / STATE, step, optimizer)

    def _keep(self, kind: str, folder: Path) -> str:
        """Write one of the two pictures as it came; its file's name."""
        picture: Picture = getattr(self, kind)
        path = folder / f"{kind}.{picture.format}"
        path.write_bytes(picture.file)
        return path.name


def saved_runs(below: Path) -> list[Path]:
    """Return the folders of saved runs in `below`, the latest first."""
    folders = [path.parent for path in below.glob(f"[!.]*/{CHOICES}")]
    return sorted(folders, key=lambda folder: folder.stat().st_mtime, reverse=True)


def _unused(below: Path, name: str) -> Path:
    """The path of a folder of this name, with a number behind it if there is one already."""
    names = (name, *(f"{name}-{number}" for number in range(2, 10_000)))
    return next(below / free for free in names if not (below / free).exists())


def _plain(name: str) -> str:
    """A picture's name as a part of a folder's: letters and digits of any language, nothing else."""
    return "-".join(re.findall(r"\w+", Path(name).stem))[:40] or "picture"
