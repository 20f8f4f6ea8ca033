"""Each of the device's questions stands on its own, and the device is off where it must be."""

from __future__ import annotations

import nbformat
import pytest

from aics.check.judge import judge
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.public_cases import public_cases
from autograder.authoring.start import working_folder
from tests.lab4_dlp.test_device_oracles import LAB, QUESTIONS


@pytest.fixture(scope="module")
def cells():
    return solution_cells(LAB)


def stub_of(question: str) -> str:
    name = f"{question}_code"
    return next(c.source for c in nbformat.read(LAB.released, 4).cells if c.id == name)


def run(cells, exchanged):
    with working_folder(LAB) as folder:
        return run_cells(cells, exchanged, beside=folder)


def verdict(question: str, namespace, cases=None):
    cases = cases or public_cases(LAB.questions[question])
    answers = [LAB.answer(question, namespace, case) for case in cases]
    expected = [LAB.questions[question].expected(**case) for case in cases]
    return judge(LAB.rule(question), cases, expected, answers)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_judged_while_the_others_are_still_empty(cells, question):
    namespace = run(cells, {f"{name}_code": stub_of(name) for name in QUESTIONS if name != question})
    assert verdict(question, namespace).passed


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_empty_stub_names_itself(cells, question):
    namespace = run(cells, {f"{question}_code": stub_of(question)})
    assert f"lab 4, {question}:" in verdict(question, namespace).reason


def test_the_card_does_no_students_arithmetic(cells):
    delegated = {
        "quantize": "from aics.pycnml import quant as card\n"
        "def quantize(x, position, scale, bits=8):\n"
        "    return card.quantize(x, pycnml.QuantParam(position, scale)).astype(np.int8)\n",
        "int8_conv": "from aics.pycnml import operators\n"
        "def int8_conv(x, weight, bias, stride, pad, input_quant, weight_quant):\n"
        "    sizes = dict(stride=stride, pad=pad, input_quant=input_quant, weight_quant=weight_quant)\n"
        "    x, weight = x * input_quant.step, weight * weight_quant.step\n"
        "    return operators.conv(x, weight, bias, **sizes)\n",
    }
    for question, source in delegated.items():
        found = verdict(question, run(cells, {f"{question}_code": source}))
        assert not found.passed
        assert "the device is switched off" in found.got


# What is told of answers that are of no use


def given_answer(cells, question: str, source: str):
    """The verdict on a question whose answer is this source."""
    return verdict(question, run(cells, {f"{question}_code": source}))


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("quant_param", "def quant_param(x, bits=8):\n    return 0\n"),
        ("quant_param", "def quant_param(x, bits=8):\n    return 0, 1.0, bits\n"),
        ("top5", "@add_to_class(VGG19)\ndef get_top5(self, label):\n    return True\n"),
    ],
)
def test_what_is_no_pair_is_called_none(cells, question, source):
    found = given_answer(cells, question, source)
    assert (found.rung, found.evidence.output, found.evidence.got.item()) == ("values", "pair", False)


@pytest.mark.parametrize(
    ("number", "dtype"), [("np.int64(200)", "int64"), ("np.uint8(200)", "uint8"), ("np.float32(-3)", "float32")]
)
def test_whole_numbers_that_are_not_int8_are_named_by_their_dtype(cells, number, dtype):
    found = given_answer(
        cells, "quantize", f"def quantize(x, position, scale, bits=8):\n    return np.full(x.shape, {number})\n"
    )
    assert (found.rung, found.got) == ("dtype", dtype)
    assert "int8" in found.expected


def test_numbers_beside_fp16_are_told_apart_from_wrong_ones(cells):
    source = next(v.source for v in LAB.misconceptions if v.name == "output_not_rounded")
    assert given_answer(cells, "int8_conv", source).evidence.output == "output in FP16"


def built(cells, old: str, new: str):
    """The verdict on an answer to build_vgg19 in which one piece of text is another."""
    source = next(v.source for v in LAB.alternatives if v.name == "by_name")
    assert old in source
    return given_answer(cells, "build_vgg19", source.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "output", "got"),
    [
        ("n=1", "n=2", "setInputShape: n", 2),
        ("self.net.createReLuLayer(name)", "self.net.createReLuLayer(name.upper())", "names of the layers", False),
        ("createSoftmaxLayer(name, axis=1)", "createReLuLayer(name)", "number of createReLuLayer calls", 19),
        ("stride=1", "stride=3", "createConvLayer: stride", 3),
        (
            "self.net.setInput",
            "self.filter_quant_params.pop()\n    self.net.setInput",
            "number of filter_quant_params",
            18,
        ),
        (
            "used += ",
            "self.net = self.net if name != 'softmax' else 'a net'\n        used += ",
            "CnmlNet in self.net",
            False,
        ),
    ],
)
def test_a_wrong_network_is_told_by_the_argument_that_is_wrong(cells, old, new, output, got):
    found = built(cells, old, new)
    assert (found.rung, found.evidence.output) == ("values", output)
    assert found.evidence.got[found.evidence.marks][0] == got


def test_a_size_that_is_no_whole_number_is_refused_as_the_device_refuses_it(cells):
    found = built(cells, "kernel_size=self.kernel_size", "kernel_size=self.kernel_size / 1")
    assert (found.rung, found.got[:9]) == ("raises", "TypeError")
    assert "kernel_size must be a whole number" in found.got


@pytest.mark.parametrize(
    ("old", "new", "rung", "reason"),
    [
        ("flat, bias", "np.array(flat, np.float32), bias", "dtype", "conv1_1: weight has the wrong kind"),
        ("flat, bias", "'a weight', bias", "type", "conv1_1: weight is not an array"),
        ("flat, bias", "[int(n) for n in flat], bias", "type", "conv1_1: weight is not an array"),
        ("tolist(), grid)", "tolist(), grid.scale)", "values", "quant_param: type differs"),
        ("in zip(places,", "in zip(places[:0],", "raises", "Your code raised ValueError"),
        (
            "in zip(places, self.filter_quant_params, strict=True)",
            "in []",
            "values",
            "number of layers with parameters",
        ),
        ("self.image_mean", "image_mean", "type", "image_mean is not an array"),
    ],
)
def test_wrong_parameters_are_told_by_what_is_wrong_with_them(cells, old, new, rung, reason):
    source = next(v.source for v in LAB.alternatives if v.name == "listed_numbers")
    assert old in source
    found = given_answer(cells, "load_params", source.replace(old, new))
    assert (found.rung, found.reason[: len(reason)]) == (rung, reason)


# The original course's class, which has no read_sizes, and makes its network in __init__ or in build_model

ORIGINAL = """
import pycnml

class VGG19(object):
    def __init__(self):
        self.net = pycnml.CnmlNet(16)
        self.input_quant_params = []
        self.filter_quant_params = []

    def load_model(self):
        params = scipy.io.loadmat(self.param_path)
        self.image_mean = np.mean(params["normalization"][0][0][0], axis=(0, 1))
        count = 0
        for idx in range(self.net.size()):
            if "conv" in self.net.getLayerName(idx):
                weight, bias = params["layers"][0][idx][0][0][0][0]
                weight = np.transpose(weight, [3, 2, 0, 1]).flatten().astype(np.float64)
                bias = bias.reshape(-1).astype(np.float64)
                self.net.loadParams(idx, weight, bias, self.filter_quant_params[count])
                count += 1
            if "fc" in self.net.getLayerName(idx):
                weight, bias = params["layers"][0][idx - 1][0][0][0][0]
                weight = weight.reshape([weight.shape[0] * weight.shape[1] * weight.shape[2], weight.shape[3]])
                weight = np.transpose(weight, [1, 0]).flatten().astype(np.float64)
                bias = bias.reshape(-1).astype(np.float64)
                self.net.loadParams(idx, weight, bias, self.filter_quant_params[count])
                count += 1

    def get_top5(self, label):
        self.net.forward()
        result = list(self.net.getOutputData())
        order = sorted(range(len(result)), key=lambda k: -result[k])
        return order[0] == label, label in order[:5]
"""


@pytest.mark.parametrize("question", ["load_params", "top5"])
def test_the_original_courses_class_is_asked_too(cells, question):
    names = {f"{name}_code" for name in QUESTIONS}
    kept = [(grade_id, source) for grade_id, source in cells if grade_id not in names]
    namespace = run(kept, {"vgg19_given": ORIGINAL})
    assert verdict(question, namespace).passed


def test_build_model_may_make_the_network_itself_and_name_its_arguments(cells):
    source = next(v.source for v in LAB.alternatives if v.name == "by_name")
    place = "    self.net.setInputShape"
    renewed = source.replace(place, f"    self.net = pycnml.CnmlNet(core_num=16)\n{place}")
    assert renewed != source
    assert verdict("build_vgg19", run(cells, {"build_vgg19_code": renewed})).passed
