"""Lab 1's questions in notebook order: points, cases, oracles, tolerances and speed rules."""

from __future__ import annotations

from functools import partial

import cases
import oracles
import parameters

from aics.check.output import EXACT, specified
from aics.check.rules import SpeedLimits, Tolerance
from autograder.course.question import Question, Speed, Written

#: Files are what Pillow is for: opening, turning, converting. Resizing and blending are asked for, so it stops there.
WITH_PILLOW = ("PIL",)
#: What a given cell imports.
GIVEN = ("PIL",)

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
    rtol=3e-5,
    atol=1e-6,
    reason="float32 sums and products, in any order, err below 1e-5 of the largest value (measured); half precision "
    "errs above 1e-4 of it, rounding to whole levels by 2e-3, every known mistake by more than 1e-3.",
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
    reason="A fraction of 4096 fair coins strays from 1/2 by more than 0.06 once in 10^13 times; of all fractions "
    "of all cases one does so in 4 million hand-ins (computed in the tests). The mistakes are off by 0.2 or more, "
    "flags by 1.",
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
    limits=SpeedLimits(full=14, zero=28),
    reason="Right and fast ways measured 0.8 to 1.3 (columns first), 1.8 (weight matrices; 6.1 under OpenBLAS's "
    "kernels for Sandy Bridge), 3.2 (row by row, four gathers), up to 4.5 (whole index grids in float64, as many "
    "tutorials have it): twice that is full. The two loops read 60 to 260: 60 where the grader finds caches cold.",
    advice="What depends on a row alone, or on a column alone, need be computed only once for it; the pixels can"
    " then be fetched for all positions together.",
)

#: What each output is, for a person who looks at a card.
READS = {
    "picture": "the picture, height x width x 3",
    "raises ValueError": "whether a ValueError was raised, as it must where the crop is larger than the picture",
    "both sizes in its message": "whether it names, of each side that does not fit, the picture's size and the crop's",
    "crop": "the crop, height x width x 3",
    "output": "the picture that came back",
    "input_changed": "how many entries of the image that was handed in are no longer what they were",
    "channels_first": "the pictures with channels before rows and columns",
    "channels_last": "the pictures with channels after rows and columns",
    "contiguous": "for either function, whether its result lies in memory in the order of its own axes",
    "any_odd": "whether any picture came back neither as it was nor mirrored",
    "batch_changed": "whether the pictures that were handed in are no longer what they were",
    "odd_example": "a picture that is neither; zeros where there is none",
    "global_state_used": "whether NumPy's global random state was used instead of the generator",
    "share_flipped": "the fraction of 4,096 pictures that came back mirrored",
    "like_neighbour": "the fraction of pictures that share their neighbour's fate",
    "like_same_seed": "the fraction of pictures that share the fate they have in a second run with the same seed",
    "like_other_seed": "the fraction of pictures that share the fate they have in a run with another seed",
    "like_next_batch": "the fraction of pictures that share the fate they have in the generator's next batch",
    "crops": "eight crops with one generator, one after another",
    "pictures": "four pictures with one generator, one after another",
    "again": "the picture of the pipeline's second run, with the same generator",
    "next_draw": "the value that the generator returns next, after both runs",
    "from_iterator": "the second run of a pipeline whose steps came as an iterator",
    "nested": "the picture of a pipeline that holds another pipeline",
    "no_steps": "the picture of a pipeline without steps",
    "list_emptied": "the picture of the pipeline after the caller emptied the list of steps",
    "shape": "the shape of the network's input",
    "sample": "every eighth row and column of the network's input",
}


outputs = partial(specified, reads=READS)

QUESTIONS = [
    Question(
        name="read_image",
        allowed=WITH_PILLOW,
        points=8,
        cases=cases.read_image,
        hidden=cases.read_deep_turned,
        expected=oracles.read_image,
        outputs=outputs(DECODED, "picture", dtype="uint8"),
    ),
    Question(
        name="resize",
        points=14,
        cases=cases.resize,
        expected=oracles.resize,
        outputs=outputs(BLENDED, "picture"),
        speed=FAST_RESIZE,
    ),
    Question(
        name="center_crop",
        points=5,
        cases=cases.center_crop,
        expected=oracles.center_crop,
        outputs=outputs(EXACT, "raises ValueError", "both sizes in its message", dtype="bool")
        + outputs(COPIED, "crop", dtype="as expected"),
        parameters=parameters.CENTER_CROP,
    ),
    Question(
        name="resize_then_crop",
        points=8,
        cases=cases.resize_then_crop,
        expected=oracles.resize_then_crop,
        outputs=outputs(COPIED, "picture"),
    ),
    Question(
        name="crop_then_resize",
        points=8,
        cases=cases.crop_then_resize,
        expected=oracles.crop_then_resize,
        outputs=outputs(COPIED, "picture"),
    ),
    Question(
        name="normalize",
        points=8,
        cases=cases.normalize,
        expected=oracles.normalize,
        outputs=outputs(BLENDED, "output") + outputs(EXACT, "input_changed", dtype="integer"),
    ),
    Question(name="whiten", points=8, cases=cases.whiten, expected=oracles.whiten, outputs=outputs(BLENDED, "output")),
    Question(
        name="layout",
        points=6,
        cases=cases.layout,
        expected=oracles.layout,
        outputs=outputs(COPIED, "channels_first", "channels_last", dtype="as expected")
        + outputs(EXACT, "contiguous", dtype="bool"),
    ),
    Question(
        name="flip",
        points=6,
        cases=cases.flip,
        expected=oracles.flip,
        returned_bytes=24 << 20,  # five batches of 4096 pictures of up to 120 numbers, of 8 bytes each at most
        outputs=outputs(EXACT, "any_odd", "batch_changed", "global_state_used", dtype="bool")
        + outputs(CHANCE, "odd_example", "share_flipped", "like_neighbour", "like_same_seed")
        + outputs(CHANCE, "like_other_seed", "like_next_batch"),
    ),
    Question(
        name="random_resized_crop",
        points=9,
        cases=cases.random_resized_crop,
        hidden=cases.random_crop_that_fits_too_late,
        expected=oracles.random_resized_crop,
        outputs=outputs(COPIED, "crops"),
        parameters=parameters.RANDOM_RESIZED_CROP,
    ),
    Question(
        name="color_jitter",
        allowed=("matplotlib.colors",),
        points=9,
        cases=cases.color_jitter,
        expected=oracles.color_jitter,
        outputs=outputs(JITTERED, "pictures") + outputs(EXACT, "input_changed", dtype="integer"),
        parameters=parameters.COLOR_JITTER,
    ),
    Question(
        name="compose",
        points=5,
        cases=cases.compose,
        expected=oracles.compose,
        outputs=outputs(
            BLENDED, "picture", "again", "next_draw", "from_iterator", "nested", "no_steps", "list_emptied"
        ),
    ),
    Question(
        name="vgg_input",
        allowed=WITH_PILLOW,
        points=6,
        cases=cases.vgg_input,
        expected=oracles.vgg_input,
        returned_bytes=2 << 20,  # 3 x 224 x 224 numbers, of 8 bytes each at most
        outputs=outputs(EXACT, "shape", dtype="integer") + outputs(RESAMPLED, "sample"),
    ),
    Written(name="augmentation_survey", points=10),
]
