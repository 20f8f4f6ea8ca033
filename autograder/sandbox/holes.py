"""What a canary got hold of, in words; the canary itself, inside, knows English alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import reduce

from aics.language import listed, noted, tr, values_in

#: What the attempts are about, in the canary's order.
ABOUT = noted(
    "network | sockets | host files | packages | writing | processes | namespaces | root | capabilities | limits | "
    "memory | words"
)
#: What they may get hold of; anything else is a path or a name, which is said as it is.
GOT = (
    noted("a connection to an abstract Unix socket"),
    noted("a connection to a Unix socket of the grader"),
    noted("a connection to {host} port {port}"),
    noted("a socket of family {family}, type {kind}"),
    noted("a writable mount of {folder}"),
    noted("the rights of {path}"),
    noted("process {pid}"),
    noted("a signal to the grader"),
    noted("the memory of process {pid}"),
    noted("the reins of process {pid}"),
    noted("the grader's {namespace}"),
    noted("unseen"),
    noted("user 0 outside"),
    noted("user or group 0"),
    noted("a new user namespace"),
    noted("a child in a new user namespace"),
    noted("programs with more rights"),
    noted("all system calls: there is no filter"),
    noted("no limit: {name}"),
    noted("a higher {limit}"),
    noted("shared memory without a name"),
    noted("a file in memory"),
    noted("a larger socket"),
    noted("a larger pipe"),
    noted("a queue of connections"),
    noted("a descriptor under way"),
    noted("shared memory of {path}"),
    noted("a lock"),
    noted("a record's lock"),
    noted("a lease"),
    noted("a hint"),
    noted("a watch"),
    noted("another {limit}"),
    noted("no answer ({error})"),
    noted("no answer"),
)
_PLACE = re.compile(r"\{(\w+)\}")


def holes(found: Mapping[str, Sequence[str]]) -> str:
    """Say in one sentence what the canary got hold of, of each attempt the first three things."""
    about = dict(zip(ABOUT.split(" | "), tr(ABOUT).split(" | "), strict=True))
    got = [
        tr("{attempt}: {things}", attempt=about[name.replace("_", " ")], things=listed(map(_told, some[:3])))
        for name, some in found.items()
        if some
    ]
    what = reduce(lambda first, then: tr("{first}; {then}", first=first, then=then), got)
    return tr("the canary got hold of something ({what})", what=what)


def _told(thing: str) -> str:
    """A thing that the canary names in English, in the language spoken."""
    for message in GOT:
        values = values_in(message, thing)
        if values is not None:
            return tr(message, **dict(zip(_PLACE.findall(message), values, strict=True)))
    return thing
