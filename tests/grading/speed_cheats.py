"""Tricks that slow the reference beside right and slow code; all other tricks on time are in autograder/attacks/."""

from __future__ import annotations

CHEATS = {
    "a thread burns while the reference is timed": """
import threading
def burn():
    while True:
        pass
for _ in range(2):
    threading.Thread(target=burn, daemon=True).start()
""",
    "processes burn while the reference is timed": """
import os, signal
for _ in range(4):
    if os.fork() == 0:
        for number in range(1, signal.NSIG):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        while True:
            pass
""",
    "processes wake each other from every stop": """
import os, signal
parent = os.getpid()
for _ in range(2):
    if os.fork() == 0:
        while True:
            os.kill(parent, signal.SIGCONT)
            os.kill(-1, signal.SIGCONT)
""",
}


def cheating(slow: str, cheat: str) -> str:
    """The cell: the slow method, then the trick, then whatever the trick made of it on the class."""
    start = "slow, LARGE = ConvolutionalLayer.forward_speedup, 10000\nforward_speedup = slow\n"
    return f"{slow}\n{start}\n{CHEATS[cheat]}\nConvolutionalLayer.forward_speedup = forward_speedup\n"
