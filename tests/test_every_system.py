"""What students run needs no Linux: nothing that one system lacks is used without a guard."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import nbformat
import pytest

from autograder.course import LABS

#: Modules that Windows lacks.
MODULES = {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "posix", "syslog", "readline"}
#: Of ``os``, ``signal``, ``time`` and ``threading``: what Windows, or macOS, lacks.
ATTRIBUTES = {
    *("SIGALRM", "SIGKILL", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGPROF", "setitimer", "alarm", "pthread_sigmask"),
    *("fork", "forkpty", "uname", "getuid", "geteuid", "setuid", "killpg", "setsid", "getpgid", "wait4", "waitpid"),
    *("sched_getaffinity", "sched_setaffinity", "getloadavg", "sysconf", "chown", "mkfifo", "memfd_create", "nice"),
    *("clock_gettime", "CLOCK_THREAD_CPUTIME_ID", "CLOCK_PROCESS_CPUTIME_ID", "pthread_getcpuclockid"),
}
PATHS = ("/proc", "/sys/", "/dev/", "/tmp", "/usr/", "/bin/", "/etc/", "schedstat")
FILES = sorted(p for p in LABS.rglob("*") if p.suffix in (".py", ".ipynb") and ".ipynb_checkpoints" not in p.parts)


def code_of(path) -> list[str]:
    if path.suffix == ".py":
        return [path.read_text("utf-8")]
    return [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]


def unguarded(tree: ast.AST, guarded: bool = False) -> Iterator[str]:
    """What is used outside a guard: a ``try`` that catches its absence, ``hasattr``, or a test of the system."""
    for child in ast.iter_child_nodes(tree):
        inside = guarded or _guards(tree, child)
        if not inside and (name := _needs_a_system(child)):
            yield f"line {getattr(child, 'lineno', 0)}: {name}"
        yield from unguarded(child, inside)


def _guards(parent: ast.AST, child: ast.AST) -> bool:
    if isinstance(parent, ast.Try):
        caught = " ".join(ast.unparse(handler.type) for handler in parent.handlers if handler.type)
        absent = ("ImportError", "ModuleNotFoundError", "AttributeError", "OSError", "FileNotFoundError", "Exception")
        return child in parent.body and any(name in caught for name in absent)
    if isinstance(parent, ast.If | ast.IfExp):
        test = ast.unparse(parent.test)
        return child is not parent.test and any(
            word in test for word in ("hasattr", "sys.platform", "os.name", ".exists(")
        )
    return False


def _needs_a_system(node: ast.AST) -> str:
    if isinstance(node, ast.Import):
        return next((alias.name for alias in node.names if alias.name in MODULES), "")
    if isinstance(node, ast.ImportFrom):
        names = {alias.name for alias in node.names} & ATTRIBUTES if node.module in ("os", "signal", "time") else set()
        return node.module if node.module in MODULES else next(iter(names), "")
    if isinstance(node, ast.Attribute):
        return node.attr if node.attr in ATTRIBUTES else ""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" not in node.value:
        return node.value if node.value.startswith(PATHS) or "schedstat" in node.value else ""
    return ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(LABS).as_posix())
def test_it_uses_nothing_that_one_system_lacks(path):
    assert [line for source in code_of(path) for line in unguarded(ast.parse(source))] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import fcntl", 1),
        ("try:\n    import fcntl\nexcept ImportError:\n    fcntl = None", 0),
        ("try:\n    import fcntl\nfinally:\n    pass", 1),
        ("n = len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count()", 0),
        ("n = len(os.sched_getaffinity(0))", 1),
        ("from os import fork", 1),
        ("open('/proc/self/status')", 1),
        ("if sys.platform == 'linux':\n    open('/proc/self/status')", 0),
        ("try:\n    pass\nexcept ImportError:\n    import resource", 1),
    ],
)
def test_the_scan_tells_a_guarded_use_from_one_that_is_not(source, found):
    assert len(list(unguarded(ast.parse(source)))) == found
