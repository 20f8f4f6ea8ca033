"""Answer one byte at a time, so that something always comes and it is never all."""

ASKED = ("relu",)

import socket
import threading
import time


def answer(connection):
    while connection.recv(1 << 20):
        for byte in (0, 0, 1, 0) + (0,) * 7 + (9,) + (32,) * 100000:
            connection.sendall(bytes([byte]))
            time.sleep(0.01)


connection = socket.socket(socket.AF_UNIX)
connection.connect("/run/ask/ask")
threading.Thread(target=answer, args=(connection,), daemon=True).start()
