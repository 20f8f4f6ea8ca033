"""Lab 2's questions in notebook order: points, cases, oracles, tolerances and speed rules."""

from __future__ import annotations

from functools import partial

import cases
import oracles
import parameters

from aics.check.output import exact, specified
from aics.check.rules import SpeedLimits, Tolerance
from aics.doubles.changes import OVERWRITTEN, UNTOUCHED
from autograder.course.original import Original
from autograder.course.question import Question, Speed, Written

EXACT = Tolerance(
    rtol=1e-5,
    atol=1e-6,
    reason="Right answers are copied, counted or added without rounding; the room is for comparing with "
    "misconceptions' outputs, of which six digits are stored.",
)
SUMS = Tolerance(
    rtol=1e-5,
    atol=1e-6,
    reason="float32 sums in any order, also by FFT, err below 1e-6 of the largest value (measured); "
    "terms rounded to half precision err above 1e-4, a single wrong term above 1e-3.",
)
EXPONENTIALS = Tolerance(
    rtol=1e-4,
    atol=1e-4,
    reason="A float32 log-sum-exp that adds a shift of 1000 back errs by 6e-5 and is right; the mistakes err "
    "above 1e-2.",
)
WINOGRAD = Tolerance(
    rtol=5e-5,
    atol=1e-6,
    reason="F(4x4,3x3) in float32 errs by 3e-6 of the largest value (measured), more with unusual points; "
    "float16 errs above 1e-4, a wrong matrix entry above 1e-2.",
)

# Ratios below: time to the notebook's solution, one BLAS thread, CPU clock, 2 cores shared with other work.

FAST_FORWARD = Speed(
    case=cases.timed_conv,
    limits=SpeedLimits(full=10, zero=20),
    reason="Right and fast ways measured 0.9 (shifted products), 1.1 (stride tricks and einsum), 1.8 (picture "
    "by picture), 2.8 (tensordot; all pictures position by position), up to 4.8 (FFT, fancy index): twice that is "
    "full. A loop over positions and pictures reads 22 to 35, the four loops 75 (where "
    "the grader finds caches cold) to 490, and 28 once on a processor that eight loops kept busy.",
    advice="Count the NumPy calls of one forward pass, and ask of each how much it does. The sums can be one "
    "large matrix product for the whole batch; np.einsum multiplies entry by entry unless it may choose"
    " its way (optimize).",
)
FAST_BACKWARD = Speed(
    case=cases.timed_conv_backward,
    limits=SpeedLimits(full=14, zero=28),
    reason="Both sides run forward_speedup and backward_speedup. Right and fast ways measured 0.9 (shifted "
    "products), 1.5 (turned kernel), 1.7 (bincount), 2.6 (einsum), up to 7.0 (np.add.at, widely taught and "
    "slow): twice that is full. A loop over positions only reads 12 to 18, the four loops 52 "
    "(with the oldest of OpenBLAS's kernels) to 250.",
    advice="Count the NumPy calls of one backward pass, and ask of each how much it does. Both gradients can be "
    "large matrix products; what overlaps can be added up kernel entry by kernel entry, for all positions"
    " together.",
)
FAST_POOL = Speed(
    case=cases.timed_pool,
    limits=SpeedLimits(full=6, zero=12),
    reason="Right and fast ways measured 1.0 (masks), 1.5 (bincount), up to 2.9 (windows and np.add.at): twice "
    "that is full. The four loops read 53 to 230.",
    advice="A window has few positions, and there are many windows. Let each call handle one position of all windows "
    "together.",
)
FAST_WINOGRAD = Speed(
    case=cases.timed_winograd,
    limits=SpeedLimits(full=4, zero=10),
    reason="Right and fast ways measured 1.1 (tensordot), 1.4 (F(2x2,3x3)), up to 1.9 (Kronecker products): "
    "twice that is full. Tile by tile reads 24 (oldest kernels) to 52. In NumPy img2col reads 0.8 to 1.5: time "
    "cannot tell it from Winograd, and it gets full points.",
    advice="Count the NumPy calls of one forward pass. Transforms and products can each handle all tiles and all"
    " channels together.",
)

#: What each output is, for a person who looks at a card.
READS = {
    "output": "what forward returns",
    "bottom_diff": "the gradient of the loss with respect to the layer's input",
    "d_weight": "the gradient of the loss with respect to the weight",
    "d_bias": "the gradient of the loss with respect to the bias",
    "prob": "the probability of each class, a row for each picture",
    "loss": "the mean loss of the batch",
}
GRADIENTS = ("bottom_diff", "d_weight", "d_bias")


outputs = partial(specified, reads=READS)

QUESTIONS = [
    Question(
        name="fully_connected_forward",
        points=5,
        cases=cases.fully_connected,
        expected=oracles.fully_connected_forward,
        outputs=outputs(SUMS, "output"),
        original=Original(defines=("FullyConnectedLayer.forward",)),
    ),
    Question(
        name="fully_connected_backward",
        points=8,
        cases=cases.fully_connected_backward,
        expected=oracles.fully_connected_backward,
        outputs=[*outputs(SUMS, "bottom_diff", "d_weight"), *outputs(SUMS, "d_bias", axes=(1,))],
        builds_on=("fully_connected_forward",),
        original=Original(defines=("FullyConnectedLayer.backward",)),
    ),
    Question(
        name="relu",
        points=5,
        cases=cases.relu,
        expected=oracles.relu,
        outputs=outputs(EXACT, "output", "bottom_diff"),
        original=Original(defines=("ReLULayer.forward", "ReLULayer.backward")),
    ),
    Question(
        name="softmax_loss",
        points=8,
        cases=cases.softmax_loss,
        hidden=cases.softmax_far_apart,
        expected=oracles.softmax_loss,
        outputs=outputs(EXPONENTIALS, "prob", "loss", "bottom_diff") + UNTOUCHED,
        original=Original(
            defines=("SoftmaxLossLayer.forward", "SoftmaxLossLayer.get_loss", "SoftmaxLossLayer.backward"),
            without=(OVERWRITTEN,),
        ),
    ),
    Question(
        name="conv_output_size",
        points=4,
        cases=cases.conv_output_size,
        expected=oracles.conv_output_size,
        outputs=exact("output", reads="the size of the output, for each row of the case"),
    ),
    Question(
        name="conv_forward",
        points=12,
        cases=cases.conv,
        expected=oracles.conv_forward,
        outputs=outputs(SUMS, "output"),
        builds_on=("conv_output_size",),
        original=Original(defines=("ConvolutionalLayer.forward_raw|forward",)),
    ),
    Question(
        name="conv_backward",
        points=14,
        cases=cases.conv_backward,
        expected=oracles.conv_backward,
        outputs=outputs(SUMS, *GRADIENTS),
        builds_on=("conv_forward",),
        original=Original(defines=("ConvolutionalLayer.backward_raw|backward",)),
    ),
    Question(
        name="conv_forward_speedup",
        points=12,
        cases=cases.conv,
        hidden=cases.conv_one_stride,
        expected=oracles.conv_forward,
        outputs=outputs(SUMS, "output"),
        speed=FAST_FORWARD,
        builds_on=("conv_output_size",),
        original=Original(defines=("ConvolutionalLayer.forward_speedup|type",)),
    ),
    Question(
        name="conv_backward_speedup",
        points=12,
        cases=cases.conv_backward,
        expected=oracles.conv_backward,
        outputs=outputs(SUMS, *GRADIENTS),
        speed=FAST_BACKWARD,
        builds_on=("conv_forward_speedup",),
        original=Original(
            defines=("ConvolutionalLayer.forward_speedup|type", "ConvolutionalLayer.backward_speedup|backward")
        ),
    ),
    Question(
        name="pool_forward",
        points=5,
        cases=cases.pool,
        expected=oracles.pool_forward,
        outputs=outputs(EXACT, "output"),
        original=Original(defines=("MaxPoolingLayer.forward_raw|forward",)),
    ),
    Question(
        name="pool_backward",
        points=5,
        cases=cases.pool_backward,
        hidden=cases.pool_large,
        expected=oracles.pool_backward,
        outputs=outputs(EXACT, "bottom_diff"),
        builds_on=("pool_forward",),
        original=Original(
            defines=("MaxPoolingLayer.backward_raw_book|backward_raw|backward",), cases=cases.pool_backward_apart
        ),
    ),
    Question(
        name="pool_speedup",
        points=6,
        cases=cases.pool_backward,
        hidden=cases.pool_large,
        expected=oracles.pool_speedup,
        outputs=outputs(EXACT, "output", "bottom_diff"),
        speed=FAST_POOL,
        original=Original(
            defines=("MaxPoolingLayer.forward_speedup|type", "MaxPoolingLayer.backward_speedup|backward"),
            cases=cases.pool_backward_apart,
        ),
    ),
    Question(
        name="flatten",
        points=4,
        cases=cases.flatten,
        expected=oracles.flatten,
        outputs=outputs(EXACT, "output", "bottom_diff"),
        original=Original(
            defines=("FlattenLayer.forward", "FlattenLayer.backward"),
            cases=cases.flatten_to_rows,
            earlier=Original(defines=("FlattenLayer.forward",), cases=cases.flatten_to_rows, without=("bottom_diff",)),
        ),
    ),
    Question(
        name="conv_winograd",
        points=10,
        cases=cases.winograd,
        expected=oracles.conv_winograd,
        outputs=outputs(WINOGRAD, "output"),
        speed=FAST_WINOGRAD,
        bonus=True,
    ),
    Written(name="img2col_why", points=10, parameters=parameters.IMG2COL_WHY),
]
