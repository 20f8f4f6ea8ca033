"""Lab 7: what stands in the bytes that a student's functions made for TensorBoard, read by another reader.

Of one message there are many right encodings: fields in any order, numbers that are 0 left out, many numbers packed
into one field or not. So bytes are read, and what is compared is what was read.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np

from aics.check.ask import Outputs
from aics.check.returned import Returned
from aics.lab7_graph_training.protobuf import (
    EIGHT_BYTES,
    FOUR_BYTES,
    LENGTH,
    VARINT,
    Field,
    Malformed,
    double,
    doubles,
    fields,
    signed,
)

#: Numbers and kinds of the fields that TensorBoard's own description has.
EVENT = {1: (EIGHT_BYTES,), 2: (VARINT,), **dict.fromkeys(range(3, 11), (LENGTH,))}
SUMMARY = {1: (LENGTH,)}
VALUE = {1: (LENGTH,), 2: (FOUR_BYTES,), **dict.fromkeys(range(3, 10), (LENGTH,))}
HISTOGRAM = {**dict.fromkeys(range(1, 6), (EIGHT_BYTES,)), **dict.fromkeys((6, 7), (LENGTH, EIGHT_BYTES))}
GRAPH = {1: (LENGTH,), 2: (LENGTH,), 3: (VARINT,), 4: (LENGTH,), 5: (LENGTH,)}
NODE = dict.fromkeys(range(1, 8), (LENGTH,))
#: A number beyond is taken for infinite, and one below its reciprocal for 0.
LARGEST = 1e30
VERSION = b"brain.Event:2"
UNREAD, UNKNOWN = "bytes that cannot be read", "fields that TensorBoard does not know"


class Reading:
    """What came out of nested messages, and what could not be read.

    unread : bytes of messages from where they could not be read; unknown : fields of a wrong number or kind
    """

    def __init__(self) -> None:
        self.unread = self.unknown = 0

    def of(self, data: object, known: Mapping[int, Collection[int]]) -> dict[int, list[Any]]:
        """The values of a message's known fields, by their numbers, in order."""
        found: dict[int, list[Any]] = {number: [] for number in known}
        whole = data if isinstance(data, bytes) else b""
        try:
            for field in fields(whole):
                self._take(field, known, found)
        except Malformed as error:
            self.unread += len(whole) - error.place
        return found

    def _take(self, field: Field, known: Mapping[int, Collection[int]], found: dict[int, list[Any]]) -> None:
        if field.kind in known.get(field.number, ()):
            found[field.number].append(field.value)
        else:
            self.unknown += 1

    def many(self, values: Sequence[object]) -> list[float]:
        """Numbers of eight bytes, packed or not."""
        numbers: list[float] = []
        for value in values:
            try:
                numbers += map(_number, doubles(value if isinstance(value, bytes) else b""))
            except Malformed:
                self.unread += len(value) if isinstance(value, bytes) else 0
        return numbers

    @property
    def said(self) -> Outputs:
        """The two counts as outputs."""
        return {UNREAD: self.unread, UNKNOWN: self.unknown}


def event_file(returned: Returned, *, about: str, tag: str = "", **_: object) -> Outputs:
    """The bytes themselves where there is one right way; else what can be read in them."""
    readers: dict[str, Callable[[bytes], Outputs]] = {
        "record": _record,
        "version_event": _version_event,
        "scalar_event": lambda data: _scalar_event(data, tag),
        "histogram_event": lambda data: _histogram_event(data, tag),
    }
    if about not in readers:
        return returned.beside()
    return readers[about](_octets(returned, "record" if about == "record" else "event"))


def _number(value: float) -> float:
    """A number as a float32 could hold it too: eight bytes that are none may read as 1e-320, or as 1e+300."""
    if abs(value) > LARGEST:
        return float(np.copysign(np.inf, value))
    return 0.0 if abs(value) < 1 / LARGEST else value


def _octets(returned: Returned, name: str) -> bytes:
    return returned.shaped(name, -1).astype(np.uint8).tobytes()


def _record(data: bytes) -> Outputs:
    """The four parts of a record."""
    whole = data.ljust(16, b"\0")
    length, crc = struct.unpack_from("<qI", whole)
    return {
        "bytes of the record": len(data),
        "length at the front": length,
        "crc behind the length": crc,
        "data": np.frombuffer(whole[12:-4], np.uint8),
        "crc behind the data": struct.unpack("<I", whole[-4:])[0],
    }


def _event(reading: Reading, data: bytes) -> tuple[dict[int, list[Any]], Outputs]:
    event = reading.of(data, EVENT)
    return event, {"wall_time": _number(double(_last(event[1], bytes(8)))), "step": signed(_last(event[2], 0))}


def _last(values: Sequence[Any], default: Any) -> Any:
    return values[-1] if values else default


def _version_event(data: bytes) -> Outputs:
    reading = Reading()
    event, said = _event(reading, data)
    return said | {"file_version is brain.Event:2": _last(event[3], b"") == VERSION} | reading.said


def _value(reading: Reading, data: bytes, tag: str) -> tuple[dict[int, list[Any]], Outputs]:
    """An event's only value, and what is said of it."""
    event, said = _event(reading, data)
    values = [value for summary in event[5] for value in reading.of(summary, SUMMARY)[1]]
    value = reading.of(_last(values, b""), VALUE)
    name = _last(value[1], b"")
    told = {"bytes of the tag": len(name), "tag is the one given": name == tag.encode()}
    return value, said | {"values in the summary": len(values)} | told


def _scalar_event(data: bytes, tag: str) -> Outputs:
    reading = Reading()
    value, said = _value(reading, data, tag)
    numbers = [struct.unpack("<f", number)[0] for number in value[2]]
    return said | {"times simple_value is there": len(numbers), "simple_value": _last(numbers, 0.0)} | reading.said


def _histogram_event(data: bytes, tag: str) -> Outputs:
    reading = Reading()
    value, said = _value(reading, data, tag)
    histogram = reading.of(_last(value[5], b""), HISTOGRAM)
    names = ("min", "max", "num", "sum", "sum_squares")
    numbers = {name: _number(double(_last(histogram[number], bytes(8)))) for number, name in enumerate(names, 1)}
    limits, counts = (reading.many(histogram[number]) for number in (6, 7))
    said |= {"times histo is there": len(value[5]), **numbers, "bucket_limit beyond bucket": len(limits) - len(counts)}
    return said | _filled_buckets(limits, counts) | reading.said


def _filled_buckets(limits: Sequence[float], counts: Sequence[float]) -> Outputs:
    """Of the buckets that hold something: where each begins and ends, and how much it holds.

    Where the first of them begins, no bucket says: TensorBoard takes the minimum.
    """
    filled = [place for place, (_, count) in enumerate(zip(limits, counts, strict=False)) if count]
    return {
        "upper limits of filled buckets": np.array([limits[place] for place in filled], np.float64),
        "lower limits of filled buckets": np.array([limits[place - 1] if place else np.inf for place in filled[1:]]),
        "counts of filled buckets": np.array([counts[place] for place in filled], np.float64),
    }


def graph_def(returned: Returned, *, nodes: Sequence[Mapping[str, Any]], **_: object) -> Outputs:
    """What the bytes say of each node of the graph."""
    reading = Reading()
    found = [reading.of(node, NODE) for node in reading.of(_octets(returned, "graph"), GRAPH)[1]]
    for each in found:
        _read_attributes(reading, each[5])
    by_name = {_last(each[1], b"").decode("utf-8", "replace"): each for each in found}
    nothing: dict[int, list[Any]] = {number: [] for number in NODE}
    said: Outputs = {"nodes": len(found)}
    for node in nodes:
        said |= _node(node, by_name.get(node["name"], nothing), node["name"] in by_name)
    return said | reading.said


def _read_attributes(reading: Reading, entries: Sequence[object]) -> None:
    """Read a node's attributes, which may hold anything, as far as they are messages."""
    for entry in entries:
        for value in reading.of(entry, {1: {LENGTH}, 2: {LENGTH}})[2]:
            reading.of(value, {number: {VARINT, LENGTH, FOUR_BYTES, EIGHT_BYTES} for number in range(1, 16)})


def _node(wanted: Mapping[str, Any], found: Mapping[int, list[Any]], there: bool) -> Outputs:
    """Whether a node is there; its operator, its device, and the place of each of its inputs."""
    name = wanted["name"]
    texts = {number: [text.decode("utf-8", "replace") for text in found[number]] for number in (2, 3, 4)}
    inputs = [text.removesuffix(":0") for text in texts[3]]
    said: Outputs = {
        f"{name} is there": there,
        f"op of {name} is {wanted['op']}": _last(texts[2], "") == wanted["op"],
        f"device of {name} is {wanted['device']}": _last(texts[4], "") == wanted["device"],
        f"inputs of {name}": len(inputs),
    }
    for place, tensor in enumerate(wanted["inputs"]):
        what = tensor.removesuffix(":0")
        said[f"input {place} of {name} is {what}"] = inputs[place : place + 1] == [what]
    behind = inputs[len(wanted["inputs"]) :]
    return said | {f"^{node} is behind the inputs of {name}": f"^{node}" in behind for node in wanted["after"]}
