"""The studio's page: choices on the left, buttons and the growing picture on the right."""

from __future__ import annotations

import functools
import html
import threading
from pathlib import Path

import ipywidgets as widgets
import numpy as np

from aics.demos.trouble import error_sentence
from aics.lab5_style_transfer.pictures.texture import picture_of
from aics.lab5_style_transfer.pictures.transfer import TransferFrame
from aics.lab5_style_transfer.studio.controls import Controls, Handler
from aics.lab5_style_transfer.studio.saved_run import saved_runs
from aics.lab5_style_transfer.studio.session import Phase, Session, Transfer
from aics.language import noted, tr

#: Pixels of the longer side of the picture that is sent to the page a few times a second.
_LONGEST_SENT = 640
_STYLE = """<style>
.aics-studio-frame img { height: clamp(260px, 26vw, 560px); width: auto; }
.aics-studio p { line-height: 1.4; }
.aics-studio-frame p { font-variant-numeric: tabular-nums; }
.aics-studio-trouble { border-left: 4px solid #D55E00; padding-left: .6em; font-weight: 600; }
.aics-studio-empty { border: 1px dashed #888; padding: 2em; max-width: 38em; }
.aics-studio .widget-label { text-align: left; }
</style>"""
_SENTENCES = {
    Phase.EMPTY: noted("Choose a photo and a painting, and press Start."),
    Phase.PREPARING: noted("Reading the weights, and looking at both pictures ..."),
    Phase.RUNNING: noted("Painting. Stop when you like; nothing is lost."),
    Phase.STOPPING: noted("Stopping after this step ..."),
}
_STOPPED = noted("Stopped after step {step}. Go on takes up from there, with the choices that the run began with.")
_DONE = noted("All {step} steps are done. Go on takes more, with the choices that the run began with.")
_NOTHING = noted("The picture will grow here, and beside it the curves of its losses.")


class Studio(widgets.VBox):
    """The page on which a user chooses, starts, watches, stops, continues and saves a run."""

    def __init__(self, session: Session, saved: Path) -> None:
        """Show `session`; `saved` is the folder that runs are saved in."""
        self.session, self._saved = session, saved
        self._drawing = threading.RLock()
        self._note = ""
        self.controls = Controls(session.pictures, self._handled)
        self.estimate = widgets.HTML()
        self.status, self.time_left, self.frame = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.frame.add_class("aics-studio-frame")
        self.start = self._button(tr("Start"), tr("Begin a run with these choices"), self._begin, "primary")
        self.stop = self._button(tr("Stop"), tr("Stop after this step"), lambda: session.stop())
        self.go_on = self._button(tr("Go on"), tr("Go on where it stopped"), self._go_on)
        self.start_over = self._button(tr("Start over"), tr("Begin anew with these choices"), self._begin)
        self.save = self._button(tr("Save"), tr("Save the picture, and the run to go on with"), self._save)
        self.saved_runs = widgets.Dropdown(description=tr("saved runs"), style={"description_width": "6.5em"})
        self.reopen = self._button(tr("Open"), tr("Take up the saved run"), self._open)
        self.controls.observe_size(lambda _: self._estimate())
        session.on_change = self._refresh
        super().__init__([widgets.HTML(_STYLE), self._laid_out()])
        self.add_class("aics-studio")
        self._list_saved()
        self._estimate()
        self._refresh()

    def __repr__(self) -> str:
        return tr("The studio: choose a photo and a painting, and watch one become the other. It needs a live page.")

    def _laid_out(self) -> widgets.Widget:
        left = widgets.VBox([self.controls, self.estimate], layout=widgets.Layout(width="21em", flex="0 0 auto"))
        buttons = widgets.HBox([self.start, self.stop, self.go_on, self.start_over, self.save])
        kept = widgets.HBox([self.saved_runs, self.reopen])
        right = widgets.VBox([buttons, kept, self.status, self.frame, self.time_left])
        right.layout = widgets.Layout(flex="1 1 30em", min_width="0", padding="0 0 0 1.5em")
        return widgets.HBox([left, right], layout=widgets.Layout(flex_flow="row wrap"))

    def _button(self, text: str, tip: str, action: Handler, style: str = "") -> widgets.Button:
        button = widgets.Button(description=text, tooltip=tip, button_style=style)
        button.layout.width = "auto"
        button.on_click(lambda _: self._handled(action)())
        return button

    def _handled(self, action: Handler) -> Handler:
        """Wrap an action so that its errors are shown in the page."""

        @functools.wraps(action)
        def safely(*arguments: object) -> None:
            self._note = ""
            try:
                action(*arguments)
            except Exception as error:
                self.session.trouble = error_sentence(error)
            self._refresh()

        return safely

    def _begin(self) -> None:
        self.session.begin(self.controls.choices, self.controls.steps.value)

    def _go_on(self) -> None:
        self.session.go_on(self.controls.steps.value)

    def _save(self) -> None:
        folder = self.session.save(self._saved)
        self._note = tr(
            "Saved in {folder}: the picture is painted.png, and Open takes up the run.", folder=folder.resolve()
        )
        self._list_saved()

    def _open(self) -> None:
        self.session.open(self._saved / self.saved_runs.value, self.controls.steps.value)
        self.session.wait()
        if self.session.transfer and not self.session.trouble:
            self.controls.show(self.session.transfer.choices)

    def _list_saved(self) -> None:
        names = [folder.name for folder in saved_runs(self._saved)]
        self.saved_runs.options = names
        self.saved_runs.value = names[0] if names else None

    def _estimate(self) -> None:
        """Say what a run with these choices would need, before it begins."""
        self.estimate.value = tr("Reading the weights ...")
        try:
            memory = self.session.memory_estimate(self.controls.choices)
            self.estimate.value = _sentence(str(memory), trouble=not memory.fits)
        except Exception as error:
            self.estimate.value = _sentence(error_sentence(error), trouble=True)

    def _refresh(self) -> None:
        """Show the session as it is now; called from its thread too."""
        with self._drawing:
            session, transfer = self.session, self.session.transfer
            self._refresh_buttons()
            self.status.value = self._status()
            if transfer is None:
                self.frame.value = f'<p class="aics-studio-empty">{tr(_NOTHING)}</p>'
                return
            try:
                self.frame.value = _drawn(transfer, session.until)
            except Exception as error:  # the picture and its mean colour come from the lab's code
                self.frame.value = _sentence(error_sentence(error), trouble=True)
            self.time_left.value = _time_left(transfer, session.until) if session.busy else ""

    def _refresh_buttons(self) -> None:
        busy, begun = self.session.busy, self.session.transfer is not None
        self.controls.enable(not busy)
        self.start.disabled = busy or begun
        self.stop.disabled = not busy or self.session.phase is Phase.STOPPING
        self.go_on.disabled = self.start_over.disabled = busy or not begun
        self.save.disabled = not begun
        self.reopen.disabled = busy or not self.saved_runs.options

    def _status(self) -> str:
        """What the session is doing, and what went wrong."""
        session = self.session
        text = tr(_SENTENCES.get(session.phase, ""))
        if session.phase is Phase.RESTING and session.transfer:
            text = _resting(session.transfer.run.step, session.until)
        lines = [_sentence(text), _sentence(self._note), _sentence(session.trouble, trouble=True)]
        return f'<div role="status">{"".join(lines)}</div>'


def _sentence(text: str, *, trouble: bool = False) -> str:
    """A paragraph, or nothing."""
    mark = ' class="aics-studio-trouble"' if trouble else ""
    return f"<p{mark}>{html.escape(text)}</p>" if text else ""


def _resting(step: int, until: int) -> str:
    """What the page says between two steps, or after the last one."""
    return tr(_STOPPED if step < until else _DONE, step=step)


def _drawn(transfer: Transfer, until: int) -> str:
    """The picture and its curves, small enough to be sent a few times a second."""
    from PIL import Image

    state = transfer.run.now
    image = Image.fromarray(picture_of(state.image, transfer.net.image_mean))
    image.thumbnail((_LONGEST_SENT, _LONGEST_SENT))
    return TransferFrame(np.asarray(image), state.losses, until)._repr_mimebundle_()["text/html"]


def _time_left(transfer: Transfer, until: int) -> str:
    """How long a step takes, and about how long the rest will take."""
    state = transfer.run.now
    if not state.losses:
        return ""
    each = state.seconds / len(state.losses)
    left = each * (until - len(state.losses))
    return _sentence(tr("{each:.2g} s a step, about {left:.0f} s left", each=each, left=left))
