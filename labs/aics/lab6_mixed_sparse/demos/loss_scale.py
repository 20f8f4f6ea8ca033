"""The demo of the loss scale: a gradient's histogram slides through the range of half precision."""

from __future__ import annotations

from collections.abc import Sequence

from aics.demos.controls import Choice, Control, Film, Slider
from aics.demos.demo import Demo, Scene, Values, View
from aics.lab6_mixed_sparse.demos.loss_scale_markup import Shown, drawn, percent, waiting
from aics.lab6_mixed_sparse.demos.training_scale import INTERVAL, STEPS, Gradients
from aics.language import noted, tr

PIECE, WHOLE = noted("one piece of 65,536"), noted("all of the batch")
BY_HAND, BY_ITSELF = noted("by hand"), noted("by itself")
MOST = 48
COMPUTING = noted("LeNet reads its digits: the gradients are being computed.")
BRIEF = noted("LeNet reads its digits")
ALT = noted(
    "Gradients of LeNet's weights, the loss times 2 to the {power}. In half precision {vanished} have vanished, "
    "{subnormal} are subnormal, {normal} have all digits, {infinite} have overflowed."
)
STEP_ALT, BOTH = noted("Step {step} of {steps}. {alt}"), noted("{first} {then}")
CAPTION = noted(
    "By the chain rule the loss's scale is in every gradient: the whole histogram moves. In the end they become "
    "float32 and are divided by it again."
)
SKIPPED = noted("Some gradient is infinite: the scale is halved, and this step is skipped.")
TAKEN = noted("No gradient is infinite: the step is taken. After {interval} such steps in a row the scale is doubled.")


class LossScale(Demo):
    """A slider moves a gradient's histogram through half precision's range."""

    name = "loss-scale"
    title = noted("Gradients that vanish")
    about = noted("Scale the loss: a whole gradient slides out of the zone where half precision has only zeros.")
    ask = noted(
        "In half precision these gradients become 0. By how much can the loss be multiplied before one is infinite?"
    )
    keys = noted("The left and right arrow keys halve and double the scale.")

    def __init__(self) -> None:
        super().__init__()
        self._gradients = Gradients(lambda: self.changed())

    @property
    def controls(self) -> Sequence[Control]:
        """What can be chosen."""
        return (
            Slider("power", tr("Scale of the loss"), 0, MOST, 0, power=True),
            Choice("batch", tr("100 digits are"), (PIECE, WHOLE), PIECE),
            Choice("way", tr("The scale is found"), (BY_HAND, BY_ITSELF), BY_HAND),
            Film("step", tr("Steps of a training, by itself"), STEPS, milliseconds=250),
        )

    def scene(self, values: Values, view: View) -> Scene:
        """Draw the histogram, half precision's zones, and what becomes of the gradient."""
        self._gradients.begin()
        shown = self._shown(values)
        if shown is None:
            return Scene(waiting(tr(COMPUTING), tr(BRIEF), view), tr(COMPUTING), tr(CAPTION))
        alt = _alt(shown)
        said = tr(CAPTION)
        if shown.powers:
            said = tr(SKIPPED) if shown.skipped[-1] else tr(TAKEN, interval=INTERVAL)
            alt = tr(STEP_ALT, step=len(shown.powers), steps=STEPS, alt=alt)
        trouble = self._gradients.trouble
        return Scene(drawn(shown, view), alt, tr(BOTH, first=trouble, then=said) if trouble else said)

    def stepped(self, right: int, down: int, values: Values) -> Values:
        """Double or halve the scale; where it finds itself, go to the next step or back."""
        del down
        if values["way"] == BY_ITSELF:
            return {"step": min(max(values["step"] + right, 0), STEPS - 1)}
        return {"power": min(max(values["power"] + right, 0), MOST)}

    def chosen(self, name: str, values: Values) -> Values:
        """Whoever moves the scale finds it by hand; whoever plays the film sees it find itself."""
        del values
        return {"power": {"way": BY_HAND}, "step": {"way": BY_ITSELF}}.get(name, {})

    def whose(self) -> str:
        """Say whose layers have computed the gradients."""
        return self._gradients.whose

    def close(self) -> None:
        """Stop the training."""
        super().close()
        self._gradients.close()

    def _shown(self, values: Values) -> Shown | None:
        """What these choices show; None while it is not computed yet."""
        if values["way"] == BY_ITSELF:
            frames = self._gradients.frames[: int(values["step"]) + 1]
            if not frames:
                return None
            now, skipped = frames[-1], [frame.skipped for frame in frames]
            return Shown(now.power, now.bins, now.shares, None, [frame.power for frame in frames], skipped, STEPS)
        gradient, power = self._gradients.first.get(values["batch"] == PIECE), int(values["power"])
        if gradient is None:
            return None
        return Shown(power, gradient.bins(power), gradient.shares(power), gradient.bins(0))


def _alt(shown: Shown) -> str:
    shares = {name: percent(share) for name, share in shown.shares._asdict().items()}
    return tr(ALT, power=shown.power, **shares)
