"""Lab 4's questions in notebook order: points, cases, oracles, tolerances and speed rules."""

from __future__ import annotations

import device_cases
import device_oracles
import graph_cases
import graph_oracles

from aics.check.output import Output, exact
from aics.check.rules import SpeedLimits, Tolerance
from aics.doubles.changes import UNTOUCHED
from autograder.course.original import Original
from autograder.course.question import Question, Speed, Written

#: The lab whose finished network, and the layers below it, lie beside graded code, as stu_upload/.
STARTS_FROM = "lab3_vgg19"

#: What this lab's code may use beyond NumPy.
ALLOWED = ("aics.graph",)
#: Code for the card calls the card's library, or the emulator instead, on parameters from MATLAB's file.
ON_THE_CARD = (
    *("PIL", "aics.data", "aics.pycnml.QuantParam", "aics.pycnml.pycnnl", "aics.pycnml.stand_in", "pycnml"),
    "scipy.io",
)
#: A backend's kernel may be anybody's.
BACKENDS = ("aics.kernels", "onnx", "onnxruntime")
#: What given cells import beyond that.
GIVEN = ("threadpoolctl",)

SESSION = Tolerance(
    rtol=1e-5,
    atol=1e-6,
    reason="A difference and a product or two in float64; the room is for comparing with misconceptions' outputs, of "
    "which six digits are stored.",
)
BOUND = Tolerance(
    rtol=0.02,
    atol=0,
    reason="Published in the notebook. Other derivations, with or without errors of errors in the last rounding, lie "
    "within 0.02 %; each term that may not be left out is worth 5 % or more in some case (measured on 200 draws).",
)
FEATURES = Tolerance(
    rtol=1e-4,
    atol=1e-6,
    reason="float32 sums of products err below 3e-7 of the largest output (measured on 40 draws); the mistakes err "
    "above 0.4.",
)

FAST_SWAP = Speed(
    case=graph_cases.timed_swap,
    limits=SpeedLimits(full=2.2, zero=5),
    reason="The reference makes its session once and hands the weight over at each call. Right ways measured: 0.90 to "
    "1.08 (as the reference, the weight laid out once, turned inside the model, or baked into it). A session for every "
    "call reads 13. Ratios: one thread, CPU clock, 2 cores shared with other work.",
    advice="What does each call make anew? Whatever does not depend on the weight can be made once and used again.",
)

SCALES = Tolerance(
    rtol=1e-5,
    atol=0,
    reason="A scale may be computed in float32 (6e-8), and misconceptions' answers are stored to six digits; the "
    "mistakes err above 7e-3.",
)
WHOLE = Tolerance(
    rtol=0,
    atol=0,
    reason="Integers. Inputs lie at least 0.1 steps beside a half, or exactly on it with a step of 4, so that "
    "float32 arithmetic rounds as exact arithmetic does.",
)
HALVES = Tolerance(
    rtol=1.2e-3,
    atol=1e-4,
    reason="Scaling in float32 or float64, in any order, may round to the other neighbour in FP16, 2**-10 of it "
    "away at most. The mistakes err above 1e-2, but for those that only fail to round.",
)
COPIED = Tolerance(
    rtol=1e-6,
    atol=0,
    reason="Right answers are copied; the room is for comparing with misconceptions' outputs, which are stored as "
    "float32. No two scales of a case lie closer than 0.01.",
)
MEAN = Tolerance(
    rtol=1e-5,
    atol=0,
    reason="The mean of thousands of equal float64 values, in any order; the mistakes have another shape.",
)

#: What is told of whatever must be refused.
REFUSAL = [
    *exact("refusal", dtype="bool", reads="whether a GraphError was raised"),
    *exact("mention of *", dtype="bool", reads="whether the GraphError's message holds this name"),
]

QUESTIONS = [
    Question(
        name="op_builder",
        points=8,
        cases=graph_cases.op_builder,
        hidden=graph_cases.op_builder_attributes,
        expected=graph_oracles.op_builder,
        outputs=[
            *REFUSAL,
            *exact("OpDef from finalize", dtype="bool", reads="whether finalize returned an OpDef"),
            *exact("operator's name", dtype="bool", reads="whether the OpDef has the name that the builder was given"),
            *exact("number of *", reads="how many of them the OpDef has"),
            *exact("position of *", reads="where this name stands in the OpDef, counted from 0"),
            *exact(
                "REQUIRED as *", "None as *", dtype="bool", reads="whether this is the attribute's default in the OpDef"
            ),
            *exact("default of *", reads="the attribute's default in the OpDef"),
            *exact("shape of output *", reads="what the shape function that was set gives for this output"),
        ],
    ),
    Question(
        name="kernel_dispatch",
        points=8,
        cases=graph_cases.kernel_dispatch,
        hidden=graph_cases.kernel_dispatch_elsewhere,
        expected=graph_oracles.kernel_dispatch,
        outputs=[
            *REFUSAL,
            *exact("class from find", dtype="bool", reads="whether find returned one of the registered classes"),
            *exact("kernel for *", dtype="bool", reads="whether this is the kernel that find returned"),
            *exact("decorator of *", dtype="bool", reads="whether the decorator returned the class that it was given"),
        ],
    ),
    Question(
        name="session_run",
        points=12,
        cases=graph_cases.session_run,
        hidden=graph_cases.session_run_counted,
        expected=graph_oracles.session_run,
        outputs=[
            *REFUSAL,
            *exact("list from run", dtype="bool", reads="whether run returned a list"),
            *exact("length of the list", reads="how many values run returned"),
            *exact("times * ran", reads="how often this node was computed in the second of two runs"),
            Output(name="fetch *", tolerance=SESSION, reads="what the second of two runs returned for this fetch"),
        ],
    ),
    Question(
        name="quant_param",
        allowed=ON_THE_CARD,  # its own way to the grid is another: a known mistake
        points=8,
        cases=device_cases.quant_param,
        expected=device_oracles.quant_param,
        outputs=[
            *exact("pair", dtype="bool", reads="whether a pair, (position, scale), was returned"),
            *exact("position", reads="the exponent of the step's power of two"),
            Output(name="scale", tolerance=SCALES, reads="what stretches the largest magnitude to the grid's end"),
        ],
    ),
    Question(
        name="quantize",
        points=8,
        cases=device_cases.quantize,
        expected=device_oracles.quantize,
        outputs=[
            Output(name="q", dtype="int8", tolerance=WHOLE, reads="the integers on the grid, a byte each"),
            *UNTOUCHED,
        ],
    ),
    Question(
        name="int8_conv",
        points=14,
        cases=device_cases.int8_conv,
        hidden=device_cases.int8_conv_wide_padding,
        expected=device_oracles.int8_conv,
        outputs=[
            Output(name="output", tolerance=HALVES, reads="the convolution, [N, Cout, Ho, Wo]", kinds=("float16",)),
            *exact("output in FP16", dtype="bool", reads="whether each value of the output is an FP16 number"),
        ],
    ),
    Question(
        name="build_vgg19",
        allowed=ON_THE_CARD,
        points=12,
        cases=device_cases.build_vgg19,
        expected=device_oracles.build_vgg19,
        outputs=[
            *exact("CnmlNet in self.net", dtype="bool", reads="whether self.net is a CnmlNet"),
            *exact("setInputShape: *", reads="this argument of setInputShape"),
            *exact("net.size()", reads="how many layers the device was told"),
            *exact("names of the layers", dtype="bool", reads="whether layer i is called param_layer_name[i]"),
            *exact("number of create* calls", reads="how many layers were created by this call"),
            *exact("create*: layer", reads="the layer's index on the device, for each of these calls in their order"),
            *exact("createFlattenLayer: shape", reads="the output_shape of each of these calls"),
            Output(
                name="create*: scale", tolerance=COPIED, reads="the scale of each call's quant_param, in their order"
            ),
            *exact("create*: position", reads="the position of each call's quant_param, in their order"),
            *exact("create*: *", reads="this argument of each of these calls, in their order"),
            *exact("number of filter_quant_params", reads="how many QuantParam self.filter_quant_params holds"),
            *exact(
                "filter_quant_params: position", reads="the position of each QuantParam in self.filter_quant_params"
            ),
            Output(
                name="filter_quant_params: scale",
                tolerance=COPIED,
                reads="the scale of each QuantParam in self.filter_quant_params",
            ),
        ],
        original=Original(
            defines=("VGG19.build_model",),
            cases=device_cases.published_sizes,
            without=("names of the layers",),
            second=Original(
                defines=("VGG19.build_model",),
                cases=device_cases.second_edition(device_cases.published_sizes),
                outputs=exact("CnnlNet in self.net", dtype="bool", reads="whether self.net is a CnnlNet"),
            ),
        ),
    ),
    Question(
        name="load_params",
        allowed=ON_THE_CARD,
        points=12,
        cases=device_cases.load_params,
        expected=device_oracles.load_params,
        outputs=[
            *exact("number of layers with parameters", reads="how many layers loadParams was called for"),
            *exact("loadParams: layer_id", reads="the layers that loadParams was called for, in increasing order"),
            *exact("*: weight", dtype="float64", reads="the filter_data that loadParams was given for this layer"),
            *exact("*: bias", dtype="float64", reads="the bias_data that loadParams was given for this layer"),
            *exact("quant_param: type", dtype="bool", reads="whether it is a QuantParam, by increasing layer_id"),
            *exact("quant_param: position", reads="the position of each layer's quant_param, by increasing layer_id"),
            Output(
                name="quant_param: scale",
                tolerance=COPIED,
                reads="the scale of each layer's quant_param, by increasing layer_id",
            ),
            Output(name="image_mean", tolerance=MEAN, reads="the mean colour: red, green, blue", axes=(2, 3)),
        ],
        original=Original(
            defines=("VGG19.load_model",),
            cases=device_cases.load_own_names,
            second=Original(defines=("VGG19.load_model",), cases=device_cases.second_edition(device_cases.load_params)),
        ),
    ),
    Question(
        name="top5",
        allowed=ON_THE_CARD,
        points=4,
        cases=device_cases.top5,
        hidden=device_cases.top5_mixed,
        expected=device_oracles.top5,
        outputs=[
            *exact("pair", dtype="bool", reads="whether each call returned a pair, (top1, top5)"),
            *exact(
                "top1",
                dtype="bool",
                reads="whether the label is the most probable class, for each photo",
                kinds=("integer", "floating"),
            ),
            *exact(
                "top5",
                dtype="bool",
                reads="whether the label is among the five most probable, for each photo",
                kinds=("integer", "floating"),
            ),
        ],
        original=Original(defines=("VGG19.get_top5",), cases=device_cases.apart),
    ),
    Question(
        name="backend_agreement",
        points=6,
        cases=graph_cases.backend_agreement,
        expected=graph_oracles.backend_agreement,
        outputs=[Output(name="bound", tolerance=BOUND, reads="the largest possible error of one value of this layer")],
    ),
    Question(
        name="swap_speed",
        allowed=BACKENDS,
        points=8,
        cases=graph_cases.swap_speed,
        expected=graph_oracles.swap_speed,
        outputs=[
            Output(
                name="outputs of all rounds",
                tolerance=FEATURES,
                reads="what compute returned with the first weight: round, picture, channel, row, column",
            ),
            Output(
                name="output with weight *",
                tolerance=FEATURES,
                reads="what compute returned when another weight came: picture, channel, row, column",
            ),
        ],
        speed=FAST_SWAP,
    ),
    Written(name="tf_registration", points=5),
    Written(name="conv_dispatch", points=5),
]
