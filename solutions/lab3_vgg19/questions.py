"""Lab 3's questions in notebook order: points, cases, oracles, tolerances and speed rules."""

from __future__ import annotations

import cases
import oracles

from aics.check.output import Output, exact
from aics.check.rules import SpeedLimits, Tolerance
from aics.language import noted
from autograder.course.original import Original
from autograder.course.question import Question, Speed, Written

#: The lab whose finished layers lie beside graded code, as stu_upload/.
STARTS_FROM = "lab2_layers"

#: What this lab's code may use beyond NumPy: the file of parameters is MATLAB's, pictures are opened by Pillow.
ALLOWED = ("PIL", "aics.data", "scipy.io")

#: Files of data/ that hold what right answers compute, and the questions that they tell of.
TELLS = {"mini_features.npz": ("build_model", "load_model", "load_image", "forward_features", "forward_speedup")}

COPIED = Tolerance(
    rtol=1e-5,
    atol=1e-6,
    reason="Right answers are copied or counted; the room is for comparing with misconceptions' outputs, of which "
    "six digits are stored.",
)
BYTES = Tolerance(
    rtol=0,
    atol=1.02,
    reason="Pillow rounds to bytes after each of its two passes: half a level and half a level more at most, and its "
    "coefficients have 22 bits. Measured on 120 draws: up to 1.000004. The mistakes err by 8 and more.",
)
FEATURES = Tolerance(
    rtol=1e-4,
    atol=1e-6,
    reason="float32 through 44 layers errs below 2e-5 of each output's largest value (measured on 100 "
    "draws); a left out bias or ReLU errs above 1e-2.",
)
PROBABILITIES = Tolerance(
    rtol=1e-3,
    atol=1e-6,
    reason="float32 through 44 layers, summed in any order, errs below 3e-5 of the largest probability (measured on "
    "200 draws); the mistakes err above 0.4.",
)

FAST_FORWARD = Speed(
    case=cases.timed_forward,
    limits=SpeedLimits(full=4, zero=12),
    reason="Both sides run build_model and load_model too, and their layers are looked at. Right ways measured 1.2 "
    "(the fast layers as they are), 1.3 (shifted products, channels last), up to 1.7 (picture by picture): twice that "
    "is full. The loops read 210. Ratios: one BLAS thread, CPU clock, on two kinds of Xeon.",
    advice="Time the layers one by one. Which kind takes longest, and does it handle all pictures and all "
    "positions together?",
)

QUESTIONS = [
    Question(
        name="build_model",
        points=12,
        cases=cases.build_model,
        expected=oracles.build_model,
        outputs=[
            *exact(
                noted("layers of the kind that their names say"),
                dtype="bool",
                reads="for each of the 44 layers in order",
            ),
            *exact(noted("these 44 layers in this order, no other"), dtype="bool", reads="the names in self.layers"),
            *exact(reads="the sizes of this layer, in the order of their names"),
        ],
        original=Original(
            defines=("VGG19.build_model",),
            cases=cases.published_sizes,
            without=("these 44 layers in this order, no other",),
        ),
    ),
    Question(
        name="load_model",
        points=14,
        cases=cases.load_model,
        expected=oracles.load_model,
        outputs=[
            Output(name="* weight", tolerance=COPIED, reads="the weight that the layer's load_param was given"),
            Output(name="* bias", tolerance=COPIED, reads="the bias that the layer's load_param was given"),
            Output(name="image_mean", tolerance=COPIED, reads="the mean colour: red, green, blue", axes=(2, 3)),
        ],
        original=Original(defines=("VGG19.load_model",)),
    ),
    Question(
        name="load_image",
        points=8,
        cases=cases.load_image,
        expected=oracles.load_image,
        outputs=[Output(name="input_image", tolerance=BYTES, reads="the network's input, 1 x 3 x height x width")],
        original=Original(defines=("VGG19.load_image",), cases=cases.published_image_size),
    ),
    Question(
        name="forward_features",
        points=14,
        cases=cases.forward_features,
        expected=oracles.forward_features,
        outputs=[
            Output(name=noted("what forward returns"), tolerance=FEATURES),
            *exact(noted("features of three layers"), reads="how many the dict holds if three are asked for"),
            Output(tolerance=FEATURES, reads="the output of the layer of this name"),
        ],
        original=Original(defines=("VGG19.forward",), without=("features of three layers",)),
    ),
    Question(
        name="fc_order",
        points=10,
        cases=cases.fc_order,
        expected=oracles.fc_order,
        outputs=[Output(name="weight", tolerance=COPIED, reads="the weight with its rows in the new order")],
    ),
    Question(
        name="classify",
        points=8,
        cases=cases.classify,
        expected=oracles.classify,
        outputs=[
            *exact("classes", reads="the indices of the most probable classes, a row for each image"),
            Output(name="probabilities", tolerance=COPIED, reads="their probabilities, the largest first"),
        ],
    ),
    Question(
        name="evaluate",
        points=10,
        cases=cases.evaluate,
        hidden=cases.evaluate_counted,
        expected=oracles.evaluate,
        outputs=[
            *exact(noted("sizes of the batches"), noted("times each picture was seen")),
            Output(name="accuracy", tolerance=COPIED, reads="the fraction of pictures whose answer is right"),
        ],
    ),
    Question(
        name="cost",
        points=12,
        cases=cases.cost,
        hidden=cases.cost_uneven,
        expected=oracles.cost,
        outputs=exact(
            reads="how many multiply-adds one picture takes in this layer, and how many parameters it has",
            kinds=("floating",),
        ),
    ),
    Question(
        name="forward_speedup",
        points=12,
        cases=cases.forward_speedup,
        expected=oracles.forward_speedup,
        outputs=[
            Output(name="prob", tolerance=PROBABILITIES, reads="the probability of each class, a row for each picture")
        ],
        speed=FAST_FORWARD,
        builds_on=("build_model", "load_model", "forward_features"),
    ),
    Written(name="cost_why", points=10),
]
