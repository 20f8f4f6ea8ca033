"""Announce an answer, send half of it, and hang up."""

ASKED = ("relu",)

import struct

import aics.check.serve


def reply(connection, answer):
    connection.sendall(struct.pack(">IQ", 100, 0) + b"{" * 50)
    connection.close()


aics.check.serve.reply = reply
