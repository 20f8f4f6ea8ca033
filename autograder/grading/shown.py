"""What is kept of a hand-in's outputs for its pages: counted as well as weighed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from aics.language import noted, tr

#: A notebook cell's outputs, as nbformat has them.
Outputs = list[dict[str, object]]
LEFT_OUT = noted(
    "{count} more outputs of this cell are left out: a page shows {cell} of a cell, {hand_in} of a hand-in.\n"
)


@dataclass
class Shown:
    """How much may still be kept of one hand-in.

    Attributes
    ----------
    outputs, characters : int
        What is left of the whole hand-in.
    of_a_cell : int
        The most outputs of one cell.
    """

    outputs: int = 1000
    characters: int = 8 << 20
    of_a_cell: int = 100

    def kept(self, outputs: Sequence[Mapping[str, object]]) -> Outputs:
        """The outputs of one cell that are kept; a line says how many are not."""
        kept = [dict(output) for output in takewhile(self._take, outputs[: self.of_a_cell])]
        if len(kept) < len(outputs):
            words = tr(LEFT_OUT, count=len(outputs) - len(kept), cell=self.of_a_cell, hand_in=Shown.outputs)
            kept.append({"output_type": "stream", "name": "stderr", "text": words})
        return kept

    def _take(self, output: Mapping[str, object]) -> bool:
        """Count an output, if there is room for it."""
        size = len(str(output))
        if self.outputs < 1 or size > self.characters:
            return False
        self.outputs, self.characters = self.outputs - 1, self.characters - size
        return True
