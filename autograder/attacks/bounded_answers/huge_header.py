"""Announce a header of 4 GB and a body of many, and begin to send it."""

ASKED = ("relu",)

import struct

import aics.check.serve


def reply(connection, answer):
    connection.sendall(struct.pack(">IQ", (1 << 32) - 1, (1 << 64) - 1))
    while True:
        connection.sendall(bytes(1 << 20))


aics.check.serve.reply = reply
