"""Right files of the original course, of both editions, get every point that the course asks for, in every lab."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from aics.card.status import status_of
from autograder.course import Lab
from autograder.grading.room import room_of
from tests.original import files
from tests.original.asked import points, verdicts

LAYERS = {"layers_1.py": files.LAYERS_1, "layers_2.py": files.LAYERS_2}
#: Lab -> the questions that the original course asks, too.
ASKED = {
    "lab2_layers": {
        *("fully_connected_forward", "fully_connected_backward", "relu", "softmax_loss", "conv_forward"),
        *("conv_backward", "conv_forward_speedup", "conv_backward_speedup", "pool_forward", "pool_backward"),
        *("pool_speedup", "flatten"),
    },
    "lab3_vgg19": {"build_model", "load_model", "load_image", "forward_features"},
    "lab4_dlp": {"build_vgg19", "load_params", "top5"},
    "lab5_style_transfer": {
        *("content_loss", "content_loss_backward", "style_loss", "style_loss_backward", "vgg_forward_layers"),
        *("vgg_backward_from", "random_image", "adam", "save_image"),
    },
}


@pytest.mark.parametrize(
    ("lab", "handed_in"),
    [
        ("lab2_layers", LAYERS),
        ("lab3_vgg19", LAYERS | {"vgg_cpu.py": files.VGG_CPU_FIRST}),
        ("lab3_vgg19", {"vgg_cpu.py": files.VGG_CPU}),
        ("lab4_dlp", {"vgg19_demo.py": files.VGG19_DEMO_FIRST}),
        ("lab4_dlp", {"vgg19_demo.py": files.VGG19_DEMO}),
        ("lab4_dlp", {"vgg19_demo.py": files.VGG19_DEMO_RENAMED}),
        ("lab5_style_transfer", {"layers_3.py": files.LAYERS_3, "exp_3_3_style_transfer.py": files.EXP_3_3_FIRST}),
        ("lab5_style_transfer", {"layers_3.py": files.LAYERS_3, "exp_3_3_style_transfer.py": files.EXP_3_3}),
    ],
    ids=["lab2", "lab3-1", "lab3-2", "lab4-1", "lab4-2", "lab4-1-by-the-other-name", "lab5-1", "lab5-2"],
)
def test_right_files_get_full_points(lab, handed_in):
    found, _ = verdicts(Lab(lab), handed_in)
    lost = {name: (v.reason, v.got, v.next_move) for name, v in found.items() if v.score < v.max_score}
    assert not lost
    assert {name for name, verdict in found.items() if verdict.max_score} == ASKED[lab]


@pytest.mark.parametrize(
    ("edition", "library", "names"),
    [(files.VGG19_DEMO, "pycnnl", "CnnlNet, IntVector"), (files.VGG19_DEMO_FIRST, "pycnml", "CnmlNet, QuantParam")],
)
def test_the_cards_names_may_be_imported_one_by_one(edition, library, names):
    text = edition.replace(f"import {library}\n", f"from {library} import {names}\n").replace(f"{library}.", "")
    found = points(Lab("lab4_dlp"), {"vgg19_demo.py": text})
    assert found == {"build_vgg19": (12, 12), "load_params": (12, 12), "top5": (4, 4)}


@pytest.mark.parametrize("edition", [files.VGG19_DEMO, files.VGG19_DEMO_FIRST])
def test_layers_may_have_names_of_the_files_own(edition):
    """Blanks of the course; nothing but the file's own load_model looks at them."""
    text = edition.replace('"conv', '"filters').replace('"relu', '"positive').replace('"pool', '"largest')
    text = text.replace('"fc', '"dense').replace('"flatten"', '"flat"').replace('"softmax"', '"prob"')
    found = points(Lab("lab4_dlp"), {"vgg19_demo.py": text})
    assert found == {"build_vgg19": (12, 12), "load_params": (12, 12), "top5": (4, 4)}


def test_where_the_network_is_wrong_the_courses_names_are_there():
    text = files.VGG19_DEMO_FIRST.replace(
        "def build_model(self", "def build_model(self, *_):\n        pass\n\n    def other(self"
    )
    found = points(Lab("lab4_dlp"), {"vgg19_demo.py": text})
    assert found == {"build_vgg19": (0, 12), "load_params": (12, 12), "top5": (4, 4)}


SHAPE = files.VGG19_DEMO[files.VGG19_DEMO.index("        vector =") : files.VGG19_DEMO.index("\n    def build_model")]
LABELS = """        with open("../synset_words.txt", "r") as file:
            labels = file.readlines()
"""


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("import pycnnl\n", "try:\n    import pycnnl\nexcept ImportError:\n    pycnnl = None\n"),
        ("CnnlNet()", "CnnlNet(16)"),
        ("channels, 3, 1, 1, 1)", "channels, 3, 1, pad=1, dilation=1)"),
        (SHAPE, "        return list(sizes)\n"),
        (SHAPE, "        return pycnnl.IntVector(sizes)\n"),
        (
            SHAPE,
            "        row = pycnnl.IntVector()\n        for size in sizes: row.push_back(size)\n        return row\n",
        ),
        ("weight.flatten().astype(np.float)", "weight.flatten().tolist()"),
        (LABELS, "        labels = self.labels\n"),
        ("self.net = pycnnl.CnnlNet()", "self.net = CARD"),
        ("(1, 1, 1000), 1)", "(1, 1, 1000), axis=2)"),  # which the card does not look at
        ("np.transpose(weight, [3, 0, 1, 2])", "einops.rearrange(weight, 'h w i o -> o h w i')"),
    ],
)
def test_the_second_editions_card_may_be_told_in_any_way_that_it_takes(given, written):
    text = files.VGG19_DEMO.replace(given, written).replace("class VGG19", "CARD = pycnnl.CnnlNet()\n\n\nclass VGG19")
    text = text.replace("import os\n", "import einops\n") if "einops" in written else text
    assert written in text
    found = points(Lab("lab4_dlp"), {"vgg19_demo.py": text})
    assert found == {"build_vgg19": (12, 12), "load_params": (12, 12), "top5": (4, 4)}


@pytest.mark.parametrize(
    ("library", "loaded"),
    [
        ("import cv2", "cv2.resize(cv2.cvtColor(cv2.imread(image_dir), cv2.COLOR_BGR2RGB), (224, 224))"),
        ("import imageio, scipy.misc", "scipy.misc.imresize(imageio.imread(image_dir), [224, 224, 3])"),
        (
            "import matplotlib.pyplot as plt\nfrom PIL import Image",
            "Image.fromarray(plt.imread(image_dir)).resize([224, 224])",
        ),
    ],
)
def test_a_picture_may_be_loaded_by_any_librarys_functions(library, loaded):
    text = files.VGG_CPU_FIRST.replace("scipy.misc.imresize(image, [224, 224, 3])", loaded)
    text = text.replace("image = scipy.misc.imread(image_dir)", "pass").replace("import scipy.misc", library)
    assert loaded in text
    found = points(Lab("lab3_vgg19"), LAYERS | {"vgg_cpu.py": text})
    assert found["load_image"][0] == found["load_image"][1] > 0


@pytest.mark.parametrize("lab", ASKED)
def test_a_question_is_asked_of_original_files_where_the_table_says_so(lab):
    assert {name for name, question in Lab(lab).questions.items() if question.original} == ASKED[lab]


def test_the_first_labs_layers_have_a_forward_and_no_more():
    found, remarks = verdicts(Lab("lab2_layers"), {"layers_2.py": files.LAYERS_2_FIRST})
    right = {"conv_forward", "pool_forward", "flatten"}
    assert {name for name, verdict in found.items() if verdict.score} == right
    absent = {name: verdict.reason for name, verdict in found.items() if not verdict.score and verdict.max_score}
    assert absent["conv_backward"] == "Not in your file: ConvolutionalLayer.backward_raw."
    assert absent["conv_forward_speedup"] == "Not in your file: ConvolutionalLayer.forward_speedup."
    assert absent["relu"] == "Not in your file: ReLULayer."
    assert "FlattenLayer.backward" not in " ".join(absent.values())
    assert all(reason.startswith("Not in your file: ") for reason in absent.values())
    assert "layers_2.py, line 13: `print` read as Python 2's statement" in remarks


def test_a_way_back_through_flatten_counts_where_it_was_written():
    wrong = files.LAYERS_2.replace("np.transpose(top_diff, [0, 3, 1, 2])", "np.transpose(top_diff, [0, 3, 2, 1])")
    assert wrong != files.LAYERS_2
    assert points(Lab("lab2_layers"), {"layers_2.py": wrong})["flatten"] == (0, 4)


def test_a_sibling_by_its_modules_name_may_be_used():
    text = files.LAYERS_2.replace("import numpy as np", "import numpy as np\nimport layers_1", 1)
    text = text.replace("class MaxPoolingLayer(object):", "class MaxPoolingLayer(layers_1.ReLULayer):")
    text = text.replace("= window.max()", "= layers_1.ReLULayer and window.max()")
    found = points(Lab("lab2_layers"), {"layers_1.py": files.LAYERS_1, "layers_2.py": text})
    assert all(score == most for score, most in found.values())


def test_a_blank_that_is_left_open_is_no_mistake_but_a_blank():
    text = files.LAYERS_1.replace("input * (input > 0)", "________________").replace("self.input.T @ top_diff", "_____")
    found, _ = verdicts(Lab("lab2_layers"), {"layers_1.py": text})
    line = text.split("\n").index("        return ________________") + 1
    assert found["relu"].unfilled
    assert found["relu"].reason == f"Line {line} is still a blank: nothing is filled in there yet."
    assert found["relu"].next_move == "Write your own code in its place: return ________________"
    assert {name for name, verdict in found.items() if verdict.unfilled} == {"relu", "fully_connected_backward"}


@pytest.mark.parametrize("beside", [{}, {"layers_1.py": files.LAYERS_1}])
def test_a_file_that_is_left_out_is_the_reason_of_its_questions(beside):
    found, remarks = verdicts(Lab("lab2_layers"), beside | {"layers_2.py": "def f(:\n" + files.LAYERS_2})
    why = "layers_2.py is not Python 3: line 1, `def f(:` (invalid syntax); this file is left out"
    assert found["conv_forward"].reason == f"{why}."
    assert bool(found["relu"].score) == bool(beside)
    assert remarks[0] == why


def test_what_the_course_does_not_ask_is_out_of_the_total():
    found, remarks = verdicts(Lab("lab3_vgg19"), {"vgg_cpu.py": files.VGG_CPU})
    assert (found["cost"].score, found["cost"].max_score) == (0, 0)
    assert found["cost"].reason == "Not asked in the original course: no points, and none of the total."
    assert status_of(found["cost"]).word == "not asked"
    assert (
        "graded as files of the original course, out of 48 points; not asked there, and not counted: fc_order, "
        "classify, evaluate, cost, cost_why, forward_speedup"
    ) in remarks


def test_a_picture_of_the_published_size_fits_the_reply_to_any_size():
    question = Lab("lab3_vgg19").questions["load_image"]
    expected = [question.expected(**case) for case in question.cases(np.random.default_rng(1))]
    assert room_of(question, expected) > 3 * 224 * 224 * 8


def test_a_build_that_draws_numbers_of_the_published_sizes_takes_no_memory():
    drawing = 'self.layers["fc6"].init_param()\n        self.layers["softmax"] ='
    text = files.VGG_CPU.replace('self.layers["softmax"] =', drawing)
    assert text != files.VGG_CPU
    tracemalloc.start()
    assert points(Lab("lab3_vgg19"), {"vgg_cpu.py": text})["build_model"] == (12, 12)
    assert tracemalloc.get_traced_memory()[1] < 200_000_000
    tracemalloc.stop()


def test_published_sizes_in_load_model_are_those_of_the_file():
    literal = (
        'np.reshape(weight, (25088, 4096)) if "6" in name else weight.reshape([4096, 1000]) if "8" in name else (W)'
    )
    text = files.VGG_CPU.replace(
        "weight.reshape([rows, weight.shape[3]])", literal.replace("(W)", "weight.reshape(4096, 4096)")
    ).replace(
        "bias)\n\n    def load_image", "bias.reshape(1, 4096) if '8' not in name else bias)\n\n    def load_image"
    )
    assert text.count("4096)") > files.VGG_CPU.count("4096)") + 1
    found, remarks = verdicts(Lab("lab3_vgg19"), {"vgg_cpu.py": text})
    assert found["load_model"].score == 14
    assert any("`25088, 4096` read as the sizes of the weights' file" in remark for remark in remarks)


FC_ORDER = """

def fc_order(weight, shape):
    C, H, W = shape
    return weight.reshape(H, W, C, -1).transpose(2, 0, 1, 3).reshape(C * H * W, -1)
"""


def test_what_it_does_not_ask_counts_where_it_was_written():
    assert points(Lab("lab3_vgg19"), {"vgg_cpu.py": files.VGG_CPU + FC_ORDER})["fc_order"] == (10, 10)


@pytest.mark.parametrize(
    ("lab", "file", "right", "wrong", "lost"),
    [
        ("lab3_vgg19", files.VGG_CPU, "[512, 7, 7]", "[7, 7, 512]", {"build_model"}),
        ("lab3_vgg19", files.VGG_CPU, "(3, before, after, 1, 1)", "(3, after, before, 1, 1)", {"build_model"}),
        ("lab3_vgg19", files.VGG_CPU, "- self.image_mean", "+ self.image_mean", {"load_image"}),
        ("lab3_vgg19", files.VGG_CPU, ".resize((224, 224))", ".resize((224, 225))", {"load_image"}),
        ("lab3_vgg19", files.VGG_CPU, "(image[None], [0, 3, 1, 2])", "(image[None], [0, 3, 2, 1])", {"load_image"}),
        ("lab3_vgg19", files.VGG_CPU, "np.array(image).astype", "np.array(image)[..., ::-1].astype", {"load_image"}),
        ("lab3_vgg19", files.VGG_CPU, "- self.image_mean", "/ 255 - self.image_mean", {"load_image"}),
        ("lab4_dlp", files.VGG19_DEMO_FIRST, "channels, 3, 1, 1, 1,", "channels, 3, 1, 0, 1,", {"build_vgg19"}),
        ("lab4_dlp", files.VGG19_DEMO_FIRST, "[3, 2, 0, 1]", "[2, 3, 0, 1]", {"load_params"}),
        ("lab4_dlp", files.VGG19_DEMO, "channels, 3, 1, 1, 1)", "channels, 3, 1, 1, 0)", {"build_vgg19"}),
        ("lab4_dlp", files.VGG19_DEMO, "side = side // 2", "side = side", {"build_vgg19"}),
        ("lab4_dlp", files.VGG19_DEMO, "(1, before, side, side)", "(1, channels, side, side)", {"build_vgg19"}),
        ("lab4_dlp", files.VGG19_DEMO, "(1, 1, inputs, outputs)", "(1, 1, outputs, inputs)", {"build_vgg19"}),
        ("lab4_dlp", files.VGG19_DEMO, "if number < 8:", "if True:", {"build_vgg19"}),
        (
            "lab4_dlp",
            files.VGG19_DEMO,
            '("softmax", self.shape(1, 1, 1000)',
            '("softmax", [1, 1000, 1]',
            {"build_vgg19"},
        ),
        (
            "lab4_dlp",
            files.VGG19_DEMO,
            ", [3, 0, 1, 2]).flatten().astype(np.float)",
            ", [3, 0, 1, 2])",
            {"load_params"},
        ),
        ("lab4_dlp", files.VGG19_DEMO, "[3, 0, 1, 2]).flatten()", "[3, 2, 0, 1]).flatten()", {"load_params"}),
        ("lab4_dlp", files.VGG19_DEMO, "weight.flatten()", "weight.T.flatten()", {"load_params"}),
        ("lab4_dlp", files.VGG19_DEMO, "weight.flatten().astype(np.float)", "weight.flatten()", {"load_params"}),
        ("lab4_dlp", files.VGG19_DEMO, "range(5)", "range(4)", {"top5"}),
        ("lab5_style_transfer", files.EXP_3_3, "(picture, 0, 255)", "(picture, -999, 999)", {"save_image"}),
        ("lab5_style_transfer", files.EXP_3_3, "[0] + self.image_mean", "[0]", {"save_image"}),
        ("lab5_style_transfer", files.EXP_3_3, "layer_idx, -1, -1", "layer_idx, 0, -1", {"vgg_backward_from"}),
    ],
)
def test_a_mistake_costs_its_question_and_no_other(lab, file, right, wrong, lost):
    name = {"lab3_vgg19": "vgg_cpu.py", "lab4_dlp": "vgg19_demo.py"}.get(lab, "exp_3_3_style_transfer.py")
    text = file.replace(right, wrong)
    assert text != file
    found = points(Lab(lab), {"layers_3.py": files.LAYERS_3, name: text})
    assert {question for question, (score, most) in found.items() if score < most} == lost


@pytest.mark.parametrize("default", ["0", "1"])
@pytest.mark.parametrize("broken", ["forward_raw", "forward_speedup"])
def test_a_default_of_type_decides_nothing(default, broken):
    text = files.LAYERS_2.replace("stride, type=0", f"stride, type={default}")
    text = text.replace(f"def {broken}(self, input):", f"def {broken}(self, input):\n        raise RuntimeError", 1)
    found = points(Lab("lab2_layers"), {"layers_2.py": text})
    loops = found["conv_forward"][0], found["conv_backward"][0]
    fast = found["conv_forward_speedup"][0], found["conv_backward_speedup"][0]
    assert (any(loops), any(fast)) == (broken != "forward_raw", broken != "forward_speedup")


@pytest.mark.parametrize("default", ["0", "1"])
@pytest.mark.parametrize("broken", ["forward_raw", "forward_speedup"])
def test_so_with_pooling(default, broken):
    before, after = files.LAYERS_2.split("class MaxPoolingLayer")
    after = after.replace("stride, type=0", f"stride, type={default}")
    after = after.replace(f"def {broken}(self, input):", f"def {broken}(self, input):\n        raise RuntimeError", 1)
    found = points(Lab("lab2_layers"), {"layers_2.py": f"{before}class MaxPoolingLayer{after}"})
    earned = {name: bool(found[name][0]) for name in ("pool_forward", "pool_speedup")}
    assert earned == {"pool_forward": broken != "forward_raw", "pool_speedup": broken != "forward_speedup"}


def test_a_blank_of_the_course_that_was_never_filled_is_called_so():
    text = files.VGG19_DEMO.replace("weight.flatten().astype(np.float)", "_________________")
    found, _ = verdicts(Lab("lab4_dlp"), {"vgg19_demo.py": text})
    assert {name: verdict.unfilled for name, verdict in found.items() if verdict.max_score} == {
        **{"build_vgg19": False, "load_params": True, "top5": False},
    }


def test_a_flatten_layer_that_the_second_editions_card_does_not_have_is_named():
    line = '        self.net.createSoftmaxLayer("softmax"'
    text = files.VGG19_DEMO.replace(line, f'        self.net.createFlattenLayer("flatten", [1, 25088, 1, 1])\n{line}')
    found, _ = verdicts(Lab("lab4_dlp"), {"vgg19_demo.py": text})
    assert "createFlattenLayer" in found["build_vgg19"].got
    assert {name: v.score for name, v in found.items() if v.max_score} == {
        "build_vgg19": 0,
        "load_params": 12,
        "top5": 4,
    }


ONCE = "bottom_diff[n, c, i * s + row, j * s + column] = top_diff[n, c, i, j]"
SHARED = "bottom_diff[n, c, i * s:i * s + k, j * s:j * s + k] = (window == window.max()) * top_diff[n, c, i, j]"


def test_sharing_the_gradient_of_a_tie_is_still_wrong():
    text = files.LAYERS_2.replace(ONCE, SHARED)
    assert text != files.LAYERS_2
    assert points(Lab("lab2_layers"), {"layers_2.py": text})["pool_backward"] == (0, 5)
