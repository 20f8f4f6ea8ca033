"""Announce an answer, send half of it, and hang up."""

ASKED = ("relu",)

import socket
import struct
import threading


def answer(connection):
    connection.recv(1 << 20)
    connection.sendall(struct.pack(">IQ", 100, 0) + b"{" * 50)
    connection.close()


connection = socket.socket(socket.AF_UNIX)
connection.connect("/run/ask/ask")
threading.Thread(target=answer, args=(connection,), daemon=True).start()
