"""Tricks on top of a forward_speedup that is right and slow; `slow` is that method, `LARGE` tells a timed input."""

from __future__ import annotations

CHEATS = {
    "fake clocks": """
import time
for name in ("perf_counter", "process_time", "monotonic", "time", "thread_time"):
    setattr(time, name, lambda: 0.0)
    setattr(time, name + "_ns", lambda: 0)
time.clock_gettime = time.clock_gettime_ns = lambda clock: 0
""",
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
    "cached by identity": """
answers = {}
def forward_speedup(self, input):
    key = id(input)
    if key not in answers:
        answers[key] = slow(self, input)
    return answers[key]
""",
    "cached by shape": """
answers = {}
def forward_speedup(self, input):
    key = input.shape if input.size > LARGE else input.tobytes() + self.weight.tobytes()
    if key not in answers:
        answers[key] = slow(self, input)
    return answers[key]
""",
    "cached by content": """
answers = {}
def forward_speedup(self, input):
    key = input.tobytes(), self.weight.tobytes(), self.bias.tobytes(), self.stride, self.padding
    if key not in answers:
        answers[key] = slow(self, input)
    return answers[key]
""",
    "right when not timed": """
def forward_speedup(self, input):
    return slow(self, input) if input.size < LARGE else np.zeros((5, 16, 22, 26), np.float32)
""",
    "right in the warm-up only": """
seen = []
def forward_speedup(self, input):
    if input.size > LARGE:
        seen.append(1)
    return slow(self, input) if len(seen) < 3 else np.zeros((5, 16, 22, 26), np.float32)
""",
    "one picture of five": """
def forward_speedup(self, input):
    output = np.repeat(slow(self, input[:1]), len(input), 0) if input.size > LARGE else slow(self, input)
    return output
""",
    "an object that computes later": """
class Later:
    def __init__(self, *work):
        self.work = work
    def __array__(self, *args, **kwargs):
        return slow(*self.work)
def forward_speedup(self, input):
    return Later(self, input)
""",
    "a thread that computes, the answer half empty": """
import threading
def forward_speedup(self, input):
    if input.size < LARGE:
        return slow(self, input)
    output = np.zeros((5, 16, 22, 26), np.float32)
    try:
        threading.Thread(target=lambda: np.copyto(output, slow(self, input))).start()
    except RuntimeError:
        pass
    return output
""",
    "processes kept ready compute, and are gone before they are counted": """
import os, time
from multiprocessing import Pipe
ready = []
for _ in range(40):
    ours, theirs = Pipe()
    pid = os.fork()
    if pid == 0:
        layer, x = theirs.recv()
        theirs.send(slow(layer, x))
        os._exit(0)
    theirs.close()
    ready.append((ours, pid))
def forward_speedup(self, input):
    if input.size < LARGE:
        return slow(self, input)
    worker, pid = ready.pop()
    worker.send((self, input))
    while not worker.poll():
        began = time.thread_time()
        while time.thread_time() - began < 0.003:
            pass
        time.sleep(0.006)
    output = worker.recv()
    os.waitpid(pid, 0)
    return output
""",
    "processes started for each call": """
import os, resource
def forward_speedup(self, input):
    if input.size < LARGE:
        return slow(self, input)
    for limit in (resource.RLIMIT_NPROC, resource.RLIMIT_CPU):
        try:
            resource.setrlimit(limit, (resource.getrlimit(limit)[1],) * 2)
        except (OSError, ValueError):
            pass
    parts = []
    for picture in input:
        read, write = os.pipe()
        try:
            pid = os.fork()
        except OSError:
            return slow(self, input)
        if pid == 0:
            os.write(write, slow(self, picture[None]).tobytes())
            os._exit(0)
        os.close(write)
        parts.append(read)
    rows = [b"".join(iter(lambda: os.read(read, 1 << 16), b"")) for read in parts]
    return np.frombuffer(b"".join(rows), np.float32).reshape(5, 16, 22, 26)
""",
    "an ask that answers from what it was asked before": """
import aics.check.serve
known = {}
properly = aics.check.serve.ask
def ask(function, namespace, case, *rest):
    key = function.__name__, case["x"].shape
    if key not in known or case["x"].size < LARGE:
        known[key] = properly(function, namespace, case, *rest)
    return known[key]
aics.check.serve.ask = ask
""",
}


def cheating(slow: str, cheat: str) -> str:
    """The cell: the slow method, then the trick, then whatever the trick made of it on the class."""
    start = "slow, LARGE = ConvolutionalLayer.forward_speedup, 10000\nforward_speedup = slow\n"
    return f"{slow}\n{start}\n{CHEATS[cheat]}\nConvolutionalLayer.forward_speedup = forward_speedup\n"
