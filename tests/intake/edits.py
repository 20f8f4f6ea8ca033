"""What people do to a notebook's cells: split, merge, copy, put aside, move, retype, and lose what marks them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from copy import deepcopy

from hypothesis import strategies as st
from nbformat import NotebookNode

from tests.intake.release import ANSWERS, answer, code, solved

#: Changes a list of cells in place; an index counts round.
Edit = Callable[[list[NotebookNode]], None]

RELU = ("ReLULayer", "forward", "backward")
HELPED = answer(*RELU, text="same(x)")
#: Other ways to write the answers: with a helper, a constant, an import, a whole class, by assignment.
WAYS: dict[str, list[str]] = {
    "relu_code": [
        ANSWERS["relu_code"],
        f"def same(x):\n    return x\n\n\n{HELPED}",
        f"{HELPED}\n\n\ndef same(x):\n    return x",
        f"ZERO = 0\n{answer(*RELU, text='x + ZERO')}",
        f"import math\n{answer(*RELU, text='x + math.floor(0.5)')}",
        "class ReLULayer(object):\n\tdef forward(self, x):\n\t\treturn x\n\n\tdef backward(self, x):\n\t\treturn x",
        "def forward(self, x):\n    y = x\n    return y\n\n\nReLULayer.forward = forward\nReLULayer.backward = forward",
    ],
    "softmax_loss_code": [
        ANSWERS["softmax_loss_code"],
        "class SoftmaxLossLayer:\n    def forward(self, x):\n        y = x\n        return y",
    ],
    "output_size_code": [
        ANSWERS["output_size_code"],
        "ONE = 1\n\n\ndef output_size(size, kernel):\n    return size - kernel + ONE",
        "output_size = lambda size, kernel: size - kernel + 1",
    ],
    "flatten_code": [ANSWERS["flatten_code"]],
}
#: What a student types in a cell of their own, or into one that is locked.
OWN = [
    "x = 1",
    "1 / 0",
    "print(",
    "import not_installed\nZERO = 0",
    "%matplotlib inline",
    'check("relu")',
    "def same(x):\n    return x",
    answer(*RELU),
    answer(*RELU, text="-x"),
    answer("FlattenLayer", "forward", text="x + 0"),
]
ASIDE = [
    ("raw", "-x"),
    ("markdown", "-x"),
    ("code", "-x"),
    ("code", "x)"),
    ("raw", "x"),
]
places = st.integers(0, 40)


def split(place: int, line: int, *, marked: bool) -> Edit:
    """Split a cell above one of its lines; both halves keep the metadata, or the second loses it."""

    def edit(cells: list[NotebookNode]) -> None:
        at = place % len(cells)
        lines = cells[at].source.split("\n")
        cut = line % len(lines)
        second = deepcopy(cells[at])
        second.pop("id", None)
        second.metadata = second.metadata if marked else NotebookNode()
        cells[at].source, second.source = "\n".join(lines[:cut]), "\n".join(lines[cut:])
        cells.insert(at + 1, second)

    return edit


def merge(place: int, *, first: bool) -> Edit:
    """Merge a cell with the next of its kind, which keeps the metadata of one of them."""

    def edit(cells: list[NotebookNode]) -> None:
        at = place % len(cells)
        if at + 1 < len(cells) and cells[at].cell_type == cells[at + 1].cell_type:
            source = f"{cells[at].source}\n\n{cells[at + 1].source}"
            kept = cells[at] if first else cells[at + 1]
            kept.source = source
            cells[at : at + 2] = [kept]

    return edit


def aside(place: int, to: int, what: tuple[str, str], *, marked: bool) -> Edit:
    """Keep an old try at the first question as a copy of a cell somewhere."""

    def edit(cells: list[NotebookNode]) -> None:
        at, (kind, text) = place % len(cells), what
        copy = deepcopy(cells[at])
        copy.cell_type, copy.source = kind, answer(*RELU, text=text)
        copy.pop("id", None)
        copy.metadata = copy.metadata if marked else NotebookNode()
        cells.insert(min(to, len(cells)), copy)

    return edit


def typed(place: int, text: str, *, above: bool) -> Edit:
    """Type into a cell, locked or not."""

    def edit(cells: list[NotebookNode]) -> None:
        cell = cells[place % len(cells)]
        if cell.cell_type == "code":
            cell.source = f"{text}\n\n\n{cell.source}" if above else f"{cell.source}\n\n\n{text}"

    return edit


def own(place: int, text: str) -> Edit:
    return lambda cells: cells.insert(place % (len(cells) + 1), code(text))


def retyped(place: int, kind: str) -> Edit:
    return lambda cells: cells[place % len(cells)].update(cell_type=kind)


def unmarked(place: int) -> Edit:
    """Lose a cell's metadata and id, as other editors do."""

    def edit(cells: list[NotebookNode]) -> None:
        cell = cells[place % len(cells)]
        cell.metadata = NotebookNode()
        cell.pop("id", None)

    return edit


def all_unmarked() -> Edit:
    return lambda cells: [unmarked(place)(cells) for place in range(len(cells))] and None


def moved(place: int, to: int) -> Edit:
    return lambda cells: cells.insert(to % len(cells), cells.pop(place % len(cells)))


def doubled(place: int, to: int) -> Edit:
    return lambda cells: cells.insert(to % len(cells), deepcopy(cells[place % len(cells)]))


def removed(place: int) -> Edit:
    return lambda cells: len(cells) > 1 and cells.pop(place % len(cells)) and None


#: What a file is saved in: Jupyter's own, and what Windows makes of it.
CODECS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"]
kinds = st.sampled_from(["raw", "markdown", "code"])
edits: st.SearchStrategy[Edit] = st.one_of(
    st.builds(split, places, places, marked=st.booleans()),
    st.builds(merge, places, first=st.booleans()),
    st.builds(aside, places, places, st.sampled_from(ASIDE), marked=st.booleans()),
    st.builds(typed, places, st.sampled_from(OWN), above=st.booleans()),
    st.builds(own, places, st.sampled_from(OWN)),
    st.builds(retyped, places, kinds),
    st.builds(unmarked, places),
    st.just(all_unmarked()),
    st.builds(moved, places, places),
    st.builds(doubled, places, places),
    st.builds(removed, places),
)


def saved(notebook: object, codec: str) -> bytes:
    """A notebook's file, as an editor with this encoding saves it."""
    return json.dumps(notebook, ensure_ascii=False, indent=1).encode(codec, "replace")


@st.composite
def edited(draw: st.DrawFn, most: int = 3) -> NotebookNode:
    """A solved notebook, in one of the ways to write its answers, after some edits."""
    ways = {name: draw(st.sampled_from(ways)) for name, ways in WAYS.items()}
    return after(solved(**ways), draw(st.lists(edits, max_size=most)))


def after(notebook: NotebookNode, done: Sequence[Edit]) -> NotebookNode:
    """A copy of a notebook after some edits."""
    copy = deepcopy(notebook)
    for edit in done:
        edit(copy.cells)
    return copy
