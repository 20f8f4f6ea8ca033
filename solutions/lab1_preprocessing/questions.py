"""Lab 1's questions in notebook order: points, cases, oracles, tolerances and speed rules."""

from __future__ import annotations

import cases
import oracles

from aics.check.output import Output, exact
from aics.check.rules import SpeedLimits, Tolerance
from autograder.course.question import Question, Speed, Written

#: Packages that the student's code cannot import while it is graded. Pillow opens files, so it stays.
FORBIDDEN = ("scipy",)

COPIED = Tolerance(
    rtol=1e-5,
    atol=1e-6,
    reason="Right answers are pixels that are copied; the room is for comparing with misconceptions' outputs, of "
    "which six digits are stored.",
)
DECODED = Tolerance(
    rtol=0,
    atol=2.5,
    reason="Of 255 levels. JPEG decoders differ by 1 or 2; CMYK and 16 bit can be rounded in several right ways, "
    "which differ by 1. Wrong conversions and turns differ by dozens.",
)
BLENDED = Tolerance(
    rtol=1e-4,
    atol=1e-6,
    reason="float32 sums and products, in any order, err below 1e-5 of the largest value (measured); rounding to "
    "whole levels errs by 2e-3 of it, every known mistake by more than 1e-3.",
)
JITTERED = Tolerance(
    rtol=0,
    atol=1e-4,
    reason="Of a range of 1. Four steps in float32, through HSV and back, err below 2e-6 (measured); the mistakes "
    "err above 1e-2.",
)
CHANCE = Tolerance(
    rtol=0,
    atol=0.06,
    reason="A share of 4096 fair coins strays from 1/2 by more than 0.06 once in 10^13 times; of all shares of all "
    "cases one does so in 4 million hand-ins (computed in the tests). The mistakes are off by 0.2 or more, flags by 1.",
)
RESAMPLED = Tolerance(
    rtol=0,
    atol=1.5,
    reason="Of 255 levels. Pillow rounds to whole levels after the rows and again after the columns: at most 1.0 "
    "together (1.0 measured). Resizing without averaging errs by dozens on fine patterns.",
)

# Ratios below: time to the notebook's solution, one BLAS thread, CPU clock, 2 cores shared with other work.

FAST_RESIZE = Speed(
    case=cases.timed_resize,
    limits=SpeedLimits(full=8, zero=40),
    reason="Right and fast ways measured 0.8 to 0.9 (columns first), 1.3 (weight matrices), 2.1 (row by row), 2.7 "
    "(four gathers), up to 3.5 (whole index grids in float64, as many tutorials have it): twice that is full. The "
    "two loops read 85 to 180.",
)

QUESTIONS = [
    Question(
        name="read_image",
        points=8,
        cases=cases.read_image,
        expected=oracles.read_image,
        outputs=[Output(dtype="uint8", tolerance=DECODED)],
    ),
    Question(
        name="resize",
        points=14,
        cases=cases.resize,
        expected=oracles.resize,
        outputs=[Output(tolerance=BLENDED)],
        speed=FAST_RESIZE,
    ),
    Question(
        name="center_crop",
        points=5,
        cases=cases.center_crop,
        expected=oracles.center_crop,
        outputs=[*exact("ValueError"), Output(dtype="as expected", tolerance=COPIED)],
    ),
    Question(
        name="resize_then_crop",
        points=8,
        cases=cases.resize_then_crop,
        expected=oracles.resize_then_crop,
        outputs=[Output(tolerance=COPIED)],
    ),
    Question(
        name="crop_then_resize",
        points=8,
        cases=cases.crop_then_resize,
        expected=oracles.crop_then_resize,
        outputs=[Output(tolerance=COPIED)],
    ),
    Question(
        name="normalize",
        points=8,
        cases=cases.normalize,
        expected=oracles.normalize,
        outputs=[*exact("input_changed"), Output(tolerance=BLENDED)],
    ),
    Question(name="whiten", points=8, cases=cases.whiten, expected=oracles.whiten, outputs=[Output(tolerance=BLENDED)]),
    Question(
        name="layout",
        points=6,
        cases=cases.layout,
        expected=oracles.layout,
        outputs=[*exact("in_order"), Output(dtype="as expected", tolerance=COPIED)],
    ),
    Question(
        name="flip",
        points=6,
        cases=cases.flip,
        expected=oracles.flip,
        outputs=[*exact("any_odd", "input_changed", "global_state_used"), Output(tolerance=CHANCE)],
    ),
    Question(
        name="random_resized_crop",
        points=9,
        cases=cases.random_resized_crop,
        expected=oracles.random_resized_crop,
        outputs=[Output(tolerance=COPIED)],
    ),
    Question(
        name="color_jitter",
        points=9,
        cases=cases.color_jitter,
        expected=oracles.color_jitter,
        outputs=[*exact("input_changed"), Output(tolerance=JITTERED)],
    ),
    Question(
        name="compose", points=5, cases=cases.compose, expected=oracles.compose, outputs=[Output(tolerance=BLENDED)]
    ),
    Question(
        name="vgg_input",
        points=6,
        cases=cases.vgg_input,
        expected=oracles.vgg_input,
        outputs=[*exact("shape"), Output(tolerance=RESAMPLED)],
    ),
    Written(name="augmentation_survey", points=10),
]
