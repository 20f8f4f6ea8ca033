"""Run as the real root by a path, not imported: show some folders to nobody, then become nobody.

``python -I -S gate.py '{"binds": {"/srv/course/labs/aics": "1/aics"}, "uid": 65534}' COMMAND...``

A course that lies below a folder which only root may enter cannot be read by the user that the
student's code runs as. Here a private copy of the mount table is made, each folder is bound under
`STAGE`, which everyone may enter in this copy only, and COMMAND is started as the unprivileged user.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys

STAGE = "/mnt"
CLONE_NEWNS = 0x00020000
MS_REC_PRIVATE = 0x4000 | (1 << 18)
MS_BIND_REC = 0x1000 | 0x4000
MS_NOSUID_NODEV = 2 | 4


def check(result: int, what: str) -> None:
    """Raise OSError if a libc call failed."""
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def stage(binds: dict[str, str]) -> None:
    """Bind each folder or file at its name under `STAGE`, in a private mount namespace."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mount.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_ulong, ctypes.c_char_p]
    check(libc.unshare(CLONE_NEWNS), "unshare")
    check(libc.mount(b"none", b"/", None, MS_REC_PRIVATE, None), "make the mount table private")
    sources = {path: os.open(path, os.O_PATH) for path in binds}
    check(libc.mount(b"stage", STAGE.encode(), b"tmpfs", MS_NOSUID_NODEV, b"size=1m,mode=755"), f"tmpfs {STAGE}")
    for path, name in binds.items():
        target = f"{STAGE}/{name}"
        os.makedirs(os.path.dirname(target), 0o755, exist_ok=True)
        if os.path.isdir(path):
            os.mkdir(target, 0o755)
        else:
            os.close(os.open(target, os.O_CREAT, 0o644))
        source = f"/proc/self/fd/{sources[path]}"
        check(libc.mount(source.encode(), target.encode(), None, MS_BIND_REC, None), f"bind {path}")
        os.close(sources[path])


def main(order: str, *command: str) -> None:
    """Stage, drop to the unprivileged user, and become the command."""
    asked = json.loads(order)
    try:
        stage(asked["binds"])
    except OSError as error:
        sys.exit(f"gate: {error}")
    os.setgroups([])
    os.setresgid(asked["uid"], asked["uid"], asked["uid"])
    os.setresuid(asked["uid"], asked["uid"], asked["uid"])
    os.execv(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])
