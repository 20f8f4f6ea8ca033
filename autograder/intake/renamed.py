"""Files by another kind's name: a zip that is called a notebook, since an upload took nothing else."""

from __future__ import annotations

import io
from contextlib import closing

from autograder.intake import zips
from autograder.intake.handin import MAX_FILE, MAX_PRINTED, Refused
from autograder.intake.messages import say
from autograder.intake.names import is_notebook_name
from autograder.intake.printed import notebook_bytes
from autograder.intake.walk import is_left_behind

_ZIP = b"PK\x03\x04"


def unzipped(data: bytes) -> tuple[bytes, list[str]]:
    """Return a notebook's bytes, out of the zip that they may be, and what is to be said of that.

    A zip that holds no notebook, or several, is returned as it is.
    """
    if not data.startswith(_ZIP):
        return data, []
    try:
        with closing(zips.open_zip(io.BytesIO(data))) as archive:
            inside = [each for each in zips.members(archive) if _is_notebook(each)]
            if len(inside) != 1:
                return data, []
            pieces = zips.unpack(archive, inside[0].info, zips.Budget(MAX_PRINTED, 1), MAX_PRINTED)
            return notebook_bytes(pieces)[: MAX_FILE + 1], [say("renamed", name="/".join(inside[0].parts))]
    except Refused:
        return data, []


def _is_notebook(member: zips.Member) -> bool:
    return not member.refusal and is_notebook_name(member.parts[-1]) and not any(map(is_left_behind, member.parts))
