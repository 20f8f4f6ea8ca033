"""Tries to break out of the sandbox it runs in; the grader starts it before it trusts the sandbox.

Each attempt returns what it got hold of, or nothing. One that gets hold of something is a hole.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import socket
from typing import Any

#: What the grader tells: addresses of its listeners, paths that exist outside, its namespaces.
Facts = dict[str, Any]


def network(facts: Facts) -> list[str]:
    """Connect to the grader's own listeners, which wait for it, and look for network interfaces."""
    got = [f"the interface {name}" for _, name in socket.if_nameindex() if name != "lo"]
    tries = [
        (socket.AF_INET, (facts["host"], facts["port"]), f"{facts['host']} port {facts['port']}"),
        (socket.AF_UNIX, "\0" + facts["abstract"], "an abstract Unix socket"),
    ]
    for family, address, name in tries:
        with socket.socket(family) as line:
            line.settimeout(2)
            if line.connect_ex(address) == 0:
                got.append(f"a connection to {name}")
    return got


def host_files(facts: Facts) -> list[str]:
    """Find any of the paths that exist outside: the course, the gradebook, the home folder."""
    return [path for path in facts["hidden"] if os.path.lexists(path)]


def packages(facts: Facts) -> list[str]:
    """List the packages of the instructor's environment."""
    return [f"{path}/{name}" for path in facts["packages"] if os.path.isdir(path) for name in os.listdir(path)][:3]


def writing(_facts: Facts) -> list[str]:
    """Write wherever there is a folder that is not the private one, and make a read-only one writable."""
    got = []
    libc = ctypes.CDLL(None, use_errno=True)
    for folder in ("/", "/usr/bin", "/usr/lib", "/etc", "/env", "/env/bin", "/aics", "/run", "/run/kernel", "/dev"):
        if libc.mount(None, folder.encode(), None, ctypes.c_ulong(0x20 | 0x1000), None) == 0:
            got.append(f"a writable mount of {folder}")
        try:
            os.close(os.open(f"{folder}/canary", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            os.unlink(f"{folder}/canary")
        except OSError:
            continue
        got.append(f"{folder}/canary")
    for path in ("/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/etc/passwd", "/run/kernel/main.py"):
        try:
            os.close(os.open(path, os.O_WRONLY))
        except OSError:
            continue
        got.append(path)
    return got


def processes(facts: Facts) -> list[str]:
    """See a process other than this one and the sandbox's first, or share a namespace with the grader."""
    got = [f"process {pid}" for pid in os.listdir("/proc") if pid.isdigit() and int(pid) not in (1, os.getpid())]
    for name, number in facts["namespaces"].items():
        if os.stat(f"/proc/self/ns/{name}").st_ino == number:
            got.append(f"the grader's {name} namespace")
    return got


def root(_facts: Facts) -> list[str]:
    """Be, or become, user 0; the grader itself looks at who this is outside."""
    got = []
    if 0 in (*os.getresuid(), *os.getresgid(), *os.getgroups()):
        got.append("user or group 0")
    try:
        os.setuid(0)
        got.append("setuid(0)")
    except OSError:
        pass
    return got


def capabilities(_facts: Facts) -> list[str]:
    """Hold a capability, be able to gain one, or start a user namespace."""
    got = []
    with open("/proc/self/status") as status:
        fields = {name: value.strip() for name, _, value in (line.partition(":") for line in status)}
    got += [f"{name} {fields[name]}" for name in ("CapPrm", "CapEff", "CapBnd", "CapAmb") if int(fields[name], 16)]
    if fields.get("NoNewPrivs") != "1":
        got.append("programs with more rights")
    if ctypes.CDLL(None).unshare(0x10000000) == 0:
        got.append("a new user namespace")
    # The system call filter refuses the above already; a fork into a namespace goes past it.
    sigchld, new_user = 17, 0x10000000
    clone = {"x86_64": 56, "aarch64": 220}.get(os.uname().machine)
    if clone is not None:
        child = ctypes.CDLL(None).syscall(clone, new_user | sigchld, 0, 0, 0, 0)
        if child == 0:
            os._exit(0)
        if child > 0:
            os.waitpid(child, 0)
            got.append("a child in a new user namespace")
    return got


def limits(_facts: Facts) -> list[str]:
    """Run without a limit, or raise one."""
    got = []
    for name in ("RLIMIT_NPROC", "RLIMIT_DATA", "RLIMIT_FSIZE", "RLIMIT_NOFILE"):
        which = getattr(resource, name)
        soft, hard = resource.getrlimit(which)
        if resource.RLIM_INFINITY in (soft, hard):
            got.append(f"no {name}")
        try:
            resource.setrlimit(which, (soft, hard + 1))
            got.append(f"a higher {name}")
        except (ValueError, OSError):
            pass
    return got


ATTEMPTS = (network, host_files, packages, writing, processes, root, capabilities, limits)


def run(channel: int, facts: Facts) -> None:
    """Make every attempt and tell the grader what each got hold of."""
    found = {}
    for attempt in ATTEMPTS:
        try:
            found[attempt.__name__] = attempt(facts)
        except Exception as error:  # an attempt that breaks proves nothing
            found[attempt.__name__] = [f"no answer ({type(error).__name__}: {error})"]
    text = json.dumps({"kind": "canary", "found": found}).encode()
    with socket.socket(fileno=channel) as line:
        line.sendall(len(text).to_bytes(4, "big") + text)
