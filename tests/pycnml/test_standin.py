"""`import pycnml` as on the card: an original program runs unchanged, and a real card goes first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aics.data import matfile, vgg19
from aics.pycnml import QuantTool

DEMO = Path(__file__).parent / "vgg19_demo.py"
CARD = "class CnmlNet:\n    def __init__(self, core_num=1):\n        print('a card of', core_num, 'cores')\n"


def python(*arguments, folder=None):
    return subprocess.run(
        [sys.executable, "-W", "error", *map(str, arguments)], capture_output=True, text=True, cwd=folder
    )


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A tiny VGG19, its grids and a picture; and what float64 makes of it."""
    rng, folder = np.random.default_rng(5), tmp_path_factory.mktemp("demo")
    channels, weights, before = (4, 5, 6, 7, 8), {}, 3
    for block, (count, width) in enumerate(zip(vgg19.BLOCKS, channels, strict=True), 1):
        for i in range(1, count + 1):
            weights[f"conv{block}_{i}"] = drawn(rng, 3, before, width)
            before = width
    for name, width in (("fc6", 9), ("fc7", 10), ("fc8", 6)):
        weights[name] = drawn(rng, 1, before, width)
        before = width
    mean = np.array([120.0, 110.0, 100.0])
    matfile.write(folder / "tiny.mat", weights, mean, 32, [f"class {k}" for k in range(6)])
    pixels = np.repeat(np.repeat(rng.integers(0, 256, (8, 8, 3), dtype=np.uint8), 4, 0), 4, 1)
    Image.fromarray(pixels).save(folder / "picture.png")
    prob, seen = float64(weights, (pixels - mean).transpose(2, 0, 1))
    pairs = {
        "input": [QuantTool().getQuantParam(x, name) for name, x in seen.items()],
        "filter": [QuantTool().getQuantParam(weight, name) for name, (weight, _) in weights.items()],
    }
    rows = {kind: np.array([[q.position, q.scale] for q in found]).ravel() for kind, found in pairs.items()}
    np.savez(folder / "quant.npz", **rows)
    return folder, prob


def drawn(rng, size, inputs, outputs):
    weight = rng.normal(0, np.sqrt(2 / (size * size * inputs)), (size, size, inputs, outputs)).astype(np.float32)
    return weight, rng.uniform(0, 0.5, outputs).astype(np.float32)


def float64(weights, x):
    """Probabilities of one picture [C, H, W], and what each layer got."""
    seen = {}
    for name, (weight, bias) in weights.items():
        seen[name] = x
        if name.startswith("conv"):
            padded = np.pad(x, ((0, 0), (1, 1), (1, 1)))
            windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(1, 2))
            x = np.maximum(np.einsum("chwij,ijco->ohw", windows, weight) + bias[:, None, None], 0)
            if name in ("conv1_2", "conv2_2", "conv3_4", "conv4_4", "conv5_4"):
                x = x.reshape(len(x), x.shape[1] // 2, 2, x.shape[2] // 2, 2).max(axis=(2, 4))
        else:
            x = x.ravel() @ weight[0, 0] + bias
            x = x if name == "fc8" else np.maximum(x, 0)
    return np.exp(x - x.max()) / np.exp(x - x.max()).sum(), seen


def test_an_original_program_runs_unmodified_and_is_right(files):
    folder, prob = files
    best = int(prob.argmax())
    done = python("-m", "aics.pycnml", DEMO, "tiny.mat", "quant.npz", "picture.png", best, folder=folder)
    assert done.returncode == 0, done.stderr
    assert done.stderr == "pycnml: the emulator\n"
    *lines, last = done.stdout.splitlines()
    assert last == "top1 True top5 True"
    said = {int(line.split()[-1]): float(line.split()[0]) for line in lines}
    assert len(said) == 5
    for place, value in said.items():
        assert value == pytest.approx(prob[place], abs=0.06)


def test_without_the_emulator_the_program_needs_a_card(files):
    done = python(DEMO, "tiny.mat", "quant.npz", "picture.png", 0, folder=files[0])
    assert "No module named 'pycnml'" in done.stderr


def test_a_real_pycnml_goes_first(tmp_path):
    (tmp_path / "pycnml.py").write_text(CARD)
    (tmp_path / "main.py").write_text("import sys, pycnml\npycnml.CnmlNet(16)\nprint(sys.argv[1:])\n")
    code = "from aics.pycnml import stand_in; print(stand_in()[1]); import main"
    done = python("-c", code, "a", "b", folder=tmp_path)
    assert done.stdout.splitlines() == ["card", "a card of 16 cores", "['a', 'b']"], done.stderr


def test_the_module_has_the_cards_names_and_stays_the_same():
    code = "from aics.pycnml import stand_in, CnmlNet; a = stand_in(); b = stand_in(); import pycnml"
    code += "; print(a[1], a == b, pycnml is a[0], pycnml.__name__, pycnml.CnmlNet is CnmlNet, pycnml.QuantTool)"
    done = python("-c", code)
    assert done.stdout.startswith("emulator True True pycnml True <class"), done.stderr


def test_a_program_of_the_second_edition_runs_too(tmp_path):
    (tmp_path / "main.py").write_text(
        "import pycnnl\nnet = pycnnl.CnnlNet()\nnet.createReLuLayer('relu1')\n"
        "net.setInputData([-1, 2.5])\nnet.forward()\nprint(net.getLayerName(0), net.getOutputData())\n"
    )
    done = python("-m", "aics.pycnml", tmp_path / "main.py")
    assert done.stdout == "relu1 (0.0, 2.5)\n", done.stderr


def test_a_program_gets_its_arguments_its_folder_and_its_exit_status(tmp_path):
    (tmp_path / "beside.py").write_text("value = 7\n")
    (tmp_path / "main.py").write_text("import sys, beside\nprint(__name__, sys.argv[1:])\nsys.exit(beside.value)\n")
    done = python("-m", "aics.pycnml", tmp_path / "main.py", "--flag", "x")
    assert (done.returncode, done.stdout) == (7, "__main__ ['--flag', 'x']\n")


@pytest.mark.parametrize(("arguments", "words"), [([], "usage: python -m"), (["gone.py"], "no file gone.py")])
def test_a_wrong_call_is_answered_in_a_line(arguments, words):
    done = python("-m", "aics.pycnml", *arguments)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr
