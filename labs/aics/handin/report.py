"""What a fresh kernel says at its end: the finish line as data, for the command that started it."""

from __future__ import annotations

from pathlib import Path

from aics.card.status import status_of
from aics.check.opened import open_lab
from aics.handin.notebook_file import cells_of, language_in
from aics.language import speaking
from aics.parameters.own_notebook import student_in

MIME = "application/vnd.aics.finish-line+json"


def report(lab: str, path: str) -> None:
    """Show the finish line of the running notebook, whose file is `path`, as one piece of JSON."""
    from IPython.core.getipython import get_ipython
    from IPython.display import display

    shell = get_ipython()
    check = open_lab(lab, student_in(cells_of(Path(path))))
    with speaking(language_in(Path(path))):
        line = check.finish(shell.user_ns if shell else {}, Path(path))
        text = line.text()
    statuses = {verdict.question: status_of(verdict).key for verdict in line.verdicts}
    display({MIME: {"text": text, "complete": line.complete, "statuses": statuses}}, raw=True)
