"""Lab 6's questions in notebook order: points, cases, oracles, tolerances and speed rules."""

from __future__ import annotations

import mixed_cases
import mixed_oracles
import sparse_cases
import sparse_oracles
import sparse_runs

from aics.check.output import Output, exact
from aics.check.rules import SpeedLimits, Tolerance
from autograder.course.question import Question, Speed, Written

#: The lab whose finished layers lie beside graded code, as stu_upload/.
STARTS_FROM = "lab2_layers"

#: Packages that the student's code cannot import while it is graded.
FORBIDDEN = ("scipy", "torch", "torchvision", "tensorflow", "onnxruntime", "jax")

BITS = Tolerance(
    rtol=1e-5,
    atol=0,
    reason="A number of half precision is exact, so nothing is allowed but the six digits in which known mistakes are "
    "kept. The numbers of an array are of one size; wrong roundings err above 2e-4 of the largest.",
)
ROUNDED = Tolerance(
    rtol=1e-3,
    atol=0,
    reason="Sums in float32 err below 1e-6, which may tip the last rounding to half: an error of 2^-11 of a number. "
    "Sums in half err above 0.01 of the largest.",
)
SMALL_STEPS = Tolerance(
    rtol=2e-3,
    atol=0,
    reason="The way is measured in its own size: at most 60 roundings of the master copy to float32 err below 5e-4 of "
    "it (measured on 200 draws), and half copies by one rounding. Half products or half masters err above 0.05.",
)
SCALED = Tolerance(
    rtol=1e-3,
    atol=0,
    reason="Sums of six terms are rounded to half once, which a last bit may tip: 2^-11. Mistakes err above 0.1.",
)
STEP = Tolerance(
    rtol=4e-3,
    atol=0,
    reason="A last bit may tip a rounding to half on the way up and again on the way down: 2^-11 each, of single "
    "numbers. Mistakes err above 0.02 of the largest.",
)
RUN = Tolerance(
    rtol=0.005,
    atol=5,
    reason="Loss in hundredths, digits in tenths of a percent. The oracle rounds to half as the network does; in "
    "80 right runs on 40 draws no mean loss was 0.2 hundredths away from it, and no accuracy more than two of 500 "
    "digits (4 tenths), of nine tenths that are allowed. (The same without any rounding is 3 tenths away on average.) "
    "Each mistake leaves at least one bound on every draw.",
)

PRODUCT = Speed(
    case=mixed_cases.timed_matmul,
    limits=SpeedLimits(full=4.0, zero=20.0),
    reason="Right ways measured 1.0 to 1.5 (through float64, into a buffer, in stripes), which leaves them 2.6 times; "
    "row by row 2.5, and an unoptimised einsum 4.4 keeps most points. NumPy's own float16 product takes 90 times as "
    "long, products in float32 without a matrix product 78: four times beyond the end.",
)

SHARES = Tolerance(
    rtol=0,
    atol=1e-4,
    reason="Means of at most 63 float32 numbers err below 1e-6; the mistakes err above 1e-2.",
)
MASKED_STEPS = Tolerance(
    rtol=1e-5,
    atol=1e-6,
    reason="Four steps in float32 err below 1e-6 of the largest value (measured); the mistakes err above 1e-2.",
)
CYCLE = Tolerance(
    rtol=0,
    atol=1e-5,
    reason="Masks are whole numbers and weights are copied; rounded to float32, a copy errs below 1e-6.",
)
COURSE = Tolerance(
    rtol=0,
    atol=0.4,
    reason="Counts are whole numbers. The course starts from given masks; float32 in any order and a loss written out "
    "stay within 0.15 of what is allowed on 12 draws: 0.02 of a loss, 4 points of right answers, 2 points of weights "
    "exchanged. Each of the mistakes leaves some bound by 2.5 times at least.",
)
PRODUCTS = Tolerance(
    rtol=1e-4,
    atol=1e-5,
    reason="float32 sums of at most 80 terms in any order err below 2e-6 of the largest value, running sums over the "
    "whole matrix below 1e-5 in float64 (measured); a single missing term errs above 1e-2.",
)
MASTERS = Tolerance(
    rtol=1e-5,
    atol=3e-9,
    reason="float32 masters and velocities err below 1e-7 of the largest value (measured on 30 draws: 0.01 of what is "
    "allowed). Rounding a master to half precision errs 20 times what is allowed, dividing in half precision 4 times.",
)

SPARSE_PRODUCT = Speed(
    case=sparse_cases.timed_product,
    limits=SpeedLimits(full=5, zero=8),
    reason="Both sides multiply 100 vectors, at 98 % zeros. Right ways measured 1.1 (reduceat, put right later), 2.1 "
    "(np.add.at), 2.3 (bincount, running sum), 2.8 (rows of one length), which leaves them 1.8 times; going back to "
    "the full matrix 12.7, 1.6 times beyond the end, a loop over the rows 27. At 95 % zeros the same ways read up to "
    "3.6 and the full matrix 9: too near one another for limits that stay clear of both. One BLAS thread, CPU clock.",
)

QUESTIONS = [
    Question(
        name="half_cast",
        points=5,
        cases=mixed_cases.half_cast,
        expected=mixed_oracles.half_cast,
        outputs=[*exact("bits of *", "infinite in *", "arguments that were changed"), Output(tolerance=BITS)],
    ),
    Question(
        name="half_matmul",
        points=6,
        cases=mixed_cases.half_matmul,
        expected=mixed_oracles.half_matmul,
        outputs=[*exact("bits of *", "infinite in *"), Output(tolerance=ROUNDED)],
        speed=PRODUCT,
    ),
    Question(
        name="underflow", points=5, cases=mixed_cases.underflow, expected=mixed_oracles.underflow, outputs=exact()
    ),
    Question(
        name="master_weights",
        points=5,
        cases=mixed_cases.master_weights,
        expected=mixed_oracles.master_weights,
        outputs=[*exact("bits of *", "infinite in *", "arguments that were changed"), Output(tolerance=SMALL_STEPS)],
    ),
    Question(
        name="loss_scaling",
        points=6,
        cases=mixed_cases.loss_scaling,
        expected=mixed_oracles.loss_scaling,
        outputs=[
            *exact("calls of net.backward", "bits of *", "infinite in *", "arguments that were changed"),
            Output(tolerance=SCALED),
        ],
    ),
    Question(
        name="dynamic_loss_scaling",
        points=7,
        cases=mixed_cases.dynamic_loss_scaling,
        expected=mixed_oracles.dynamic_loss_scaling,
        outputs=[
            *exact("whether each step is taken", "clean steps so far", "arguments that were changed"),
            Output(tolerance=BITS),
        ],
    ),
    Question(
        name="mixed_train_step",
        points=6,
        cases=mixed_cases.mixed_train_step,
        expected=mixed_oracles.mixed_train_step,
        outputs=[*exact("bits of *", "infinite in *", "arguments that were changed", "X"), Output(tolerance=STEP)],
    ),
    Question(
        name="mixed_training",
        points=5,
        cases=mixed_cases.mixed_training,
        expected=mixed_oracles.mixed_training,
        outputs=[*exact("how many *", "bits of *", "arguments that were changed"), Output(tolerance=RUN)],
    ),
    Question(name="memory", points=5, cases=mixed_cases.memory, expected=mixed_oracles.memory, outputs=exact()),
    Written(name="mixed_precision_how", points=5),
    Question(
        name="magnitude_prune",
        points=6,
        cases=sparse_cases.magnitude_prune,
        expected=sparse_oracles.magnitude_prune,
        outputs=exact(),
    ),
    Question(
        name="layer_importance",
        points=5,
        cases=sparse_cases.layer_importance,
        expected=sparse_oracles.layer_importance,
        outputs=[*exact("names in the dict"), Output(tolerance=SHARES)],
    ),
    Question(
        name="redistribute",
        points=7,
        cases=sparse_cases.redistribute,
        expected=sparse_oracles.redistribute,
        outputs=exact(),
    ),
    Question(name="regrow", points=5, cases=sparse_cases.regrow, expected=sparse_oracles.regrow, outputs=exact()),
    Question(
        name="masked_step",
        points=6,
        cases=sparse_cases.masked_step,
        expected=sparse_oracles.masked_step,
        outputs=[
            *exact("inactive weights that are not 0", "changes to what was handed over"),
            Output(tolerance=MASKED_STEPS),
        ],
    ),
    Question(
        name="sparse_momentum_epoch",
        points=6,
        cases=sparse_cases.sparse_momentum_epoch,
        expected=sparse_oracles.sparse_momentum_epoch,
        outputs=[*exact("masks", "changes to what was handed over"), Output(tolerance=CYCLE)],
    ),
    Question(
        name="sparse_training",
        points=5,
        cases=sparse_runs.sparse_training,
        expected=sparse_runs.expected,
        outputs=[Output(tolerance=COURSE)],
    ),
    Question(
        name="sparse_inference",
        points=5,
        cases=sparse_cases.sparse_inference,
        expected=sparse_oracles.sparse_inference,
        outputs=[*exact("indices", "indptr"), Output(tolerance=PRODUCTS)],
        speed=SPARSE_PRODUCT,
    ),
    Question(
        name="mixed_and_sparse",
        points=5,
        cases=sparse_cases.mixed_and_sparse,
        expected=sparse_oracles.mixed_and_sparse,
        outputs=[
            *exact(
                "bytes of all that is kept",
                "names in the dict",
                "places",
                "halves that are not their master, rounded",
                "bits of a number that the layer gets",
                "active weights of the layer that are not their halves",
                "inactive weights of the layer that are not 0",
            ),
            Output(tolerance=MASTERS),
        ],
    ),
    Written(name="sparse_how", points=5),
]
