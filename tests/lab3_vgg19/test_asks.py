"""Each question stands on its own, and the original course's class is asked too."""

from __future__ import annotations

import nbformat
import numpy as np
import pytest

from aics.check.judge import judge
from aics.doubles.files import mat_file
from aics.doubles.networks import without_init
from aics.lab3_vgg19.doubles import loaded_params
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.public_cases import public_cases
from autograder.authoring.start import working_folder
from autograder.course import Lab

LAB = Lab("lab3_vgg19")
#: Written as students of the original course write it, sizes and all; `self.layers` in network order.
ORIGINAL = """
class VGG19(object):
    def __init__(self, param_path="imagenet-vgg-verydeep-19.mat"):
        self.param_path = param_path
        self.param_layer_name = NAMES

    def build_model(self):
        self.layers = {"conv1_1": ConvolutionalLayer(3, 3, 64, 1, 1)}

    def load_model(self):
        params = scipy.io.loadmat(self.param_path)
        self.image_mean = np.mean(params["normalization"][0][0][0], axis=(0, 1))
        for idx in range(44):
            name = self.param_layer_name[idx]
            if "conv" in name:
                weight, bias = params["layers"][0][idx][0][0][0][0]
                self.layers[name].load_param(np.transpose(weight, [2, 0, 1, 3]), bias.reshape(-1))
            if "fc" in name:
                weight, bias = params["layers"][0][idx - 1][0][0][0][0]
                self.layers[name].load_param(weight.reshape(-1, weight.shape[3]), bias)

    def forward(self):
        current = self.input_image
        for name in self.param_layer_name:
            current = self.layers[name].forward(current)
        return current
"""


def stub_of(question: str) -> str:
    name = f"{question}_code"
    return next(c.source for c in nbformat.read(LAB.released, 4).cells if c.id == name)


def run(exchanged):
    with working_folder(LAB) as folder:
        return run_cells(solution_cells(LAB), exchanged, beside=folder)


def verdict(question: str, namespace, *, original=False):
    asked = LAB.questions[question].of_original() if original else LAB.questions[question]
    cases = public_cases(asked)
    answers = [LAB.answer(question, namespace, case) for case in cases]
    expected = [asked.expected(**case) for case in cases]
    return judge(LAB.rule_of(asked), cases, expected, answers)


@pytest.mark.parametrize("question", LAB.questions)
def test_a_question_is_judged_while_the_others_are_still_empty(question):
    namespace = run({f"{name}_code": stub_of(name) for name in LAB.questions if name != question})
    assert verdict(question, namespace).passed


@pytest.mark.parametrize("question", LAB.questions)
def test_an_empty_stub_names_itself(question):
    namespace = run({f"{question}_code": stub_of(question)})
    assert f"lab 3, {question}:" in verdict(question, namespace).reason


@pytest.mark.parametrize(
    ("question", "passes"), [("load_model", True), ("forward_features", True), ("build_model", False)]
)
def test_the_original_courses_class_is_asked_what_it_can_answer(question, passes):
    namespace = run({})
    names = namespace["VGG19"].param_layer_name
    exec(ORIGINAL.replace("NAMES", repr(names)), namespace)
    assert verdict(question, namespace, original=True).passed == passes


def test_original_features_are_read_off_the_layers_before_a_relu_may_overwrite_them():
    namespace = run({})
    exec(ORIGINAL.replace("NAMES", repr(namespace["VGG19"].param_layer_name)), namespace)

    class InPlace(namespace["ReLULayer"]):
        def forward(self, input):
            return np.maximum(input, 0, out=input)

    namespace["ReLULayer"] = InPlace
    assert verdict("forward_features", namespace, original=True).passed


def test_an_error_in_a_given_layer_is_shown_at_the_students_own_line():
    (mistake,) = (m for m in LAB.misconceptions if m.name == "every_layer_gets_the_picture")
    found = verdict("forward_features", run({"forward_features_code": mistake.source}))
    assert "input has 3 channels" in found.got
    assert found.next_move.endswith("current = self.layers[name].forward(self.input_image)")


def test_a_missing_layer_is_named():
    source = stub_of("build_model").replace("raise NotImplementedError", "return\n    raise NotImplementedError")
    found = verdict("build_model", run({"build_model_code": source}))
    assert found.reason.startswith("conv1_1: kernel_size, channel_in")


@pytest.mark.parametrize("right", [True, False])
def test_forward_speedup_runs_the_networks_own_layers_where_they_are_right(right):
    namespace, own, ran = run({}), [], []
    network = namespace["VGG19"]
    build, load, forward = network.build_model, network.load_model, network.forward_speedup
    network.build_model = lambda net: own.append((build(net), net.layers)[1])
    network.load_model = lambda net: load(net) if right else None
    network.forward_speedup = lambda net, images: (ran.append(net.layers), forward(net, images))[1]
    assert verdict("forward_speedup", namespace).passed
    assert [one is other for one, other in zip(own, ran, strict=True)] == [right] * len(own)


def test_forward_speedup_gets_the_structure_that_loadmat_gives():
    """The ask nests lists instead of writing a file; every access of the notebook must read the same."""
    import scipy.io

    case = public_cases(LAB.questions["forward_speedup"])[0]
    shapes, numbers, size = case["shapes"], case["numbers"], case["image_size"]
    namespace = run({})
    with mat_file(shapes, numbers, [1, 2, 3], size) as path:
        stored = scipy.io.loadmat(path)
        real = namespace["VGG19"](path)
    double = loaded_params(shapes, numbers, size)
    net = without_init(namespace["VGG19"], params=double)
    net.read_sizes()
    for name in ("channels", "hidden", "image_size", "class_names"):
        assert getattr(net, name) == getattr(real, name)
    for index in (0, 34, 37, 41):
        for mine, theirs in zip(namespace["entry"](double, index), namespace["entry"](stored, index), strict=True):
            np.testing.assert_array_equal(mine, theirs)
