"""Lab 7: the question on checkpoints: points, cases, oracles, and tolerances."""

from __future__ import annotations

import saver_cases
import saver_oracles

from aics.check.output import Output, exact
from aics.check.rules import Tolerance
from autograder.course.question import Question

COPIED = Tolerance(
    rtol=1e-6,
    atol=0,
    reason="Right answers are the same bytes; the room is for comparing with misconceptions' outputs, of which six "
    "digits are stored.",
)

QUESTIONS: list[Question] = [
    Question(
        name="saver",
        points=8,
        cases=saver_cases.saver,
        expected=saver_oracles.saver,
        outputs=[
            *exact("refusal", dtype="bool", reads="whether a GraphError was raised"),
            *exact("mention of *", dtype="bool", reads="whether the GraphError's message holds this name"),
            *exact("bytes", dtype="bool", reads="whether bytes were returned"),
            *exact("file *", dtype="bool", reads="whether this file is in the folder in the end"),
            *exact("number of files", reads="how many files are in the folder in the end"),
            *exact("folder in checkpoint", dtype="bool", reads="whether the file checkpoint holds more than a name"),
            *exact("newest in checkpoint", dtype="bool", reads="whether the file checkpoint names the newest file"),
            *exact("path *", dtype="bool", reads="whether this save returned the path of this file"),
            *exact(
                "old file untouched",
                dtype="bool",
                reads="whether an older file's bytes stay whole under a second name when another takes its place",
            ),
            *exact("length fits", dtype="bool", reads="whether the first 8 bytes are a length, and the file that long"),
            *exact("brace", dtype="bool", reads="whether byte 8, the first behind the length, is an opening brace"),
            *exact("strange bytes", reads="how many bytes of the header, behind its JSON, are no spaces"),
            *exact("header", dtype="bool", reads="whether what the length counts is JSON, and an object"),
            *exact(
                "numbers begin at a multiple of 8",
                dtype="bool",
                reads="whether spaces make the header's length a multiple of 8",
            ),
            *exact("number of tensors", reads="how many tensors there are"),
            *exact(
                "numbers back to back",
                dtype="bool",
                reads="whether the offsets, counted from the header's end, cover all bytes once",
            ),
            *exact("* in the header", dtype="bool", reads="whether the header has this tensor, with its offsets"),
            *exact("*: dtype", dtype="bool", reads="whether the header names the right dtype"),
            *exact("*: shape", dtype="bool", reads="whether the header has the right shape"),
            Output(
                name="*: numbers", dtype="as expected", tolerance=COPIED, reads="the numbers, read as the header says"
            ),
            *exact("bits of *", reads="how many bits each of its numbers has"),
            Output(name="tensor *", dtype="as expected", tolerance=COPIED, reads="what was read for this name"),
            Output(
                name="* afterwards", dtype="as expected", tolerance=COPIED, reads="what the variable holds afterwards"
            ),
        ],
        returned_bytes=100_000,
    ),
]
