"""Have well-formed frames sent whose header lists impossible arrays, another one at each connection."""

import itertools
import json
import random
import socket
import struct
import threading


ENTRIES = [
    {"dtype": "<f4", "shape": [0] + [1 << 26] * 7},
    {"dtype": ["<f4"], "shape": [1]},
    {"dtype": "|O", "shape": [1]},
    {"dtype": "<f4", "shape": [-1]},
    {"dtype": "<f4", "shape": [1] * 60},
    {"dtype": "<f4", "shape": {"score": 100}},
    {"dtype": "<f4", "shape": [10**4000]},
    "<f4",
]
random.shuffle(ENTRIES)
TURNS = itertools.cycle(ENTRIES)


def answer(connection):
    while connection.recv(1 << 20):
        header = {"values": {name: {"array": 0} for name in ("output", "bottom_diff")}, "arrays": [next(TURNS)]}
        text = json.dumps(header).encode()
        connection.sendall(struct.pack(">IQ", len(text), 0) + text)


connection = socket.socket(socket.AF_UNIX)
connection.connect("/run/ask/ask")
threading.Thread(target=answer, args=(connection,), daemon=True).start()
