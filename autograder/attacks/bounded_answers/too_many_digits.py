"""Answer with a header whose numbers have more digits than Python reads."""

ASKED = ("relu",)

import socket
import struct
import threading


def answer(connection):
    while connection.recv(1 << 20):
        text = b'{"raised": {"type": "", "message": "", "line": "", "number": %s}, "arrays": []}' % (b"9" * 5000)
        connection.sendall(struct.pack(">IQ", len(text), 0) + text)


connection = socket.socket(socket.AF_UNIX)
connection.connect("/run/ask/ask")
threading.Thread(target=answer, args=(connection,), daemon=True).start()
