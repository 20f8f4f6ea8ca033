"""Answer with JSON that is nested as deeply as a header can be, or nearly."""

import itertools
import random
import socket
import struct
import threading


DEPTHS = itertools.cycle((random.choice((30000, 980, 960, 940, 900)), 30000))


def answer(connection):
    while connection.recv(1 << 20):
        depth = next(DEPTHS)
        nested = "[" * depth + "]" * depth
        text = f'{{"raised": {{"type": {nested}, "message": {nested}, "line": 1, "number": 1}}, "arrays": []}}'.encode()
        connection.sendall(struct.pack(">IQ", len(text), 0) + text)


connection = socket.socket(socket.AF_UNIX)
connection.connect("/run/ask/ask")
threading.Thread(target=answer, args=(connection,), daemon=True).start()
