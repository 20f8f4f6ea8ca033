"""Lab 7: questions on layers and networks; points, cases, oracles, and tolerances with their reasons."""

from __future__ import annotations

import layers_cases
import layers_oracles

from aics.check.output import Output, exact
from aics.check.rules import Tolerance
from autograder.course.question import Question

LAYERS = Tolerance(
    rtol=1e-5,
    atol=1e-6,
    reason="float32 sums of up to nine products err below 3e-7 of the largest number (measured on 60 draws).",
)
NETWORK = Tolerance(
    rtol=1e-4,
    atol=1e-5,
    reason="float32 sums of up to 3136 products, err below 3e-6 of the largest logit (measured on 12 draws).",
)

VARIABLES = [
    *exact("number of variables", reads="how many variables store.get_variable made"),
    *exact("number of trainable variables", reads="how many of them an optimizer may change"),
    *exact("shape of *", reads="the shape of the variable of this whole name"),
    *exact(
        "whether * begins with different numbers",
        dtype="bool",
        reads="whether the variable's first values differ from one another",
    ),
]

QUESTIONS: list[Question] = [
    Question(
        name="full_layer",
        points=6,
        cases=layers_cases.full_layer,
        expected=layers_oracles.full_layer,
        outputs=[
            *exact("refusal", dtype="bool", reads="whether a GraphError was raised"),
            *exact("mention of *", dtype="bool", reads="whether the GraphError's message holds this name"),
            *VARIABLES,
            Output(
                name="first values of *", tolerance=LAYERS, reads="with what the variable of this whole name begins"
            ),
            Output(name="output of layer *", tolerance=LAYERS, reads="what this layer of the case's stack gives"),
            Output(name="logits", tolerance=LAYERS, reads="the logits of the softmax regression"),
            Output(name="loss", tolerance=LAYERS, reads="the loss of the softmax regression, one number"),
        ],
    ),
    Question(
        name="mnist_cnn",
        points=6,
        cases=layers_cases.mnist_cnn,
        hidden=layers_cases.mnist_cnn_more,
        expected=layers_oracles.mnist_cnn,
        builds_on=("full_layer",),
        outputs=[
            *VARIABLES,
            *exact("number of parameters", reads="how many numbers the variables hold together"),
            Output(
                name="first values of *", tolerance=LAYERS, reads="with what the variable of this whole name begins"
            ),
            Output(name="logits", tolerance=NETWORK, reads="the network's logits, (N, 10)"),
            Output(name="loss", tolerance=NETWORK, reads="the network's loss, one number"),
        ],
    ),
]
