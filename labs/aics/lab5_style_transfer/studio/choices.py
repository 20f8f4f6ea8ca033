"""What a user of the studio chooses before a run begins."""

from __future__ import annotations

from dataclasses import dataclass

from aics.lab5_style_transfer.studio.errors import BadChoice
from aics.lab5_style_transfer.weights import USUAL
from aics.language import tr


@dataclass(frozen=True, kw_only=True)
class Choices:
    """All that is chosen before a run begins, and does not change while it runs.

    content, style : names of pictures; longer : pixels of the longer side; weights : one of `weights_here()`
    """

    content: str = "cat"
    style: str = "scream"
    longer: int = 192
    weights: str = "vgg16-int8"
    alpha: float = 1.0
    beta: float = 50.0
    noise: float = 0.5
    lr: float = 4.0

    @classmethod
    def usual(cls, weights: str) -> Choices:
        """Return choices that show something within a minute or so on two cores."""
        return cls(weights=weights, longer=USUAL[weights].longer, beta=USUAL[weights].beta)

    def check(self) -> None:
        """Raise BadChoice if no run can begin with these."""
        if self.alpha == self.beta == 0:
            raise BadChoice(tr("ALPHA and BETA are both 0, so nothing would change. Make one of them larger."))
        if self.lr <= 0:
            raise BadChoice(tr("lr is {lr:g}, so nothing would change. Make it larger than 0.", lr=self.lr))
