"""Take the grader's call, and answer with bytes that are no frame."""

ASKED = ("relu",)

import random
import socket
import threading


def answer(connection):
    while connection.recv(1 << 20):
        connection.sendall(random.randbytes(4096))


connection = socket.socket(socket.AF_UNIX)
connection.connect("/run/ask/ask")
threading.Thread(target=answer, args=(connection,), daemon=True).start()
