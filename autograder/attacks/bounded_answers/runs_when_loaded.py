"""Answer with a NumPy file of objects, which are unpickled by whoever loads it."""

ASKED = ("relu",)
READER = "files"

import io
import socket
import struct
import threading

import numpy as np


class Answer:
    def __reduce__(self):
        return exec, ("print('marker: code of a hand-in runs here')",)


def answer(connection):
    file = io.BytesIO()
    np.save(file, np.array([Answer()], dtype=object), allow_pickle=True)
    connection.sendall(struct.pack("!i", len(file.getvalue())) + file.getvalue())
    connection.recv(1)


connection = socket.socket(socket.AF_UNIX)
connection.connect("/run/ask/ask")
threading.Thread(target=answer, args=(connection,), daemon=True).start()
