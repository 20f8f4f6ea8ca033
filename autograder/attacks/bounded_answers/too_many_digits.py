"""Answer with a header whose numbers have more digits than Python reads."""

ASKED = ("relu",)

import struct

import aics.check.serve


def reply(connection, answer):
    text = b'{"raised": {"type": "", "message": "", "line": "", "number": %s}, "arrays": []}' % (b"9" * 5000)
    connection.sendall(struct.pack(">IQ", len(text), 0) + text)


aics.check.serve.reply = reply
