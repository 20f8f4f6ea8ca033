"""Have well-formed frames sent whose header lists impossible arrays, another one at each connection."""

import itertools
import json
import struct

import aics.check.serve

ENTRIES = itertools.cycle(
    (
        {"dtype": "<f4", "shape": [0] + [1 << 26] * 7},
        {"dtype": ["<f4"], "shape": [1]},
        {"dtype": "|O", "shape": [1]},
        {"dtype": "<f4", "shape": [-1]},
        {"dtype": "<f4", "shape": [1] * 60},
        {"dtype": "<f4", "shape": {"score": 100}},
        {"dtype": "<f4", "shape": [10**4000]},
        "<f4",
    )
)


def reply(connection, answer):
    header = {"values": {name: {"array": 0} for name in ("output", "bottom_diff")}, "arrays": [next(ENTRIES)]}
    text = json.dumps(header).encode()
    connection.sendall(struct.pack(">IQ", len(text), 0) + text)


aics.check.serve.reply = reply
