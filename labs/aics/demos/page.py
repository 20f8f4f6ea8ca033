"""One demo's page: what to ask the class, the controls, the stage, and what is seen on it in words."""

from __future__ import annotations

import html
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import ipywidgets as widgets

from aics.demos.choosers import chooser
from aics.demos.demo import Demo, Scene, Values, View
from aics.demos.look import LABEL, PROJECTED
from aics.demos.stage import Stage
from aics.demos.trouble import error_sentence
from aics.language import noted, tr

RESET, RESET_TIP = noted("Reset"), noted("Everything as it was at first")
ASK, GUESS = noted("Ask the class:"), noted("Guess first:")
#: Pixels left below the stage for a caption of two or three lines, by the height of a letter.
_SPARE_LINES = 4
#: Pixels of the column of controls, at a desk and on a projector.
CONTROL_WIDTH = (272, 290)


class DemoPage(widgets.VBox):
    """A demo with its controls; in a page of its own, or below a cell."""

    def __init__(self, demo: Demo, *, whole: bool = True) -> None:
        """Show `demo`; `whole` where it has a page of its own."""
        self.demo, self._view = demo, View()
        self._drawing = threading.RLock()
        self._quiet = False
        self._note = ""
        self.choosers = {control.name: chooser(control, self._say) for control in demo.controls}
        self.stage = self._stage(whole)
        self.caption, self.trouble = widgets.HTML(), widgets.HTML()
        self.reset = widgets.Button(description=tr(RESET), tooltip=tr(RESET_TIP), layout={"width": "auto"})
        self.reset.on_click(lambda _: self._reset())
        for name, each in self.choosers.items():
            each.observe(partial(self._changed, name))
        demo.changed = self.draw
        super().__init__([self._asked(ASK if whole else GUESS), self._laid_out()])
        self.project(False)

    def __repr__(self) -> str:
        title, about = tr(self.demo.title), tr(self.demo.about)
        return tr("{title}: {about} It needs a live page.", title=title, about=about)

    def close(self) -> None:
        """Close the demo, too: what it does in a thread stops."""
        self.demo.close()
        super().close()

    def project(self, on: bool) -> None:
        """Draw for the back row, or for a desk again."""
        label = PROJECTED if on else LABEL
        self._left.layout.width = f"{CONTROL_WIDTH[on]}px"
        self.stage.spare = _SPARE_LINES * label
        self._view = View(self._view.width, self._view.height, label)
        self.draw()

    def draw(self) -> None:
        """Show the choices as they are now; called from a demo's thread too."""
        with self._drawing:
            try:
                scene = self.demo.scene(self.values, self._view)
            except Exception as error:
                scene = None
                self._note = error_sentence(error)
            self._show(scene)

    @property
    def values(self) -> Values:
        """What is chosen now."""
        return {name: each.value for name, each in self.choosers.items()}

    def _stage(self, whole: bool) -> Stage:
        listens = {"draggable": self.demo.draggable, "hovering": self.demo.hovering, "steps": bool(self.demo.keys)}
        stage = Stage(self._pointed, self._stepped, whole=whole, **listens)
        stage.observe(lambda change: self._resized(*change["new"]), "size")
        return stage

    def _asked(self, whom: str) -> Any:
        return widgets.HTML(f'<p class="aics-ask"><b>{tr(whom)}</b> {html.escape(tr(self.demo.ask))}</p>')

    def _laid_out(self) -> Any:
        hints = [tr(self.demo.keys), self.demo.whose()]
        quiet = widgets.HTML("".join(f'<p class="aics-quiet">{html.escape(hint)}</p>' for hint in hints if hint))
        controls = [each.widget for each in self.choosers.values()]
        self._left = widgets.VBox([*controls, self.reset, quiet], layout={"flex": "0 1 auto", "overflow": "visible"})
        self._left.add_class("aics-left")
        right = widgets.VBox([self.stage, self.trouble, self.caption])
        right.layout = widgets.Layout(flex="1 1 320px", min_width="0", overflow="visible")
        right.add_class("aics-right")
        return widgets.HBox([self._left, right], layout={"flex_flow": "row wrap", "grid_gap": "16px"})

    def _show(self, scene: Scene | None) -> None:
        self.trouble.value = _paragraph(self._note, "aics-trouble", role="alert")
        if scene is not None:
            self.stage.show(scene)
            self.caption.value = _paragraph(scene.caption)

    def _say(self, sentence: str) -> None:
        """Show a sentence of trouble; the next change takes it away."""
        self._note = sentence
        self._show(None)

    def _changed(self, name: str) -> None:
        if not self._quiet:
            self._take(lambda: self.demo.chosen(name, self.values), draw=True)

    def _resized(self, width: int, height: int) -> None:
        self._view = View(width, height, self._view.label)
        self.draw()

    def _pointed(self, x: float, y: float) -> None:
        self._take(lambda: self.demo.pointed(x, y, self.values, self._view))

    def _stepped(self, right: int, down: int) -> None:
        """Take so many presses of an arrow key."""
        for across, along, times in ((right, 0, abs(right)), (0, down, abs(down))):
            for _ in range(times):
                self._take(lambda: self.demo.stepped(_sign(across), _sign(along), self.values))  # noqa: B023

    def _take(self, changes: Callable[[], Values], *, draw: bool = False) -> None:
        """Choose what the demo says, and draw once; also where it says nothing if `draw`."""
        try:
            chosen = changes()
        except Exception as error:
            self._say(error_sentence(error))
            return
        if chosen or draw:
            self._choose(chosen)

    def _choose(self, chosen: Values) -> None:
        self._quiet = True
        for name, value in chosen.items():
            self.choosers[name].choose(value)
        self._quiet = False
        self._note = ""
        self.draw()

    def _reset(self) -> None:
        self._choose({name: each.control.value for name, each in self.choosers.items()})


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _paragraph(text: str, kind: str = "", **attributes: str) -> str:
    """A paragraph, or nothing."""
    named = "".join(f' {name}="{value}"' for name, value in {"class": kind, **attributes}.items() if value)
    return f"<p{named}>{html.escape(text)}</p>" if text else ""
