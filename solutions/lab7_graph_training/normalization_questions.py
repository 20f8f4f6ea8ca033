"""Lab 7: questions on batch normalization and the LSTM; points, cases, oracles, and tolerances with their reasons."""

from __future__ import annotations

import normalization_cases as cases
import normalization_oracles as oracles

from aics.check.output import Output, exact
from aics.check.rules import Tolerance
from autograder.course.question import Question

NORMALIZED = Tolerance(
    rtol=1e-4,
    atol=1e-4,
    reason="float32 errs below 2e-6 of an output's largest value, and below 2e-5 where the variance is the mean of the "
    "squares less the square of the mean (measured on 40 draws of every right way).",
)
STEPPED = Tolerance(
    rtol=1e-4,
    atol=1e-5,
    reason="float32 errs below 2e-6 of an output's largest value (measured on 40 draws of every right way).",
)


def normalized(name: str, reads: str) -> Output:
    """An output of a batch normalization."""
    return Output(name=name, tolerance=NORMALIZED, reads=reads)


def stepped(name: str, reads: str) -> Output:
    """An output of an LSTM."""
    return Output(name=name, tolerance=STEPPED, reads=reads)


QUESTIONS: list[Question] = [
    Question(
        name="batch_norm",
        points=10,
        cases=cases.batch_norm,
        hidden=cases.batch_norm_elsewhere,
        expected=oracles.batch_norm,
        outputs=[
            *exact("variable *", dtype="bool", reads="whether the store has a variable of this name"),
            *exact("trainable: *", dtype="bool", reads="whether this variable is trainable"),
            normalized("* at the beginning", "the first value of this variable"),
            normalized("y in training", "y of each batch, with is_training fed as True"),
            normalized("* after training", "this variable after the batches of training"),
            normalized("y at use", "y of one more batch, with is_training fed as False"),
            normalized("* after use", "this variable after the batch at use"),
            normalized("dx", "the gradient with respect to x, from batch_norm_gradient"),
            normalized("dgamma", "the gradient with respect to gamma, from batch_norm_gradient"),
            normalized("dbeta", "the gradient with respect to beta, from batch_norm_gradient"),
            normalized("by the rule: *", "what the rule of y's WithGradient gives for this input"),
        ],
    ),
    Question(
        name="lstm",
        points=10,
        bonus=True,
        cases=cases.lstm,
        hidden=cases.lstm_elsewhere,
        expected=oracles.lstm,
        outputs=[
            stepped("h", "the new h of each step"),
            stepped("c", "the new c of each step"),
            stepped("dx", "the gradient with respect to each step's x"),
            stepped("dh", "the gradient with respect to the first step's h"),
            stepped("dc", "the gradient with respect to the first step's c"),
            stepped("dweight", "the gradient with respect to weight, summed over the steps"),
            stepped("dbias", "the gradient with respect to bias, summed over the steps"),
        ],
    ),
]
