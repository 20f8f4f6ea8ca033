"""What is said of the released cells that a repair put back, and of what stood beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from aics.language import listed as said_in_a_row
from aics.language import tr
from autograder.intake.messages import say

#: From so many locked cells that differ a notebook is taken for one of an older edition.
OLDER = 3


@dataclass(frozen=True, kw_only=True)
class Restored:
    """The names of cells by what was the matter with them; a stub is to be filled, all others are locked.

    Attributes
    ----------
    stubs, missing : sequence of str
        Stubs and locked cells that were not there.
    doubled, edited, added : sequence of str
        Locked cells that were there twice, had another text, or had something added to them.
    retyped, beside : sequence of str
        Cells that had changed between code and text; written answers that were recognised by their place.
    shuffled : bool
        Whether cells were in another order.
    """

    stubs: Sequence[str]
    missing: Sequence[str]
    doubled: Sequence[str]
    edited: Sequence[str]
    retyped: Sequence[str]
    added: Sequence[str]
    beside: Sequence[str]
    shuffled: bool

    def remarks(self) -> list[str]:
        """Return a remark for each finding; one for all locked cells of a notebook of an older edition."""
        older = self._is_older()
        named = (
            ("restored.missing", self.stubs if older else [*self.missing, *self.stubs]),
            ("restored.doubled", self.doubled),
            ("restored.edited", [] if older else self.edited),
            ("restored.retyped", self.retyped),
        )
        remarks = [self._older()] if older else self._beside()
        remarks += [say(finding, names=listed(names)) for finding, names in named if names]
        return remarks + ([say("restored.order")] if self.shuffled else [])

    def _is_older(self) -> bool:
        """Whether many locked cells differ, and in more than one way."""
        ways = (self.missing, self.edited, self.added)
        return sum(map(bool, ways)) > 1 and len(set(chain(*ways))) >= OLDER

    def _older(self) -> str:
        differ = list(dict.fromkeys([*self.edited, *self.missing, *self.added]))
        key = "older_edition.beside" if self.beside else "older_edition"
        return say(key, count=len(differ), names=listed(differ), beside=listed(self.beside))

    def _beside(self) -> list[str]:
        added = [say("added", names=listed(self.added))] if self.added else []
        return added + [say("beside_its_cell", name=name) for name in self.beside]


def listed(names: Iterable[str], limit: int = 8) -> str:
    """Return names as a short list: ``a, b and 3 more``."""
    names = list(dict.fromkeys(names))
    more = len(names) - limit
    shown = said_in_a_row(names[:limit])
    return tr("{names}, and {count} more", names=shown, count=more) if more > 0 else shown
