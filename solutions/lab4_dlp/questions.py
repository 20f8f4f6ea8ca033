"""Lab 4's questions in notebook order: points, cases, oracles, tolerances and speed rules."""

from __future__ import annotations

import device_cases
import device_oracles
import graph_cases
import graph_oracles

from aics.check.output import Output, exact
from aics.check.rules import SpeedLimits, Tolerance
from autograder.course.question import Question, Speed, Written

#: The lab whose finished network, and the layers below it, lie beside the notebook as stu_upload/.
STARTS_FROM = "lab3_vgg19"

#: Packages that the student's code cannot import while it is graded.
FORBIDDEN = ("torch", "torchvision", "tensorflow", "jax")

COUNTS = Tolerance(rtol=0, atol=0, reason="Places, counts and yes or no: whole numbers.")
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
    limits=SpeedLimits(full=1.5, zero=5),
    reason="The reference makes its session once and hands the weight over at each call. Right ways measured: 1.00 to "
    "1.05 (as the reference, the weight laid out once, or turned inside the model), 0.70 (baked into the model). A "
    "session for every call reads 7.3. Ratios: one thread, CPU clock, 2 cores shared with other work.",
)

SCALES = Tolerance(
    rtol=1e-5,
    atol=0,
    reason="Positions are whole numbers. A scale may be computed in float32 (6e-8), and misconceptions' answers are "
    "stored to six digits; the mistakes err above 7e-3.",
)
WHOLE = Tolerance(
    rtol=0,
    atol=0,
    reason="Whole numbers. Inputs lie at least 0.1 steps beside a half, or exactly on it with a step of 4, so that "
    "float32 arithmetic rounds as exact arithmetic does.",
)
HALVES = Tolerance(
    rtol=1.2e-3,
    atol=1e-4,
    reason="Scaling in float32 or float64, in any order, may round to the other neighbour in FP16, 2**-10 of it "
    "away at most. The mistakes err above 1e-2; output that is not rounded to FP16 lies 1e-3 and more off its grid.",
)
EXACT = Tolerance(
    rtol=1e-5,
    atol=1e-6,
    reason="Right answers are copied or counted; the room is for comparing with misconceptions' outputs, of which "
    "six digits are stored.",
)

QUESTIONS = [
    Question(
        name="op_builder",
        points=8,
        cases=graph_cases.op_builder,
        expected=graph_oracles.op_builder,
        outputs=[Output(name="defaults*", tolerance=COUNTS), *exact()],
    ),
    Question(
        name="kernel_dispatch",
        points=8,
        cases=graph_cases.kernel_dispatch,
        expected=graph_oracles.kernel_dispatch,
        outputs=exact(),
    ),
    Question(
        name="session_run",
        points=12,
        cases=graph_cases.session_run,
        expected=graph_oracles.session_run,
        outputs=[*exact("refused", "times each operator ran", "names in the message"), Output(tolerance=SESSION)],
    ),
    Question(
        name="quant_param",
        points=8,
        cases=device_cases.quant_param,
        expected=device_oracles.quant_param,
        outputs=[*exact("position"), Output(tolerance=SCALES)],
    ),
    Question(
        name="quantize",
        points=8,
        cases=device_cases.quantize,
        expected=device_oracles.quantize,
        outputs=[Output(dtype="integer", tolerance=WHOLE)],
    ),
    Question(
        name="int8_conv",
        points=14,
        cases=device_cases.int8_conv,
        expected=device_oracles.int8_conv,
        outputs=[Output(tolerance=HALVES)],
    ),
    Question(
        name="build_vgg19",
        points=12,
        cases=device_cases.build_vgg19,
        expected=device_oracles.build_vgg19,
        outputs=[*exact("layers in all"), Output(tolerance=EXACT)],
    ),
    Question(
        name="load_params",
        points=12,
        cases=device_cases.load_params,
        expected=device_oracles.load_params,
        outputs=[
            *exact(
                "numbers of the layers that loadParams was told",
                "axes of each weight and bias",
                "1 where the numbers were Python floats",
            ),
            Output(tolerance=EXACT),
        ],
    ),
    Question(name="top5", points=4, cases=device_cases.top5, expected=device_oracles.top5, outputs=exact()),
    Question(
        name="backend_agreement",
        points=6,
        cases=graph_cases.backend_agreement,
        expected=graph_oracles.backend_agreement,
        outputs=[Output(tolerance=BOUND)],
    ),
    Question(
        name="swap_speed",
        points=8,
        cases=graph_cases.swap_speed,
        expected=graph_oracles.swap_speed,
        outputs=[Output(tolerance=FEATURES)],
        speed=FAST_SWAP,
    ),
    Written(name="tf_registration", points=5),
    Written(name="conv_dispatch", points=5),
]
