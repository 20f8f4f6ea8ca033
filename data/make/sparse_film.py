"""Write data/sparse_film.npz: films of lab 6's sparse training for its demo, by the functions of the lab's solution.

    python data/make/sparse_film.py      # some minutes on 2 cores

For each fraction of weights, LeNet-300-100 is trained on the embedded digits: the masks after each pruning and each
regrowing, the loss and the accuracy. Beside these, the accuracy of two rivals: all weights, and masks as drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track
from threadpoolctl import threadpool_limits

from aics.demos.own import finished_code
from aics.lab6_mixed_sparse.demos.lenet import LeNet, first_params
from aics.lab6_mixed_sparse.demos.sparse_film import FILE, KEPT, SparseFilm, packed
from aics.lab6_mixed_sparse.demos.sparse_thread import filmed
from aics.lab6_mixed_sparse.demos.sparse_trainers import NEEDED, ByFunctions
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab

LAB = "lab6_mixed_sparse"
PATH = Path(__file__).resolve().parents[1] / FILE


def film(functions: Mapping[str, Callable[..., Any]], density: float, *, regrow: bool = True) -> SparseFilm:
    """One training, from the first step to the last."""
    net, taken = LeNet(finished_code("layers").files["layers_1"]), SparseFilm()
    trainer = ByFunctions(functions, net, first_params(np.random.default_rng(0)), density, seed=0)
    for _ in filmed(net, trainer, taken, regrow=regrow):
        pass
    return taken


def main() -> None:
    """Write the file, and print what each training came to."""
    with working_folder(Lab(LAB)) as folder:
        names = run_cells(solution_cells(Lab(LAB)), beside=folder)
    functions: dict[str, Any] = {name: names[name] for name in NEEDED}
    arrays: dict[str, Any] = {}
    console = Console()
    with threadpool_limits(1):
        arrays["dense"] = np.array(film(functions, 1, regrow=False).accuracy, np.float32)
        for kept in track(KEPT, "training", console=console):
            taken = film(functions, kept / 100)
            arrays |= {f"{kept}.{name}": array for name, array in packed(taken).items()}
            fixed = film(functions, kept / 100, regrow=False).accuracy
            arrays[f"{kept}.as_drawn"] = np.array(fixed, np.float32)
            console.print(f"{kept} % of the weights: {taken.accuracy[-1]:.2%}; masks as drawn: {fixed[-1]:.2%}")
    console.print(f"all weights: {arrays['dense'][-1]:.2%}")
    np.savez_compressed(PATH, **arrays)
    console.print(f"{PATH.stat().st_size:,} bytes: {PATH}")


if __name__ == "__main__":
    main()
