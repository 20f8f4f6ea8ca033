"""Lab 3's questions in notebook order: points, cases, oracles, tolerances and speed rules."""

from __future__ import annotations

import cases
import oracles

from aics.check.output import Output, exact
from aics.check.rules import SpeedLimits, Tolerance
from autograder.course.question import Question, Speed, Written

#: The lab whose finished layers lie beside the notebook as stu_upload/.
STARTS_FROM = "lab2_layers"

#: Packages that the student's code cannot import while it is graded.
FORBIDDEN = ("torch", "torchvision", "tensorflow", "onnxruntime", "jax")

EXACT = Tolerance(
    rtol=1e-5,
    atol=1e-6,
    reason="Right answers are copied or counted; the room is for comparing with misconceptions' outputs, of which "
    "six digits are stored.",
)
BYTES = Tolerance(
    rtol=0,
    atol=1.02,
    reason="Pillow rounds to bytes after each of its two passes: half a level and half a level more at most, and its "
    "coefficients have 22 bits. Measured: up to 0.98. The mistakes err by 8 and more.",
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
    limits=SpeedLimits(full=3, zero=15),
    reason="Both sides run build_model and load_model too. Right ways measured 1.2 (the fast layers as they are), 1.3 "
    "(shifted products, channels last), up to 1.5 (picture by picture): twice that is full. The loops read 210. "
    "Ratios: one BLAS thread, CPU clock, 2 cores shared with other work.",
)

QUESTIONS = [
    Question(name="build_model", points=12, cases=cases.build_model, expected=oracles.build_model, outputs=exact()),
    Question(
        name="load_model",
        points=14,
        cases=cases.load_model,
        expected=oracles.load_model,
        outputs=[Output(tolerance=EXACT)],
    ),
    Question(
        name="load_image",
        points=8,
        cases=cases.load_image,
        expected=oracles.load_image,
        outputs=[Output(tolerance=BYTES)],
    ),
    Question(
        name="forward_features",
        points=14,
        cases=cases.forward_features,
        expected=oracles.forward_features,
        outputs=[Output(tolerance=FEATURES)],
    ),
    Question(
        name="fc_order", points=10, cases=cases.fc_order, expected=oracles.fc_order, outputs=[Output(tolerance=EXACT)]
    ),
    Question(
        name="classify",
        points=8,
        cases=cases.classify,
        expected=oracles.classify,
        outputs=[*exact("classes"), Output(tolerance=EXACT)],
    ),
    Question(
        name="evaluate",
        points=10,
        cases=cases.evaluate,
        expected=oracles.evaluate,
        outputs=[*exact("sizes of the batches", "times each picture was seen"), Output(tolerance=EXACT)],
    ),
    Question(name="cost", points=12, cases=cases.cost, expected=oracles.cost, outputs=exact()),
    Question(
        name="forward_speedup",
        points=12,
        cases=cases.forward_speedup,
        expected=oracles.forward_speedup,
        outputs=[Output(tolerance=PROBABILITIES)],
        speed=FAST_FORWARD,
    ),
    Written(name="cost_why", points=10),
]
