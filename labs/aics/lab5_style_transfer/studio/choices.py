"""What a user of the studio chooses before a run begins."""

from __future__ import annotations

from dataclasses import dataclass

from aics import data
from aics.lab5_style_transfer.studio.errors import BadChoice


@dataclass(frozen=True, kw_only=True)
class Choices:
    """All that is chosen before a run begins, and does not change while it runs.

    content, style : names of pictures; longer : pixels of the longer side; weights : one of `weights_here()`
    """

    content: str = "cat"
    style: str = "scream"
    longer: int = 192
    weights: str = "mini"
    alpha: float = 1.0
    beta: float = 500.0
    noise: float = 0.5
    lr: float = 4.0

    @classmethod
    def usual(cls, weights: str) -> Choices:
        """Return choices that show something within a minute on two cores.

        The wider networks take about ten times as long a step, and their larger features need a smaller BETA.
        """
        return cls(weights=weights) if weights == "mini" else cls(weights=weights, longer=144, beta=50.0)

    def check(self) -> None:
        """Raise BadChoice if no run can begin with these."""
        if self.alpha == self.beta == 0:
            raise BadChoice("ALPHA and BETA are both 0, so nothing would change. Make one of them larger.")
        if self.lr <= 0:
            raise BadChoice(f"lr is {self.lr:g}, so nothing would change. Make it larger than 0.")


def weights_here() -> list[str]:
    """Return the names of the weights on this computer, the best first; `mini` always is."""
    return [name for name in reversed(data.WEIGHTS) if name == "mini" or data.has(name)]
