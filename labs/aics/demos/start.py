"""The start page: all demos as cards, and above whatever is open one line with the way back."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets

from aics.demos.demo import Demo, Entry, OwnPage
from aics.demos.found import still
from aics.demos.look import DARK, PROJECTOR, STYLE
from aics.demos.page import DemoPage
from aics.demos.trouble import DemoError, error_sentence
from aics.language import noted, tr

TITLE = noted("Demos for the classroom")
INTRO = noted(
    "Each answers the mouse and the keyboard at once. All is computed on this computer, and nothing leaves it."
)
BACK, BACK_TIP = noted("All demos"), noted("Close this, and show all")
FOR_PROJECTOR, FOR_PROJECTOR_TIP = noted("Projector"), noted("Large letters, to be read from the back row")
IN_THE_DARK, IN_THE_DARK_TIP = noted("Dark"), noted("Light letters on a dark page")
NONE = noted("No demo is here. Each comes with the zip of its lab: unzip that again.")


class Start(widgets.VBox):
    """All demos, one of them open or none."""

    def __init__(self, entries: Mapping[str, type[Entry]], name: str = "") -> None:
        """Offer `entries`; begin with the one of this name."""
        self.entries = entries
        self.entry: Entry | None = None
        self.title, self.body = widgets.HTML(), widgets.VBox(layout={"overflow": "visible"})
        self.back = _button(tr(BACK), tr(BACK_TIP))
        self.back.on_click(lambda _: self.show_all())
        self.projector = self._switch(tr(FOR_PROJECTOR), tr(FOR_PROJECTOR_TIP), PROJECTOR)
        self.dark = self._switch(tr(IN_THE_DARK), tr(IN_THE_DARK_TIP), DARK)
        self.title.add_class("aics-title")
        buttons = widgets.HBox([self.back, self.projector, self.dark])
        buttons.add_class("aics-buttons")
        bar = widgets.HBox([self.title, buttons])
        bar.add_class("aics-bar")
        super().__init__([widgets.HTML(STYLE), bar, self.body])
        self.add_class("aics-demo")
        if name:
            self.open_demo(name)
        else:
            self.show_all()

    def __repr__(self) -> str:
        return tr("{title}. They need a live page: run the cell, or type: aics demos", title=tr(TITLE))

    def show_all(self) -> None:
        """Close what is open, and show all demos as cards."""
        self._close()
        self._head(tr(TITLE))
        self.back.layout.display = "none"
        cards = widgets.Box([self._card(name, cls) for name, cls in self.entries.items()])
        cards.add_class("aics-cards")
        words = widgets.HTML(f'<p class="aics-intro">{html.escape(tr(INTRO if self.entries else NONE))}</p>')
        self.body.children = [words, cards]

    def open_demo(self, name: str) -> None:
        """Open one demo in the place of what is there."""
        self._close()
        self.entry = entry = self.entries[name]()
        self._head(tr(entry.title))
        self.back.layout.display = ""
        try:
            shown = self._page(entry)
        except DemoError as error:
            shown = widgets.HTML(f'<p class="aics-trouble" role="alert">{html.escape(error_sentence(error))}</p>')
        self.body.children = [shown]

    def _page(self, entry: Entry) -> Any:
        if isinstance(entry, OwnPage):
            return entry.widget()
        assert isinstance(entry, Demo)
        page = DemoPage(entry)
        page.project(self.projector.value)
        return page

    def _close(self) -> None:
        if self.entry is not None:
            self.entry.close()
        for page in self.body.children:
            page.close()
        self.entry = None

    def _head(self, title: str) -> None:
        self.title.value = f"<h1>{html.escape(title)}</h1>"

    def _card(self, name: str, cls: type[Entry]) -> Any:
        button = _button(tr(cls.title), tr(cls.about))
        button.on_click(lambda _: self.open_demo(name))
        card = widgets.VBox([button, widgets.HTML(f"{still(name)}<p>{html.escape(tr(cls.about))}</p>")])
        card.add_class("aics-card")
        return card

    def _switch(self, text: str, tip: str, kind: str) -> Any:
        switch = widgets.ToggleButton(description=text, tooltip=tip, layout={"width": "auto"})
        switch.observe(lambda change: self._switched(kind, change["new"]), "value")
        return switch

    def _switched(self, kind: str, on: bool) -> None:
        (self.add_class if on else self.remove_class)(kind)
        page = next(iter(self.body.children), None)
        if kind == PROJECTOR and isinstance(page, DemoPage):
            page.project(on)


def _button(text: str, tip: str) -> Any:
    return widgets.Button(description=text, tooltip=tip, layout={"width": "auto"})
