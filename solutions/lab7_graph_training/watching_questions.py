"""Lab 7: questions on what TensorBoard reads; points, cases, oracles, and tolerances with their reasons."""

from __future__ import annotations

import watching_cases
import watching_oracles

from aics.check.output import EXACT, Output, exact
from aics.check.rules import Tolerance
from autograder.course.question import Question

HALVED = Tolerance(
    rtol=1e-6,
    atol=0,
    reason="Four bytes hold 24 bits of a number, 6e-8 of it, and values are float32 already; the mistakes read "
    "another number.",
)
SUMS = Tolerance(
    rtol=1e-5,
    atol=0,
    reason="Up to 120 float32 numbers, added in float32 or float64 in any order: below 1e-6 of the sum, measured on "
    "200 draws; the mistakes err above 1e-2.",
)
STATISTICS = Tolerance(
    rtol=1e-5,
    atol=1e-35,
    reason="Up to 99 float32 numbers in float64, the result perhaps as float32: 6e-8. Vanishing ones are of the "
    "size of 1e-26 and less, so that next to no error is allowed beside the relative one.",
)
WIDTHS = Tolerance(
    rtol=1e-5,
    atol=1e-35,
    reason="Thirty equal steps in float64, perhaps kept as float32: 6e-8; a limit too few or too many is 3e-2.",
)

_READABLE = [
    *exact("bytes that cannot be read", reads="how many bytes of messages stand where a reader has to give up"),
    *exact(
        "fields that TensorBoard does not know",
        reads="how many fields have another number, or another kind of value, than TensorBoard's description says",
    ),
]

QUESTIONS = [
    Question(
        name="event_file",
        points=9,
        cases=watching_cases.event_file,
        expected=watching_oracles.event_file,
        allowed=("aics.lab7_graph_training.crc32c", "aics.lab7_graph_training.bucket_limits"),
        returned_bytes=200_000,
        outputs=[
            *exact("varint of *", dtype="uint8", reads="the bytes that varint gives for this number"),
            *exact("field", dtype="uint8", reads="the bytes of the whole field: key, length, data"),
            *exact("masked crc", reads="the masked checksum of the data, a number from 0 to 2^32 - 1"),
            *exact("bytes of the record", reads="how many bytes the record has, 16 more than its data"),
            *exact("length at the front", reads="what the first 8 bytes say, read as a little-endian number"),
            *exact("crc behind the length", reads="what the next 4 bytes say, read as a little-endian number"),
            *exact("data", dtype="uint8", reads="what stands between the first 12 bytes and the last 4"),
            *exact("crc behind the data", reads="what the last 4 bytes say, read as a little-endian number"),
            Output(name="wall_time", tolerance=EXACT, reads="the event's time in seconds, from field 1"),
            *exact("step", reads="the event's step, from field 2"),
            *exact("file_version *", dtype="bool", reads="whether field 3 of the event holds these letters"),
            *exact("values in the summary", reads="how many values stand in the event's summary"),
            *exact("bytes of the tag", reads="how many bytes the value's tag has"),
            *exact("tag is the one given", dtype="bool", reads="whether the tag's bytes are the letters in UTF-8"),
            *exact("times * is there", reads="how often the value has this field"),
            Output(name="simple_value", tolerance=HALVED, finite=False, reads="the number in the value's field 2"),
            Output(name="min", tolerance=HALVED, reads="the smallest of the values"),
            Output(name="max", tolerance=HALVED, reads="the largest of the values"),
            Output(name="num", tolerance=HALVED, reads="how many values there are"),
            Output(name="sum", tolerance=SUMS, reads="the sum of the values"),
            Output(name="sum_squares", tolerance=SUMS, reads="the sum of the squares of the values"),
            *exact("bucket_limit beyond bucket", reads="how many more limits there are than counts"),
            Output(
                name="* limits of filled buckets",
                tolerance=EXACT,
                reads="where the buckets that hold something end, or where they begin: at the limit before their own; "
                "the first begins at the minimum and is left out there",
            ),
            Output(
                name="counts of filled buckets",
                tolerance=EXACT,
                reads="how many values lie in each bucket that holds something",
            ),
            *_READABLE,
        ],
    ),
    Question(
        name="graph_def",
        points=3,
        cases=watching_cases.graph_def,
        expected=watching_oracles.graph_def,
        returned_bytes=200_000,
        outputs=[
            *exact("nodes", reads="how many nodes the GraphDef has"),
            *exact("* is there", dtype="bool", reads="whether a node of the GraphDef has this whole name"),
            *exact("op of *", dtype="bool", reads="whether the node's field 2 holds these letters"),
            *exact("device of *", dtype="bool", reads="whether the node's field 4 holds these letters"),
            *exact("inputs of *", reads="how many inputs the node has, with those that it only waits for"),
            *exact("input *", dtype="bool", reads="whether the input at this place, counted from 0, is this one"),
            *exact("^*", dtype="bool", reads="whether it is among the inputs, behind those that bring values"),
            *_READABLE,
        ],
    ),
    Question(
        name="gradient_summary",
        points=2,
        cases=watching_cases.gradient_summary,
        expected=watching_oracles.gradient_summary,
        outputs=[
            *exact("count", reads="how many entries are finite numbers"),
            *exact("not_finite", reads="how many entries are nan or infinite"),
            Output(name="limits", tolerance=WIDTHS, reads="the 31 limits of the 30 buckets"),
            *exact("counts", reads="how many finite entries lie in each of the 30 buckets"),
            Output(
                name="*",
                tolerance=STATISTICS,
                finite=False,
                reads="the statistic of this name, of the finite entries; nan where there is none",
            ),
        ],
    ),
]
