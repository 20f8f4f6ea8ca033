"""Lab 5's questions in notebook order: points, cases, oracles, tolerances and speed rules."""

from __future__ import annotations

import cases
import oracles
import runs

from aics.check.output import Output, exact
from aics.check.rules import SpeedLimits, Tolerance
from autograder.course.question import Question, Speed, Written

#: The lab whose finished network lies beside graded code, as stu_upload/, with the layers that it uses.
STARTS_FROM = "lab3_vgg19"

#: Packages that the student's code cannot import while it is graded.
FORBIDDEN = ("torch", "torchvision", "tensorflow", "onnxruntime", "jax")

SUMS = Tolerance(
    rtol=1e-4,
    atol=1e-9,
    reason="float32 sums over at most 60 positions, in any order, err below 2e-6 of the largest value (measured); "
    "the mistakes err above 0.1.",
)
LAYERS = Tolerance(
    rtol=1e-4,
    atol=1e-6,
    reason="float32 through at most 23 layers up or down errs below 1e-5 of the largest value (measured on 100 draws); "
    "the mistakes err above 1e-2.",
)
SHARES = Tolerance(
    rtol=0,
    atol=0.06,
    reason="Shares of 30,000 drawn numbers, 10,000 a colour: the likeness of two colours has a standard deviation of "
    "0.01, which makes six of them; the others have less. The mistakes err above 0.15.",
)
STEPS = Tolerance(
    rtol=1e-4,
    atol=1e-5,
    reason="Five steps in float32 err below 1e-6 (measured); a missing bias correction errs above 0.1.",
)
LEVELS = Tolerance(
    rtol=0,
    atol=0.02,
    reason="The middle of a patch has the patch's colour after any resizing, and no colour lies within 0.1 of half-way "
    "between two levels: bytes are exact. Cutting digits off errs by 1.",
)
STEP = Tolerance(
    rtol=1e-4,
    atol=1e-6,
    reason="Everything is written down in float32; sums of a few terms err below 1e-6. The mistakes err above 1e-2.",
)
LOSSES = Tolerance(
    factor=2.3,
    reason="A run starts from drawn noise, and its losses fall over orders of magnitude. In 400 right runs on 40 draws "
    "no loss was more than a factor of 1.7 away from the oracle's mean. Each of the mistakes leaves at least one bound "
    "on every draw: a content loss of 0, a distance 8 % off, a loss 2.8 times off.",
)
DISTANCE = Tolerance(
    rtol=0.04,
    reason="In 400 right runs on 40 draws no distance was more than 3 % away from the oracle's mean, with a standard "
    "deviation of 1 %.",
)

ONE_WALK = Speed(
    case=cases.timed_backward,
    limits=SpeedLimits(full=1.4, zero=2.2),
    reason="Both sides also run the network forward once, then walk down twice. Right ways measured 1.03 to 1.05; a "
    "walk for each of the six layers 2.6. Full is 1.8 times faster than that (2.6 / 1.8 = 1.44), which leaves right "
    "ways a third; none is 15 % quicker than it. The gap between right and slow is 2.6 times and no more, so that "
    "both margins are narrower than in other labs; readings repeat within 3 %. One BLAS thread, CPU clock.",
)

QUESTIONS = [
    Question(
        name="content_loss",
        points=4,
        cases=cases.features_pair,
        expected=oracles.content_loss,
        outputs=[Output(tolerance=SUMS)],
    ),
    Question(
        name="content_loss_backward",
        points=6,
        cases=cases.features_pair,
        expected=oracles.content_loss_backward,
        outputs=[Output(tolerance=SUMS)],
    ),
    Question(name="gram", points=6, cases=cases.gram, expected=oracles.gram, outputs=[Output(tolerance=SUMS)]),
    Question(
        name="style_loss",
        points=6,
        cases=cases.style_pair,
        expected=oracles.style_loss,
        outputs=[Output(tolerance=SUMS)],
    ),
    Question(
        name="style_loss_backward",
        points=12,
        cases=cases.style_pair,
        expected=oracles.style_loss_backward,
        outputs=[Output(tolerance=SUMS)],
    ),
    Question(
        name="vgg_forward_layers",
        points=8,
        cases=cases.forward_layers,
        expected=oracles.vgg_forward_layers,
        outputs=[*exact("names in the dict", "layers that ran"), Output(tolerance=LAYERS)],
    ),
    Question(
        name="vgg_backward_from",
        points=12,
        cases=cases.backward_from,
        expected=oracles.vgg_backward_from,
        outputs=[*exact("layers that computed d_weight"), Output(tolerance=LAYERS)],
    ),
    Question(
        name="random_image",
        points=4,
        cases=cases.random_image,
        expected=oracles.random_image,
        outputs=[*exact("shape"), Output(tolerance=SHARES)],
    ),
    Question(name="adam", points=10, cases=cases.adam, expected=oracles.adam, outputs=[Output(tolerance=STEPS)]),
    Question(
        name="save_image",
        points=6,
        cases=cases.save_image,
        expected=oracles.save_image,
        outputs=[*exact("height and width of the file"), Output(tolerance=LEVELS)],
    ),
    Question(
        name="transfer_step",
        points=8,
        cases=cases.transfer_step,
        expected=oracles.transfer_step,
        outputs=[*exact("updates"), Output(tolerance=STEP)],
    ),
    Question(
        name="one_backward",
        points=10,
        cases=cases.one_backward,
        expected=oracles.one_backward,
        outputs=[Output(tolerance=LAYERS)],
        speed=ONE_WALK,
    ),
    Question(
        name="transfer",
        points=8,
        cases=cases.transfer,
        expected=runs.transfer,
        outputs=[
            *exact("shape of the image"),
            Output(
                name="losses",
                tolerance=LOSSES,
                reads="total, content and style loss that you return, a row for each step",
            ),
            Output(
                name="distance from the photo",
                tolerance=DISTANCE,
                reads="the root of the mean squared difference between the image that you return and the photo",
            ),
        ],
    ),
    Written(name="style_why", points=10),
]
