"""Lab 6's questions in notebook order: points, cases, oracles, and what each output must be."""

from __future__ import annotations

from dataclasses import replace

import mixed_cases
import mixed_oracles
import mixed_training_cases
import sparse_cases
import sparse_oracles
import sparse_training
import tolerances

from aics.check.output import EXACT, Output, exact
from aics.check.rules import Tolerance
from aics.doubles.changes import UNTOUCHED
from autograder.course.question import Question, Written

#: The lab whose finished layers lie beside graded code, as stu_upload/.
STARTS_FROM = "lab2_layers"

#: What given cells import.
GIVEN = ("threadpoolctl",)

#: What an answer may use too: NumPy's own cast, which a given cell imports.
ALLOWED = ("aics.half",)

ENTRIES = exact("entries of the dict", reads="how many names the dict that you return has")


def half(name: str, reads: str, tolerance: Tolerance = EXACT, *, finite: bool = True) -> Output:
    """An output in half precision."""
    return Output(name=name, dtype="float16", tolerance=tolerance, finite=finite, reads=reads)


def single(name: str, reads: str, tolerance: Tolerance = EXACT, *, finite: bool = True) -> Output:
    """An output in float32, of which no byte is counted: what is right in float64 is right."""
    return Output(name=name, dtype="float32", tolerance=tolerance, finite=finite, reads=reads, kinds=("float64",))


def number(name: str, reads: str, tolerance: Tolerance = EXACT) -> Output:
    """An output in float32 or float64."""
    return Output(name=name, tolerance=tolerance, reads=reads)


STAYING = "a tensor of a layer that stays, in float32"

QUESTIONS = [
    Question(
        name="half_cast",
        points=5,
        cases=mixed_cases.half_cast,
        expected=mixed_oracles.half_cast,
        outputs=[
            *UNTOUCHED,
            *exact("label", reads="labels, integers that no cast touches"),
            *(replace(single(pattern, STAYING), kinds=()) for pattern in ("norm1/*", "fc2/*", "loss", "loss/*")),
            half("*", "a tensor of a layer that does not stay, in half precision", finite=False),
        ],
    ),
    Question(
        name="half_matmul",
        points=6,
        cases=mixed_cases.half_matmul,
        expected=mixed_oracles.half_matmul,
        outputs=[half("product", "the product of a and b", tolerances.PRODUCT, finite=False)],
        speed=tolerances.PRODUCT_SPEED,
    ),
    Question(
        name="underflow",
        points=5,
        cases=mixed_cases.underflow,
        expected=mixed_oracles.underflow,
        outputs=[
            *exact("vanished", dtype="bool", reads="where a gradient that is not 0 becomes 0 in half precision"),
            *exact("subnormal", dtype="bool", reads="where a gradient becomes a subnormal number in half precision"),
            *exact("overflowed", dtype="bool", reads="where a gradient becomes infinite in half precision"),
        ],
    ),
    Question(
        name="master_weights",
        points=5,
        cases=mixed_cases.master_weights,
        expected=mixed_oracles.master_weights,
        outputs=[
            *UNTOUCHED,
            single("master", "the master copy after the case's last step", tolerances.MASTER),
            half("half", "the half copy after the case's last step", tolerances.HALF_COPY),
        ],
    ),
    Question(
        name="loss_scaling",
        points=6,
        cases=mixed_cases.loss_scaling,
        hidden=mixed_cases.loss_scaling_counted,
        expected=mixed_oracles.loss_scaling,
        outputs=[
            *UNTOUCHED,
            *exact("calls of net.backward", reads="how often your code called net.backward"),
            half(
                "top_diff handed to net.backward",
                "the argument of your call of net.backward",
                tolerances.GRADIENTS,
                finite=False,
            ),
            single("*", "the gradient of this parameter, not scaled any more", tolerances.GRADIENTS, finite=False),
        ],
    ),
    Question(
        name="dynamic_loss_scaling",
        points=7,
        cases=mixed_cases.dynamic_loss_scaling,
        hidden=mixed_cases.dynamic_loss_scaling_mixed,
        expected=mixed_oracles.dynamic_loss_scaling,
        outputs=[
            *UNTOUCHED,
            *exact("take", dtype="bool", reads="for each step of the case, whether it may be taken"),
            *exact("clean", reads='the scaler\'s "clean" after each step of the case', kinds=("floating",)),
            number("scale", 'the scaler\'s "scale" after each step of the case'),
        ],
    ),
    Question(
        name="mixed_train_step",
        points=6,
        cases=mixed_training_cases.mixed_train_step,
        expected=mixed_oracles.mixed_train_step,
        builds_on=("half_cast", "loss_scaling", "dynamic_loss_scaling"),
        outputs=[
            *UNTOUCHED,
            half("fc1/weight handed to net.load", "the weight that your code loaded into the network"),
            half("x handed to net.forward", "the pictures that your code ran through the network"),
            number("loss", "the loss that you return", tolerances.LOSS),
            number("scale", 'the new scaler\'s "scale"'),
            *exact("clean", reads='the new scaler\'s "clean"', kinds=("floating",)),
            single("velocity *", "the new state's velocity of this parameter", tolerances.VELOCITY),
            single("master fc1/weight", "the new state's master copy of this weight", tolerances.FIRST_MASTER),
            single("master *", "the new state's master copy of this parameter", tolerances.OTHER_MASTERS),
        ],
    ),
    Question(
        name="mixed_training",
        points=5,
        cases=mixed_training_cases.mixed_training,
        expected=mixed_oracles.mixed_training,
        builds_on=("half_cast", "loss_scaling", "dynamic_loss_scaling", "mixed_train_step"),
        outputs=[
            *UNTOUCHED,
            single("first master fc1/weight", "the master copy of a weight in the state from begin_mixed"),
            single("first velocity fc1/weight", "the velocity of a weight in the state from begin_mixed"),
            number("scales", "the scale of each step, as mixed_training returns them"),
            number("losses", "the loss of each step, as mixed_training returns them", tolerances.LOSSES),
            Output(
                name="masters of fc1/weight that fit into float16",
                dtype="integer",
                tolerance=tolerances.SHORT_MASTERS,
                reads="how many of the last master copies are half-precision values: at random hardly any would be",
            ),
            number(
                "fraction of unseen digits read right",
                "how many of 500 other digits the trained network reads right, as a fraction",
                tolerances.READ_RIGHT,
            ),
        ],
    ),
    Question(
        name="memory",
        points=5,
        cases=mixed_cases.memory,
        expected=mixed_oracles.memory,
        outputs=exact(reads="the bytes of this kind in a training of this precision", kinds=("floating",)),
    ),
    Written(name="mixed_precision_how", points=5),
    Question(
        name="magnitude_prune",
        points=6,
        cases=sparse_cases.magnitude_prune,
        expected=sparse_oracles.magnitude_prune,
        outputs=[*UNTOUCHED, *exact("mask", dtype="bool", reads="which weights are active after pruning")],
    ),
    Question(
        name="layer_importance",
        points=5,
        cases=sparse_cases.layer_importance,
        expected=sparse_oracles.layer_importance,
        outputs=[*ENTRIES, number("fractions", "the fraction of each layer, in the masks' order", tolerances.SHARES)],
    ),
    Question(
        name="redistribute",
        points=7,
        cases=sparse_cases.redistribute,
        expected=sparse_oracles.redistribute,
        outputs=[*ENTRIES, *exact("counts", reads="how many weights each layer gets, in the layers' order")],
    ),
    Question(
        name="regrow",
        points=5,
        cases=sparse_cases.regrow,
        expected=sparse_oracles.regrow,
        outputs=[*UNTOUCHED, *exact("mask", dtype="bool", reads="which weights are active after regrowing")],
    ),
    Question(
        name="masked_step",
        points=6,
        cases=sparse_cases.masked_step,
        expected=sparse_oracles.masked_step,
        outputs=[
            *UNTOUCHED,
            *exact("inactive weights that are not 0", reads="how many, over all steps of the case"),
            number("weight after each step", "the weight that you return, step by step", tolerances.MASKED_STEPS),
            number("velocity after each step", "the velocity that you return, step by step", tolerances.MASKED_STEPS),
        ],
    ),
    Question(
        name="sparse_momentum_epoch",
        points=6,
        cases=sparse_cases.sparse_momentum_epoch,
        expected=sparse_oracles.sparse_momentum_epoch,
        builds_on=("magnitude_prune", "layer_importance", "redistribute", "regrow"),
        outputs=[
            *UNTOUCHED,
            *exact("mask of *", dtype="bool", reads="which of its weights are active after the cycle"),
            number("*", "this parameter after the cycle", tolerances.COPIED),
        ],
    ),
    Question(
        name="sparse_training",
        points=5,
        cases=sparse_training.cases,
        expected=sparse_training.expected,
        builds_on=(
            *("magnitude_prune", "layer_importance", "redistribute", "regrow"),
            *("masked_step", "sparse_momentum_epoch"),
        ),
        outputs=[
            *UNTOUCHED,
            *exact(
                "masks hold truth values", dtype="bool", reads="whether the masks from begin_sparse are bool arrays"
            ),
            *exact("masks in the dict", reads="how many masks the state from begin_sparse has"),
            *exact("active weights of each layer", reads="how many entries of each mask from begin_sparse are True"),
            *exact("inactive weights that are not 0", reads="how many in the state from begin_sparse"),
            *exact("active weights and biases that were changed", reads="how many in the state from begin_sparse"),
            *exact("velocities that are not 0", reads="how many in the state from begin_sparse"),
            *exact(
                "the same generator draws the same masks", dtype="bool", reads="whether two calls of begin_sparse do"
            ),
            *exact(
                "another generator draws other masks", dtype="bool", reads="whether a third call of begin_sparse does"
            ),
            number(
                "fraction of the active weights in the first half",
                "how many of the active weights lie in the first half of all entries: at random about as many as here",
                tolerances.FIRST_HALF,
            ),
            *exact("active weights after each epoch", reads="how many entries of all masks are True, epoch by epoch"),
            *exact("inactive weights that are not 0 after each epoch", reads="how many, epoch by epoch"),
            number(
                "losses of each epoch",
                "the loss of each step as sparse_step returns it, a row for each epoch",
                tolerances.EPOCH_LOSSES,
            ),
            number(
                "fraction of the active weights exchanged after each epoch",
                "how many of the active weights after_epoch made inactive, as a fraction, epoch by epoch",
                tolerances.EXCHANGED,
            ),
            number(
                "fraction of digits read right",
                "how many of the 600 digits the trained network reads right, as a fraction",
                tolerances.READ_RIGHT_SPARSE,
            ),
        ],
    ),
    Question(
        name="sparse_inference",
        points=5,
        cases=sparse_cases.sparse_inference,
        expected=sparse_oracles.sparse_inference,
        outputs=[
            *exact("indices", reads="the column of each value that to_csr keeps"),
            *exact("indptr", reads="where each row begins in data, and where the last one ends"),
            number("data", "the values that to_csr keeps, row by row", tolerances.PRODUCTS),
            number("products", "the products of csr_product, a row for each vector", tolerances.PRODUCTS),
        ],
        speed=tolerances.SPARSE_PRODUCT_SPEED,
    ),
    Question(
        name="mixed_and_sparse",
        points=5,
        cases=sparse_cases.mixed_and_sparse,
        hidden=sparse_cases.mixed_and_sparse_regrown,
        expected=sparse_oracles.mixed_and_sparse,
        outputs=[
            *exact("bytes of all that is kept", reads="the size of all arrays in the dict from compact"),
            *ENTRIES,
            *exact("places", reads="where the active weights lie, in flat order"),
            replace(single("master", "the active weights"), kinds=()),
            half("half", "the active weights, rounded"),
            half("weight from spread", "the weight that the layer gets, before the first step"),
            number("master after each step", "the active weights' masters, a row for each step", tolerances.MASTERS),
            number("velocity after each step", "the velocity that you return, step by step", tolerances.MASTERS),
            *exact("halves that are not their rounded masters", reads="how many, over all steps of the case"),
        ],
    ),
    Written(name="sparse_how", points=5),
]
