"""What all choosers on a page have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import ipywidgets as widgets

from aics.demos.controls import Control

#: Called with no argument when what is chosen has changed.
Changed = Callable[[], None]


class Chooser:
    """One control on the page: a widget, and what is chosen with it."""

    def __init__(self, control: Control, widget: Any, part: Any = None) -> None:
        """Show `widget`; `part` of it has the value, if not the widget itself."""
        self.control, self.widget, self._part = control, widget, part or widget

    @property
    def value(self) -> Any:
        """What a demo is handed."""
        return self._part.value

    def choose(self, value: Any) -> None:
        """Choose this."""
        self._part.value = value

    def observe(self, changed: Changed) -> None:
        """Call `changed` after each change."""
        self._part.observe(lambda _: changed(), "value")

    def reset(self) -> None:
        """Choose again what the page began with."""
        self.choose(self.control.value)


def labelled(label: str, widget: Any) -> Any:
    """A widget below its label, which also names it to a screen reader."""
    words = widgets.Label(label)
    words.add_class("aics-label")
    for each in _leaves(widget):
        if isinstance(each, widgets.CoreWidget) and not each.tooltip:
            each.tooltip = label
    box = widgets.VBox([words, widget], layout=widgets.Layout(flex="0 0 auto", overflow="visible"))
    box.add_class("aics-control")
    return box


def _leaves(widget: Any) -> Iterator[Any]:
    """What can be reached by keyboard: a box itself has no tooltip in a browser."""
    if isinstance(widget, widgets.Box):
        for child in widget.children:
            yield from _leaves(child)
    else:
        yield widget
