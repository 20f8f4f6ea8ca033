"""What some of the forty downloads hold: a notebook damaged in each way that public bug reports describe.

Nothing right in it is lost; what is said of it stands beside it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy

from nbformat import NotebookNode

from autograder.intake.handin import MAX_FILE
from tests.intake.edits import HELPED, RELU, WAYS, Edit, after, all_unmarked, aside, merge, saved, split, typed
from tests.intake.release import ANSWERS, answer, as_bytes, at, by_id, release, solved
from tests.intake.test_conflict import conflict, in_place_of_the_written_answer

CHINESE = "因为梯度为零。"
RELU_AT, TEST_AT = (at(solved(), name) for name in ("relu_code", "relu"))
CONSTANT = solved(relu_code=f"ZERO = 0\n\n{answer(*RELU, text='x + ZERO')}")
WHOLE_CLASS = solved(relu_code=WAYS["relu_code"][-2])


def edited(*edits: Edit, of: NotebookNode | None = None) -> bytes:
    return as_bytes(after(of or solved(), edits))


def printed() -> bytes:
    notebook = solved()
    notebook.cells[1].outputs = [{"output_type": "stream", "name": "stdout", "text": "9" * (MAX_FILE + 4_000_000)}]
    return as_bytes(notebook)


def in_the_check() -> bytes:
    """The answer stands in the locked test cell, and its stub is as released."""
    notebook = solved(relu_code=by_id(release(), "relu_code").source)
    return edited(typed(TEST_AT, ANSWERS["relu_code"], above=True), of=notebook)


def without_metadata() -> bytes:
    """As other editors save it, with a whole class where methods were to be added."""
    return edited(all_unmarked(), of=deepcopy(WHOLE_CLASS))


def cut() -> bytes:
    """Cut off in its last cell, the written answer."""
    text = json.dumps(solved(), indent=1)
    return text[: text.index("Because")].encode()


#: Path among the downloads -> what it holds, and what is said of it.
HOLDS_WHAT: dict[str, tuple[Callable[[], bytes], str]] = {
    "alice/lab9_small.ipynb": (lambda: edited(split(RELU_AT, 1, marked=True), of=CONSTANT), "the parts are joined"),
    "alice_lab9/lab9_small.ipynb": (
        lambda: edited(aside(RELU_AT, RELU_AT + 1, ("raw", "-x"), marked=True)),
        "the others are kept beside it",
    ),
    "bob_lab9_final (1).ipynb": (
        lambda: edited(aside(RELU_AT, RELU_AT + 1, ("markdown", "-x"), marked=True)),
        "the others are kept beside it",
    ),
    "Copy of carla_lab9-checkpoint.ipynb": (in_the_check, "what was added to locked cells is kept beside them: relu"),
    "dora/stuff/Untitled1.ipynb": (without_metadata, "lost their metadata"),
    "lab9_small/gus/lab9_small.ipynb": (
        lambda: edited(merge(RELU_AT - 1, first=True)),
        "kept beside them: setup_given",
    ),
    "2021K8009-张三-实验9.ipynb": (lambda: saved(solved(why=CHINESE), "gb18030"), "is saved in GB18030"),
    "李四_2021K8010_lab9.zip/实验九/lab9_small.ipynb": (
        lambda: saved(solved(why=CHINESE), "utf-16"),
        "is saved in UTF-16",
    ),
    "eve.zip/eve/lab9_small.ipynb": (printed, ""),
    "byronada_44101_901001_lab9_small.ipynb": (
        lambda: in_place_of_the_written_answer(conflict('   "source": "Ours."\n', '   "source": "Theirs."\n')),
        "mark of an unsolved git conflict",
    ),
    "inbound/barbara+lab9_small+2025-01-31 10_30_00 UTC/lab9_small.ipynb": (cut, "damaged or cut off at line"),
    "lab9_small/frank/lab9_small.ipynb": (
        lambda: as_bytes(solved(relu_code=f"def same(x):\n    return x\n\n\n{HELPED}")),
        "",
    ),
}
#: The newest attempts of two students: what is said of them where an older one is graded.
NEWEST_CUT = {
    "inbound/edsger+lab9_small+2025-02-02 10:30:00.123456 UTC+d4e5f6/lab9_small.ipynb": (cut, "is newer but damaged"),
    "Lab 9_alan_m_turing_attempt_2025-02-01-09-00-00_lab9_small.ipynb": (lambda: b"{", "is newer but cannot be read"),
}
