"""Run a program that was written for the card, unchanged: ``python -m aics.pycnml script.py [arguments]``."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

from aics.language import tr
from aics.pycnml.standin import stand_in


def main() -> None:
    """Put the emulator in place of the card, then run the script as Python itself would."""
    if len(sys.argv) < 2:
        raise SystemExit(tr("usage: python -m aics.pycnml script.py [arguments]"))
    del sys.argv[0]
    script = Path(sys.argv[0])
    if not script.is_file():
        raise SystemExit(tr("there is no file {file}", file=script))
    _, which = stand_in()
    print(tr("pycnml: the card") if which == "card" else tr("pycnml: the emulator"), file=sys.stderr)
    sys.path[0] = str(script.parent.resolve())
    runpy.run_path(str(script), run_name="__main__")


if __name__ == "__main__":
    main()
