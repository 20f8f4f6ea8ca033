"""Controls as widgets, each of which can be reached by keyboard."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from aics.demos.chooser import Changed, Chooser, labelled
from aics.demos.controls import Choice, Control, Film, Numbers, Photo, Press, Slider, Toggle
from aics.demos.photo import PhotoChooser, Say
from aics.language import noted, tr

PLAY = noted("Play: {label}")


def chooser(control: Control, say: Say) -> Chooser:
    """Return the chooser of a control; `say` shows a sentence where what is chosen cannot be had."""
    if isinstance(control, Photo):
        return PhotoChooser(control, say)
    kinds: dict[type, Any] = {
        Slider: _slider,
        Choice: _choice,
        Toggle: _toggle,
        Film: _film,
        Press: PressChooser,
        Numbers: NumberChooser,
    }
    made: Chooser = kinds[type(control)](control)
    return made


def _wide() -> Any:
    """As wide as its place; a layout of its own, since one is closed with its widget."""
    return widgets.Layout(width="auto")


def _slider(control: Slider) -> Chooser:
    whole = all(float(number).is_integer() for number in (control.low, control.high, control.step, control.value))
    kind, number = (widgets.IntSlider, int) if whole else (widgets.FloatSlider, float)
    limits = {"min": number(control.low), "max": number(control.high), "step": number(control.step)}
    slider = kind(value=number(control.value), **limits, readout=False, layout=widgets.Layout(flex="1 1 auto"))
    beside = widgets.Label()
    beside.add_class("aics-readout")

    def read(_: object = None) -> None:
        shown = f"{2.0**slider.value:,g}" if control.power else f"{slider.value:g}"
        beside.value = f"{shown} {tr(control.unit)}".strip()

    slider.observe(read, "value")
    read()
    return Chooser(control, labelled(tr(control.label), widgets.HBox([slider, beside], layout=_wide())), slider)


def _choice(control: Choice) -> Chooser:
    options = [(tr(option), option) for option in control.options]
    dropdown = widgets.Dropdown(options=options, value=control.value, layout=_wide())
    return Chooser(control, labelled(tr(control.label), dropdown), dropdown)


def _toggle(control: Toggle) -> Chooser:
    return Chooser(
        control,
        widgets.Checkbox(value=control.value, description=tr(control.label), indent=False, layout=_wide()),
    )


def _film(control: Film) -> Chooser:
    limits = {"min": 0, "max": control.frames - 1, "value": control.value}
    play = widgets.Play(**limits, interval=control.milliseconds, show_repeat=False)
    play.tooltip = tr(PLAY, label=tr(control.label))
    slider = widgets.IntSlider(**limits, layout=_wide())
    widgets.jslink((play, "value"), (slider, "value"))
    return Chooser(control, labelled(tr(control.label), widgets.VBox([play, slider], layout=_wide())), slider)


class PressChooser(Chooser):
    """A button; what a demo is handed is how often it was pressed."""

    def __init__(self, control: Press) -> None:
        """Show the button."""
        super().__init__(control, widgets.Button(description=tr(control.label), layout=_wide()))
        self._pressed = control.value
        self.widget.on_click(lambda _: self._press())
        self._changed: list[Changed] = []

    @property
    def value(self) -> int:
        """How often it was pressed."""
        return self._pressed

    def choose(self, value: Any) -> None:
        """Take this for how often it was pressed."""
        self._pressed = int(value)

    def observe(self, changed: Changed) -> None:
        """Call `changed` after each press."""
        self._changed.append(changed)

    def _press(self) -> None:
        self._pressed += 1
        for changed in self._changed:
            changed()


class NumberChooser(Chooser):
    """A table of numbers to edit; what a demo is handed is a tuple of rows."""

    def __init__(self, control: Numbers) -> None:
        """Show the table."""
        self._table = widgets.GridBox(layout=_wide())
        self._table.add_class("aics-numbers")
        super().__init__(control, labelled(tr(control.label), self._table))
        self._fields: list[list[Any]] = []
        self._changed: list[Changed] = []
        self._quiet = False
        self.choose(control.value)

    @property
    def value(self) -> tuple[tuple[float, ...], ...]:
        """The numbers as they stand there."""
        return tuple(tuple(field.value for field in row) for row in self._fields)

    def choose(self, value: Any) -> None:
        """Write these rows into the table, which gets their shape."""
        if [len(row) for row in value] != [len(row) for row in self._fields]:
            self._fields = [[self._field() for _ in row] for row in value]
            self._table.children = [field for row in self._fields for field in row]
            self._table.layout.grid_template_columns = f"repeat({len(value[0])}, minmax(0, 1fr))"
        self._quiet = True
        for fields, numbers in zip(self._fields, value, strict=True):
            for field, number in zip(fields, numbers, strict=True):
                field.value = number
        self._quiet = False
        self._tell()

    def observe(self, changed: Changed) -> None:
        """Call `changed` after each change of a number."""
        self._changed.append(changed)

    def _field(self) -> Any:
        field = widgets.FloatText(layout=_wide(), tooltip=tr(self.control.label))
        field.observe(lambda _: self._tell(), "value")
        return field

    def _tell(self) -> None:
        for changed in [] if self._quiet else self._changed:
            changed()
