"""Answer with JSON that is nested as deeply as a header can be, closed and unclosed by turns."""

import itertools
import struct

import aics.check.serve

DEPTHS = itertools.cycle((30000, 980, 960, 940, 900))


def reply(connection, answer):
    depth = next(DEPTHS)
    nested = "[" * depth + "]" * depth
    text = f'{{"raised": {{"type": {nested}, "message": {nested}, "line": 1, "number": 1}}, "arrays": []}}'.encode()
    connection.sendall(struct.pack(">IQ", len(text), 0) + text)


aics.check.serve.reply = reply
