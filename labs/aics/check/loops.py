"""Whether code has a loop of Python's own: what is said of loops is said only to code that has one."""

from __future__ import annotations

import dis
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType

from aics.check.ask import given

#: Where Python's own modules lie.
LIBRARY = Path(dis.__file__).parent
_SPELLED = re.compile(r"^\s*(?:for|while)\b.*:|[(\[{].*\bfor\b.+\bin\b", re.MULTILINE)


def spells_loop(source: str) -> bool:
    """Whether a cell's text has a loop or a comprehension; it is not parsed, for a text can crash the parser.

    >>> spells_loop("for row in rows: f(row)"), spells_loop("y = np.einsum('ij,jk', a, b)  # for all rows")
    (True, False)
    """
    return bool(_SPELLED.search(re.sub("#.*", "", source)))


def runs_loop(call: Callable[[], object]) -> bool:
    """Whether any Python code that `call` runs, and a student wrote, has a loop or a comprehension."""
    ran: set[CodeType] = set()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call":
            ran.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        call()
    finally:
        sys.setprofile(before)
    return any(_turns_back(code) for code in ran if not (given(Path(code.co_filename)) or _pythons_own(code)))


def _pythons_own(code: CodeType) -> bool:
    return code.co_filename.startswith("<frozen") or LIBRARY in Path(code.co_filename).parents


def _turns_back(code: CodeType) -> bool:
    jumps = {*dis.hasjrel, *dis.hasjabs}
    return any(step.opcode in jumps and step.argval < step.offset for step in dis.get_instructions(code))
