"""Answer with 480 MB of zeros, which is what the header says it is."""

ASKED = ("relu",)

import json
import socket
import struct
import threading


def answer(connection):
    while connection.recv(1 << 20):
        size = 480 << 20
        header = {"values": {"output": {"array": 0}}, "arrays": [{"dtype": "|u1", "shape": [size]}]}
        text = json.dumps(header).encode()
        connection.sendall(struct.pack(">IQ", len(text), size) + text)
        for _ in range(480):
            connection.sendall(bytes(1 << 20))


connection = socket.socket(socket.AF_UNIX)
connection.connect("/run/ask/ask")
threading.Thread(target=answer, args=(connection,), daemon=True).start()
