"""Answer one byte at a time, so that something always comes and it is never all."""

ASKED = ("relu",)

import time

import aics.check.serve


def reply(connection, answer):
    for byte in (0, 0, 1, 0) + (0,) * 7 + (9,) + (32,) * 100000:
        connection.sendall(bytes([byte]))
        time.sleep(0.01)


aics.check.serve.reply = reply
