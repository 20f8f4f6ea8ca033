"""What can go wrong with a cluster, in one line each."""

from __future__ import annotations

from dataclasses import dataclass

from aics.language import tr, words
from autograder.course import CourseError

#: The one command that brings what is missing.
INSTALL = "`.venv/bin/pip install -e '.[cluster]'`"


NO_WORKER = {
    "none": "No worker at {address} took hand-ins at level {isolation} for {seconds:g} seconds: there is none. Start "
    "some by `autograder worker {address}`, from a checkout and packages like this one's; the same command goes on.",
    "level": "No worker at {address} took hand-ins at level {isolation} for {seconds:g} seconds: there are {there}, "
    "and they have at most level {level}. Start some by `autograder worker {address}`, from a checkout and packages "
    "like this one's; the same command goes on.",
    "rules": "No worker at {address} took hand-ins at level {isolation} for {seconds:g} seconds: there are {there}, "
    "and they have other rules, so another version, or other packages. Start some by `autograder worker {address}`, "
    "from a checkout and packages like this one's; the same command goes on.",
}
say = words(NO_WORKER)


@dataclass(frozen=True)
class Others:
    """Workers that are there and do not fit: how many, why (a key of `NO_WORKER`), and the level that they have."""

    count: int = 0
    why: str = "none"
    level: str = ""


class ClusterError(CourseError):
    """The cluster cannot be used; the message says what to do."""


def not_installed() -> ClusterError:
    """Dask is not there."""
    return ClusterError(
        tr("A cluster needs dask.distributed, which is not installed: {install} brings it.", install=INSTALL)
    )


def no_answer(address: str) -> ClusterError:
    """Nobody answers at a scheduler's address, or somebody who is none."""
    return ClusterError(
        tr(
            "No scheduler answers at {address}: start one by `autograder scheduler`, which prints "
            "its address, and see that a firewall lets it through. What was graded is kept: the same "
            "command goes on.",
            address=address,
        )
    )


def no_address(address: str) -> ClusterError:
    """A text that is no address."""
    return ClusterError(
        tr("{address!r} is no scheduler's address: expected tcp://HOST:PORT or tls://HOST:PORT.", address=address)
    )


def no_worker(address: str, isolation: str, seconds: float, others: Others) -> ClusterError:
    """No worker may take hand-ins."""
    about = {"address": address, "isolation": isolation, "seconds": seconds, "there": others.count}
    return ClusterError(say(others.why, **about, level=others.level))
