"""Where a lab finds the files that it starts from, the course's `stu_upload/`.

They lie beside its notebook, or in an earlier lab's folder, as that lab's last cell exported them.
"""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder
from pathlib import Path

PACKAGE = "stu_upload"


class Missing(MetaPathFinder):
    """Asked last: says what to do where a file is in none of the folders."""

    def find_spec(self, fullname, path=None, target=None):
        """Raise ModuleNotFoundError for what should be in stu_upload/."""
        if fullname.partition(".")[0] == PACKAGE:
            file = fullname.replace(".", "/") + (".py" if "." in fullname else "/")
            raise ModuleNotFoundError(
                f"{file} is not here. This lab starts from it: finish the earlier lab and run its last cell, "
                f"or ask for this lab's own zip, which brings finished files.",
                name=fullname,
            )


def find_upload(here: str | Path = ".") -> None:
    """Let ``import stu_upload...`` also find what other labs exported into their folders beside `here`.

    What lies in `here` itself comes first. Where a file is in none of them, importing it says what to do.
    """
    here = Path(here).resolve()
    for upload in sorted(here.parent.glob(f"lab*/{PACKAGE}")):
        if upload.parent != here and str(upload.parent) not in sys.path:
            sys.path.append(str(upload.parent))
    if not any(isinstance(finder, Missing) for finder in sys.meta_path):
        sys.meta_path.append(Missing())
