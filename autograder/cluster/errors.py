"""What can go wrong with a cluster, in one line each."""

from __future__ import annotations

from autograder.course import CourseError

#: The one command that brings what is missing.
INSTALL = "`.venv/bin/pip install -e '.[cluster]'` brings it"


class ClusterError(CourseError):
    """The cluster cannot be used; the message says what to do."""


def not_installed() -> ClusterError:
    """Dask is not there."""
    return ClusterError(f"A cluster needs dask.distributed, which is not installed: {INSTALL}.")


def no_answer(address: str) -> ClusterError:
    """Nobody answers at a scheduler's address, or somebody who is none."""
    return ClusterError(
        f"No scheduler answers at {address}: start one by `autograder scheduler`, which prints its address, "
        "and see that a firewall lets it through. What was graded is kept: the same command goes on."
    )


def no_address(address: str) -> ClusterError:
    """A text that is no address."""
    return ClusterError(f"{address!r} is no scheduler's address: expected tcp://HOST:PORT or tls://HOST:PORT.")


def no_worker(address: str, isolation: str, seconds: float, others: str) -> ClusterError:
    """No worker may take hand-ins."""
    return ClusterError(
        f"No worker at {address} took hand-ins at level {isolation} for {seconds:g} seconds{others}. Start some by "
        f"`autograder worker {address}`, from a checkout and packages like this one's; the same command goes on."
    )
