"""How close lab 6's answers must come, and how quick its timed ones must be; each with its reason."""

from __future__ import annotations

import mixed_cases
import sparse_cases

from aics.check.rules import SpeedLimits, Tolerance
from autograder.course.question import Speed

# Mixed precision

PRODUCT = Tolerance(
    rtol=1e-3,
    atol=0,
    reason="Sums in float32 err below 1e-6, which may tip the last rounding to half: an error of 2^-11 of a number. "
    "Sums in half err above 0.01 of the largest.",
)
MASTER = Tolerance(
    rtol=2e-6,
    atol=0,
    reason="75 roundings of the master copy to float32 err below 6e-7 of the largest master (60 draws measured). "
    "All steps together are 1e-3 of it: half products, half masters and a wrong sign err above 1e-4.",
)
HALF_COPY = Tolerance(
    rtol=1e-3,
    atol=0,
    reason="The master's last bit may tip its rounding to half: 2^-11 of a number. Half masters err above 2e-3.",
)
GRADIENTS = Tolerance(
    rtol=1e-3,
    atol=0,
    reason="Sums of six terms are rounded to half once, which a last bit may tip: 2^-11. Mistakes err above 0.1.",
)
LOSS = Tolerance(
    rtol=1e-3,
    atol=0,
    reason="A last bit may tip the rounding of a score to half: 2^-11 of the score, which is about as large as the "
    "loss. Right ways err below 1e-5 of it (60 draws).",
)
VELOCITY = Tolerance(
    rtol=4e-3,
    atol=0,
    reason="A last bit may tip a rounding to half on the way up and again on the way down: 2^-11 each, of single "
    "numbers. Mistakes err above 0.02 of the largest.",
)
FIRST_MASTER = Tolerance(
    rtol=2e-5,
    atol=0,
    reason="A last bit may tip a gradient's rounding to half: 2^-11 of it, of which the step takes a twentieth, "
    "1e-5 of the largest master at most. Right ways err below 1e-7 (60 draws), mistakes above 3e-3.",
)
OTHER_MASTERS = Tolerance(
    rtol=0,
    atol=3e-5,
    reason="The gradients are below 0.5: one rounding to half that a last bit tips moves a step of length 0.05 by "
    "1.2e-5 at most. Right ways err below 1.1e-7 (60 draws), mistakes above 2e-4.",
)
LOSSES = Tolerance(
    rtol=0,
    atol=0.05,
    reason="The oracle rounds to half as the network does; on 40 draws no loss of a right run was 0.008 away from it. "
    "Mistakes that show in the losses err above 1.",
)
READ_RIGHT = Tolerance(
    rtol=0,
    atol=0.009,
    reason="On 40 draws of 500 digits no right run read two digits (0.004) more or fewer than the oracle; four are "
    "allowed.",
)
SHORT_MASTERS = Tolerance(
    rtol=0,
    atol=80,
    reason="A float32 number fits into half precision by chance once in 2^13: of 1600 masters on 40 draws never more "
    "than two did. Rounded masters all do.",
)
PRODUCT_SPEED = Speed(
    case=mixed_cases.timed_matmul,
    limits=SpeedLimits(full=4, zero=10),
    reason="Right ways measured 1.0 to 1.8 (through float64, into a buffer, in stripes), which leaves them more than "
    "twice that; row by row 2.5, and an unoptimised einsum 4.4 keeps most of the points. NumPy's own float16 product "
    "takes 17 to 90 times as long, float32 without a matrix product 78.",
    advice="NumPy has no fast matrix product for half precision. In which precision is yours computed, and by "
    "how many calls?",
)

# Sparse training

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
COPIED = Tolerance(
    rtol=0,
    atol=1e-5,
    reason="Parameters are copied; rounded to float32, a copy errs below 1e-6.",
)
EPOCH_LOSSES = Tolerance(
    rtol=0,
    atol=0.02,
    reason="Training starts from given masks; float32 in any order and a loss written out are within 1e-5 of the "
    "oracle's losses on 40 draws. Mistakes that show in the losses err above 0.5.",
)
EXCHANGED = Tolerance(
    rtol=0,
    atol=0.02,
    reason="On 400 draws all right shares were the oracle's, since no training is drawn in which a last bit decides "
    "which of two weights goes. Pruning nothing errs by all that is exchanged, 0.1 and more.",
)
READ_RIGHT_SPARSE = Tolerance(
    rtol=0,
    atol=0.04,
    reason="On 40 draws right runs read as many of the 600 digits as the oracle; 24 digits are allowed.",
)
FIRST_HALF = Tolerance(
    rtol=0,
    atol=0.1,
    reason="The places are drawn: of at least 472 active weights the share in the first half has a standard deviation "
    "below 0.023, a quarter of what is allowed. First places instead of drawn ones err by 0.15 and 0.33.",
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
SPARSE_PRODUCT_SPEED = Speed(
    case=sparse_cases.timed_product,
    limits=SpeedLimits(full=6, zero=12),
    reason="Both sides multiply 15 vectors, each by numbers of its own, at 99.8 % zeros. Right ways measured 1.0 "
    "(reduceat, put right later), 1.3 (np.add.at), 1.4 (bincount, running sum), up to 2.5 (rows of one length):"
    " twice that and more is full. Going back to the full matrix reads 83, a loop over the rows 40 and more. "
    "How costly the full matrix is depends on the memory: with 1024 x 1024 and 98 % zeros it read 11.7 on one "
    "processor and 4.2 on another, too near the right ways. One BLAS thread, CPU clock.",
    advice="How many numbers does one product touch, and by how many calls? Those that are kept are few and can "
    "be handled together.",
)
