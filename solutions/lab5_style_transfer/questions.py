"""Lab 5's questions in notebook order: points, cases, oracles, tolerances and speed rules."""

from __future__ import annotations

from functools import partial

import cases
import oracles
import runs

from aics.check.output import Output, exact, specified
from aics.check.rules import SpeedLimits, Tolerance
from aics.doubles.changes import OVERWRITTEN, UNTOUCHED
from autograder.course.original import Original
from autograder.course.question import Question, Speed, Written

#: The lab whose finished network lies beside graded code, as stu_upload/, with the layers that it uses.
STARTS_FROM = "lab3_vgg19"

#: What this lab's code may use beyond NumPy: the network that it starts from reads MATLAB's file and pictures.
ALLOWED = ("PIL", "aics.data", "scipy.io")
#: What given cells import beyond that.
GIVEN = ("threadpoolctl",)

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
    reason="Fractions of 30,000 drawn values, 10,000 per colour: the correlation of two colours has a standard "
    "deviation of 0.01, which makes six of them; the others have less. The mistakes err above 0.15.",
)
FIFTHS = Tolerance(
    rtol=0,
    atol=0.014,
    reason="A fifth of 30,000 drawn values has a standard deviation of 0.0023, which makes six of them. Noise that "
    "ends at 19 or 21 in place of 20 errs above 0.02.",
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
CUT = Tolerance(
    rtol=0,
    atol=1.02,
    reason="The original course's own line cuts a level's digits off after holding it within 0 and 255. A colour that "
    "is not held within errs above 8, one without the mean above 100.",
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
    limits=SpeedLimits(full=2.4, zero=3.2),
    reason="Both sides also run the network forward once, then walk down four times, for eight layers that all lie "
    "deep. Right ways measured 1.0 to 1.1: twice that and more is full. A walk for each of the layers reads 4.8 to "
    "5.5, 1.5 times beyond the end. One BLAS thread, CPU clock.",
    advice="Count how often one call walks through each layer. Gradients of several layers can go down together "
    "from where they meet.",
)

#: What each output is, for a person who looks at a card.
READS = {
    "loss": "the loss of the two sets of features",
    "bottom_diff": "the gradient of the loss with respect to the picture's features",
    "gram": "the Gram matrix of each picture, N x C x C",
    "gradient from *": "the gradient of the picture, sent back from this layer",
    "gradient of call *": "the gradient of the picture, from all layers at once; each call gets other gradients",
    "pictures": "the picture after each update of one optimizer",
    "pictures of a second optimizer": "the picture after each update of another optimizer that takes turns with it",
    "colours of the patches": "the colours in the saved file, 0 to 255, in the middle of each patch",
    "image": "the new picture",
    "total, content and style loss": "the three losses that the step returns, in this order",
}


outputs = partial(specified, reads=READS)

QUESTIONS = [
    Question(
        name="content_loss",
        points=4,
        cases=cases.features_pair,
        expected=oracles.content_loss,
        outputs=outputs(SUMS, "loss") + UNTOUCHED,
        original=Original(defines=("ContentLossLayer.forward",)),
    ),
    Question(
        name="content_loss_backward",
        points=6,
        cases=cases.features_pair,
        expected=oracles.content_loss_backward,
        outputs=outputs(SUMS, "bottom_diff") + UNTOUCHED,
        builds_on=("content_loss",),
        original=Original(defines=("ContentLossLayer.backward",), without=(OVERWRITTEN,)),
    ),
    Question(name="gram", points=6, cases=cases.gram, expected=oracles.gram, outputs=outputs(SUMS, "gram")),
    Question(
        name="style_loss",
        points=6,
        cases=cases.style_pair,
        expected=oracles.style_loss,
        outputs=outputs(SUMS, "loss"),
        builds_on=("gram",),
        original=Original(defines=("StyleLossLayer.forward",)),
    ),
    Question(
        name="style_loss_backward",
        points=12,
        cases=cases.style_pair,
        expected=oracles.style_loss_backward,
        outputs=outputs(SUMS, "bottom_diff"),
        builds_on=("gram", "style_loss"),
        original=Original(defines=("StyleLossLayer.backward",)),
    ),
    Question(
        name="vgg_forward_layers",
        points=8,
        cases=cases.forward_layers,
        hidden=cases.forward_layers_counted,
        expected=oracles.vgg_forward_layers,
        outputs=[
            *exact("names in the dict", "layers that ran"),
            Output(tolerance=LAYERS, reads="the output of the layer of this name"),
        ],
        original=Original(defines=("VGG19.forward",), without=("layers that ran",)),
    ),
    Question(
        name="vgg_backward_from",
        points=12,
        cases=cases.backward_from,
        hidden=cases.backward_from_forgetful,
        expected=oracles.vgg_backward_from,
        outputs=outputs(LAYERS, "gradient from *") + exact("layers that computed d_weight"),
        original=Original(defines=("VGG19.backward",), without=("layers that computed d_weight",)),
    ),
    Question(
        name="random_image",
        points=4,
        cases=cases.random_image,
        expected=oracles.random_image,
        returned_bytes=1 << 20,  # three pictures of 3 x 100 x 100 numbers, of 8 bytes each at most
        outputs=[
            *exact("shape"),
            *exact("noise of a few values only", dtype="bool", reads="whether it is integers, or steps"),
            Output(name="noise in each fifth of -20 to 20", tolerance=FIFTHS),
            Output(name="noise beyond -20 to 20", tolerance=FIFTHS),
            Output(tolerance=SHARES),
        ],
        original=Original(defines=("get_random_img",)),
    ),
    Question(
        name="adam",
        points=10,
        cases=cases.adam,
        expected=oracles.adam,
        outputs=outputs(STEPS, "pictures", "pictures of a second optimizer"),
        original=Original(defines=("AdamOptimizer.update",)),
    ),
    Question(
        name="save_image",
        points=6,
        cases=cases.save_image,
        expected=oracles.save_image,
        outputs=outputs(LEVELS, "colours of the patches") + exact("height and width of the file"),
        original=Original(defines=("VGG19.save_image",), outputs=outputs(CUT, "colours of the patches")),
    ),
    Question(
        name="transfer_step",
        points=8,
        cases=cases.transfer_step,
        hidden=cases.transfer_step_counted,
        expected=oracles.transfer_step,
        outputs=outputs(STEP, "image", "total, content and style loss")
        + exact("updates", reads="how often the optimizer was asked to update the picture"),
    ),
    Question(
        name="one_backward",
        points=10,
        cases=cases.one_backward,
        expected=oracles.one_backward,
        outputs=outputs(LAYERS, "gradient of call *"),
        speed=ONE_WALK,
    ),
    Question(
        name="transfer",
        points=8,
        cases=cases.transfer,
        expected=runs.transfer,
        builds_on=(
            *("content_loss", "content_loss_backward", "gram", "style_loss", "style_loss_backward"),
            *("vgg_forward_layers", "vgg_backward_from", "random_image", "adam", "transfer_step"),
        ),
        outputs=[
            *exact(
                "shape of the losses", reads="the shape of the losses that you return: steps, then the three losses"
            ),
            *exact("shape of the image", reads="the shape of the image that you return"),
            Output(
                name="losses of the * step",
                tolerance=LOSSES,
                reads="total, content and style loss of this step, as you return them",
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
