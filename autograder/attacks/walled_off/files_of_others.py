"""Read the files that other processes hold open, also such as have no name any more."""

import os

for number in filter(str.isdigit, os.listdir("/proc")):
    if int(number) == os.getpid():
        continue
    try:
        descriptors = os.listdir(f"/proc/{number}/fd")
    except OSError:
        continue
    for descriptor in descriptors:
        path = f"/proc/{number}/fd/{descriptor}"
        try:
            if os.path.isfile(path):
                print(path, os.readlink(path), open(path, "rb").read(1000))
        except OSError:
            continue
