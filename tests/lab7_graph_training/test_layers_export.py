"""The course's MNIST_MLP as a file that runs alone, and what its export rests on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from aics.lab7_graph_training.asks import EXPORTS
from aics.notebook.export import export
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.course import LABS, Lab

ALONE = """
import numpy as np
from mnist_mlp_cpu import MNIST_MLP, build_mnist_mlp

mlp = MNIST_MLP()
assert (mlp.batch_size, mlp.input_size, mlp.hidden1, mlp.hidden2, mlp.out_classes) == (100, 784, 32, 16, 10)
assert (mlp.lr, mlp.max_epoch, mlp.print_iter) == (0.01, 1, 100)
mlp = build_mnist_mlp("weight.npy")
rows = mlp.test_data[:200]
prob = mlp.forward(rows[:, :-1])
loss = mlp.get_loss(rows[:, -1])
found = mlp.backward()["w1"]
weight, moved = mlp.params["w1"].node, np.zeros((784, 32), np.float32)
moved[400, 3] = 1e-2
before = weight.value
ends = []
for sign in (1, -1):
    weight.load(before + sign * moved)
    mlp.forward(rows[:, :-1])
    ends.append(mlp.get_loss(rows[:, -1]))
weight.load(before)
assert abs((ends[0] - ends[1]) / 2e-2 - found[400, 3]) < 2e-3
mlp.update(0.1)
mlp.forward(rows[:, :-1])
assert mlp.get_loss(rows[:, -1]) < loss
assert np.allclose(prob.sum(axis=1), 1, atol=1e-5)
print(build_mnist_mlp("weight.npy").evaluate())
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    lab, made = Lab("lab7_graph_training"), tmp_path_factory.mktemp("exported")
    namespace = run_cells(solution_cells(lab))
    export(lab.name, namespace, made)
    return made


def test_the_file_runs_alone_under_the_courses_names(folder, tmp_path):
    (tmp_path / "mnist_mlp_cpu.py").write_text((folder / "mnist_mlp_cpu.py").read_text("utf-8"), "utf-8")
    environment = {"PYTHONPATH": str(LABS), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", ALONE], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert float(done.stdout.split()[-1]) > 0.85
    assert sorted(np.load(tmp_path / "weight.npy").dtype.names) == ["b1", "b2", "b3", "w1", "w2", "w3"]


def test_nothing_is_called_unfinished_or_lost(folder, capsys):
    lab = Lab("lab7_graph_training")
    export(lab.name, run_cells(solution_cells(lab)), folder)
    said = capsys.readouterr()
    assert "Not finished" not in said.out
    assert not said.err


def test_all_names_are_written(folder):
    for file, names in EXPORTS.items():
        text = (folder / file).read_text("utf-8")
        missing = [name for name in names if f"def {name}(" not in text and f"class {name}" not in text]
        assert not missing
