"""A real kernel in a test: what a cell shows until it is done."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator
from contextlib import contextmanager

from jupyter_client.manager import start_new_kernel


@contextmanager
def running() -> Iterator[tuple]:
    """A kernel's manager and client."""
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        yield manager, client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def outputs(client, identity, seconds=60, enough=None):
    """What a cell shows: texts, every state of a display, an error's name; until all is said, or that is enough."""
    found, ends = [], time.monotonic() + seconds
    while time.monotonic() < ends:
        if len(found) == enough:
            return found
        try:
            message = client.get_iopub_msg(timeout=1)
        except queue.Empty:
            continue
        if message["parent_header"].get("msg_id") != identity:
            continue
        kind, content = message["msg_type"], message["content"]
        if kind == "status" and content["execution_state"] == "idle":
            return found
        if kind in ("stream", "error"):
            found.append(content.get("text") or content["ename"])
        elif kind in ("display_data", "update_display_data"):
            found.append(content["data"]["text/plain"])
    raise TimeoutError
