"""Let threads burn while the reference is timed, so that the machine looks too busy for a fair reading."""

ASKED = ("conv_forward_speedup",)
CELL = "conv_forward_speedup"

import threading


def burn():
    here, there = np.zeros((2, 8 << 20), np.uint8)
    while True:
        np.copyto(here, there)


for _ in range(4):
    threading.Thread(target=burn, daemon=True).start()
