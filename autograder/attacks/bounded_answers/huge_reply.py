"""Answer with 480 MB of zeros, which is what the header says it is."""

ASKED = ("relu",)

import json
import struct

import aics.check.serve


def reply(connection, answer):
    size = 480 << 20
    header = {"values": {"output": {"array": 0}}, "arrays": [{"dtype": "|u1", "shape": [size]}]}
    text = json.dumps(header).encode()
    connection.sendall(struct.pack(">IQ", len(text), size) + text)
    for _ in range(480):
        connection.sendall(bytes(1 << 20))


aics.check.serve.reply = reply
