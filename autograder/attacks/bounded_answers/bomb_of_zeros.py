"""Answer with a compressed file of two megabytes that holds two gigabytes of zeros."""

ASKED = ("relu",)
READER = "files"

import io
import socket
import struct
import threading
import zipfile

import numpy as np


def bomb():
    head = io.BytesIO()
    np.lib.format.write_array_header_1_0(head, {"descr": "|u1", "fortran_order": False, "shape": (2 << 30,)})
    file = io.BytesIO()
    archive = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
    with archive, archive.open("output.npy", "w", force_zip64=True) as entry:
        entry.write(head.getvalue())
        for _ in range(2 << 6):
            entry.write(bytes(16 << 20))
    return file.getvalue()


def answer(connection):
    data = bomb()
    connection.sendall(struct.pack("!i", len(data)) + data)
    connection.recv(1)


connection = socket.socket(socket.AF_UNIX)
connection.connect("/run/ask/ask")
threading.Thread(target=answer, args=(connection,), daemon=True).start()
