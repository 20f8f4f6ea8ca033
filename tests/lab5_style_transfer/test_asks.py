"""Each question stands on its own, and the original course's classes are asked too."""

from __future__ import annotations

import nbformat
import numpy as np
import pytest

from aics.check.judge import judge
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.public_cases import public_cases
from autograder.authoring.start import working_folder
from autograder.course import Lab

LAB = Lab("lab5_style_transfer")
#: transfer runs everything but the file and the one walk; all others stand alone.
APART = {"save_image", "one_backward"}
#: Written as students of the original course write them; the network's layers pass gradients down by `backward`.
ORIGINAL = """
class ContentLossLayer(object):
    def __init__(self):
        print("\\tContent loss layer.")

    def forward(self, input_layer, content_layer):
        N, C, H, W = input_layer.shape
        return 1.0 / (2 * N * C * H * W) * np.sum((input_layer - content_layer) ** 2)

    def backward(self, input_layer, content_layer):
        N, C, H, W = input_layer.shape
        return 1.0 / (N * C * H * W) * (input_layer - content_layer)


class StyleLossLayer(object):
    def forward(self, input_layer, style_layer):
        N, C, H, W = input_layer.shape
        style = np.reshape(style_layer, [N, C, -1])
        self.gram_style = np.array([np.matmul(style[i], style[i].T) for i in range(N)])
        self.input_layer_reshape = np.reshape(input_layer, [N, C, -1])
        self.gram_input = np.array([np.matmul(x, x.T) for x in self.input_layer_reshape])
        self.div = 1.0 / (4 * N * C**2 * H**2 * W**2)
        return self.div * np.sum((self.gram_input - self.gram_style) ** 2)

    def backward(self, input_layer, style_layer):
        diff = self.gram_input - self.gram_style
        found = np.array([np.matmul(d.T, x) for d, x in zip(diff, self.input_layer_reshape)])
        return (4 * self.div * found).reshape(input_layer.shape)


class VGG19(object):
    def forward(self, input_image, layer_list):
        current, features = input_image, {}
        for name in self.param_layer_name:
            current = self.layers[name].forward(current)
            if name in layer_list:
                features[name] = current
        return features

    def backward(self, dloss, layer_name):
        index = list(self.param_layer_name).index(layer_name)
        for i in range(index, -1, -1):
            dloss = self.layers[self.param_layer_name[i]].backward(dloss)
        return dloss

    def save_image(self, input_image, image_shape, image_dir):
        image = np.transpose(input_image, [0, 2, 3, 1])[0] + self.image_mean
        image = np.clip(np.rint(image), 0, 255).astype(np.uint8)
        Image.fromarray(image).resize((image_shape[1], image_shape[0])).save(image_dir)


def get_random_img(content_image, noise):
    drawn = np.random.uniform(-20, 20, content_image.shape)
    return drawn * noise + content_image * (1 - noise)


class AdamOptimizer(object):
    def __init__(self, lr, diff_shape):
        self.beta1, self.beta2, self.eps, self.lr = 0.9, 0.999, 1e-8, lr
        self.mt, self.vt, self.step = np.zeros(diff_shape), np.zeros(diff_shape), 0

    def update(self, input, grad):
        self.step += 1
        self.mt = self.beta1 * self.mt + (1 - self.beta1) * grad
        self.vt = self.beta2 * self.vt + (1 - self.beta2) * np.square(grad)
        mt_hat = self.mt / (1 - self.beta1**self.step)
        vt_hat = self.vt / (1 - self.beta2**self.step)
        return input - self.lr * mt_hat / (np.sqrt(vt_hat) + self.eps)
"""
#: What these classes answer, and what they cannot: all layers run, and convolutions compute a d_weight.
ANSWERED = {
    **dict.fromkeys(("content_loss", "content_loss_backward", "style_loss", "style_loss_backward"), True),
    **dict.fromkeys(("random_image", "adam", "save_image"), True),
    **dict.fromkeys(("vgg_forward_layers", "vgg_backward_from", "one_backward"), False),
}


def stub_of(question: str) -> str:
    name = f"{question}_code"
    return next(c.source for c in nbformat.read(LAB.released, 4).cells if c.id == name)


def run(exchanged):
    with working_folder(LAB) as folder:
        return run_cells(solution_cells(LAB), exchanged, beside=folder)


def verdict(question: str, namespace, cases=None):
    cases = cases or public_cases(LAB.questions[question])
    answers = [LAB.answer(question, namespace, case) for case in cases]
    expected = [LAB.questions[question].expected(**case) for case in cases]
    return judge(LAB.rule(question), cases, expected, answers)


@pytest.mark.parametrize("question", LAB.questions)
def test_a_question_is_judged_while_the_others_are_still_empty(question):
    needed = set(LAB.questions) - APART if question == "transfer" else {question}
    namespace = run({f"{name}_code": stub_of(name) for name in LAB.questions if name not in needed})
    assert verdict(question, namespace).passed


@pytest.mark.parametrize("question", LAB.questions)
def test_an_empty_stub_names_itself(question):
    namespace = run({f"{question}_code": stub_of(question)})
    assert f"lab 5, {question}:" in verdict(question, namespace).reason


@pytest.mark.parametrize("question", ["style_loss", "style_loss_backward"])
def test_a_wrong_gram_matrix_costs_the_style_nothing(question):
    (wrong,) = (m for m in LAB.misconceptions if (m.question, m.name) == ("gram", "divided"))
    namespace = run({"gram_code": wrong.source})
    assert verdict(question, namespace).passed
    assert not verdict("gram", namespace).passed


@pytest.mark.parametrize(("question", "passes"), ANSWERED.items())
def test_the_original_courses_classes_are_asked_what_they_can_answer(question, passes):
    namespace = run({})
    exec(ORIGINAL, namespace)
    assert verdict(question, namespace).passed == passes


def test_features_of_the_wrong_kind_are_said_to_be_so():
    source = next(
        a.source for a in LAB.alternatives if (a.question, a.name) == ("transfer_step", "one_loop_a_kind")
    ).replace(
        "goal.style_loss.forward(features[layer], goal.style", "goal.style_loss.forward(features[layer] + 1, goal.style"
    )
    assert "these are others" in verdict("transfer_step", run({"transfer_step_code": source})).got


@pytest.mark.parametrize("question", ["transfer_step", "transfer"])
def test_another_kind_of_answer_is_named(question):
    source = {
        "transfer_step": "def transfer_step(goal, optimizer, image):\n    return image\n",
        "transfer": "def begin_transfer():\n    pass\n\n\ndef transfer(net, photo, *_, **choices):\n    return photo\n",
    }[question]
    found = verdict(question, run({f"{question}_code": source}))
    assert (
        found.reason.startswith("the pair (image, losses)") or "(image, losses)" in found.reason or found.rung == "type"
    )


def test_the_asks_leave_no_double_behind():
    namespace = run({})
    before = namespace["gram_matrix"]
    verdict("style_loss", namespace)
    assert namespace["gram_matrix"] is before


def test_transfer_takes_a_dict_of_features_that_comes_in_any_order():
    """The network's answer is asked for by name; nothing says in which order it comes."""
    source = """
@add_to_class(VGG19)
def forward(self, input_image, layer_list):
    seen, current = {}, input_image
    for name in self.param_layer_name[: max(map(self.param_layer_name.index, layer_list)) + 1]:
        current = seen[name] = self.layers[name].forward(current)
    return {name: seen[name] for name in sorted(layer_list, reverse=True)}
"""
    assert verdict("transfer", run({"vgg_forward_layers_code": source})).passed


def test_numbers_may_be_numpys_or_pythons():
    layer = "@add_to_class(ContentLossLayer)\ndef forward(self, input_layer, content_layer):\n    return {}\n"
    formula = "np.sum((input_layer - content_layer) ** 2) / (2 * input_layer.size)"
    for wrapped in (f"float({formula})", f"np.array({formula})", formula):
        assert verdict("content_loss", run({"content_loss_code": layer.format(wrapped)})).passed


def test_random_image_of_another_shape_says_the_shape():
    source = "def get_random_img(content_image, noise):\n    return content_image[0]\n"
    found = verdict("random_image", run({"random_image_code": source}))
    assert (found.rung, found.reason.split()[0]) == ("shape", "shape")


def test_the_frozen_convolution_passes_down_what_the_layer_of_lab_2_does():
    namespace = run({})
    rng = np.random.default_rng(0)
    weight, bias = rng.normal(size=(3, 3, 3, 5)).astype(np.float32), rng.normal(size=5).astype(np.float32)
    x, top = rng.normal(size=(2, 3, 6, 7)).astype(np.float32), rng.normal(size=(2, 5, 6, 7)).astype(np.float32)
    frozen, whole = (namespace[name](3, 3, 5, 1, 1, type=1) for name in ("FrozenConvolution", "ConvolutionalLayer"))
    for layer in (frozen, whole):
        layer.load_param(weight, bias)
        layer.forward(x)
    np.testing.assert_allclose(frozen.backward_input(top), whole.backward(top), atol=1e-4)
    assert not hasattr(frozen, "d_weight")
    assert frozen.turned.input is None
