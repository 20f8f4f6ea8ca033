"""The same VGG19 graph on every backend that is here, by the notebook's own cells."""

from __future__ import annotations

import numpy as np
import pytest

from aics import data
from aics.graph import GraphError
from aics.kernels import dlp
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab

LAB = Lab("lab4_dlp")
#: Largest difference of any layer to numpy, as a share of the layer's largest number.
ALLOWED = {"dlp": 0.1, "onnxruntime": 5e-6, "torch": 5e-6, "cuda": 5e-5}


@pytest.fixture(scope="module")
def notebook():
    with working_folder(LAB) as folder:
        namespace = run_cells(solution_cells(LAB), beside=folder)
    mini = namespace["mini"] = namespace["Float32"](data.weights("mini"))
    mini.load_image(data.photo("cat"))
    return namespace | {"cat": mini.input_image}


@pytest.fixture(scope="module")
def features(notebook):
    """``features(device)``: the device's 44 outputs for the photo of the cat."""
    pictures = np.concatenate([notebook["cifar_inputs"](32), notebook["cat"]])  # so that nothing is cut off
    grids = notebook["find_grids"](notebook["mini"], pictures)
    kernels = notebook["complete_kernels"]()

    def run(device):
        if not any(place == device for _, place in kernels.kernels):
            pytest.skip(f"no kernels for {device} on this computer")
        graph, tensors = notebook["vgg_graph"](notebook["mini"], f"{device}:0", grids)
        assert {node.device for node in graph.nodes.values() if node.inputs} == {f"{device}:0"}
        wanted = list(tensors)[1:]
        arrays = notebook["Session"](graph, kernels).run(
            [tensors[name] for name in wanted], {tensors["input"]: notebook["cat"]}
        )
        return dict(zip(wanted, arrays, strict=True))

    return run


def test_numpy_names_the_cat(notebook, features):
    found = features("numpy")
    assert len(found) == 44
    assert notebook["mini"].class_names[int(found["softmax"].argmax())] == "cat"


@pytest.mark.parametrize("device", ALLOWED)
def test_other_machines_agree_as_closely_as_their_numbers_allow(features, device):
    got, right = features(device), features("numpy")
    for name in right:
        difference = np.abs(got[name] - right[name]).max() / np.abs(right[name]).max()
        assert difference < ALLOWED[device], (name, difference)
    assert got["softmax"].argmax() == right["softmax"].argmax()


def test_every_number_of_the_dlp_is_a_half(features):
    for array in features("dlp").values():
        np.testing.assert_array_equal(array, array.astype(np.float16))


def test_two_machines_share_one_graph(notebook):
    grids = notebook["find_grids"](notebook["mini"], notebook["cat"])
    graph, tensors = notebook["vgg_graph"](notebook["mini"], "numpy:0", grids)
    for name in ("conv3_1", "relu3_1", "fc6"):
        graph.nodes[name].device = "onnxruntime:0"
    session = notebook["Session"](graph, notebook["complete_kernels"]())
    (prob,) = session.run([tensors["softmax"]], {tensors["input"]: notebook["cat"]})
    assert notebook["mini"].class_names[int(prob.argmax())] == "cat"
    assert len(session.ready) == 44


def test_before_the_question_is_answered_onnxruntime_lacks_a_convolution(notebook):
    graph, tensors = notebook["vgg_graph"](notebook["mini"], "onnxruntime:0")
    session = notebook["Session"](graph, notebook["all_kernels"]())
    with pytest.raises(GraphError, match=r"conv1_1: no kernel for Conv on onnxruntime:0\. There are kernels for .*dlp"):
        session.run([tensors["pool1"]], {tensors["input"]: notebook["cat"]})


def test_the_modelled_card_has_a_row_for_each_layer(notebook):
    graph, _ = notebook["vgg_graph"](notebook["mini"], "dlp:0")
    rows = dlp.layer_costs(graph)
    assert [row.name for row in rows] == list(notebook["mini"].layers)
    weights = {name: weight for name, (weight, _) in notebook["mini"].weights.items()}
    assert rows[0].multiply_adds == 64 * 64 * weights["conv1_1"].size
    assert rows[38].multiply_adds == weights["fc6"].size
