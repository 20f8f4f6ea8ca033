"""Begin a call of the kernel's with the answer that no signal stops, and that takes longer than the reference."""

ASKED = ("conv_forward_speedup",)
CELL = "conv_forward_speedup"

import ctypes
import threading
import time

libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
SIZE, READ_WRITE, PRIVATE_FILLED = 300 << 20, 3, 0x2 | 0x20 | 0x8000
go = threading.Event()


def fill():
    while True:
        go.wait()
        go.clear()
        libc.munmap(libc.mmap(None, SIZE, READ_WRITE, PRIVATE_FILLED, -1, 0), SIZE)


threading.Thread(target=fill, daemon=True).start()


def forward_speedup(self, input):
    output = slow(self, input)
    if input.size >= LARGE:
        go.set()
        time.sleep(0.001)
    return output
