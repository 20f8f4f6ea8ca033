"""Read the environment and the command line of every process: secrets are often kept there."""

import os

for number in filter(str.isdigit, os.listdir("/proc")):
    for kind in ("environ", "cmdline"):
        try:
            print(number, open(f"/proc/{number}/{kind}").read().replace("\0", " ")[:4000])
        except OSError:
            continue
