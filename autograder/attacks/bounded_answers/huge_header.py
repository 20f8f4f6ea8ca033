"""Announce a header of 4 GB and a body of many, and begin to send it."""

ASKED = ("relu",)

import socket
import struct
import threading


def answer(connection):
    while connection.recv(1 << 20):
        connection.sendall(struct.pack(">IQ", (1 << 32) - 1, (1 << 64) - 1))
        while True:
            connection.sendall(bytes(1 << 20))


connection = socket.socket(socket.AF_UNIX)
connection.connect("/run/ask/ask")
threading.Thread(target=answer, args=(connection,), daemon=True).start()
