"""A demo: what is chosen on its page, and the scene that these choices make; and other pages of a lab."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from aics.demos.controls import Control

#: What is chosen on a page: name of a control -> its value.
Values = Mapping[str, Any]


@dataclass(frozen=True)
class View:
    """The room that a scene has, in CSS pixels.

    width, height : of the stage; 360 on a phone, about 950 on a laptop and on a projector
    label : height of letters that are to be read: 16, and 32 (24 points) on a projector
    """

    width: int = 800
    height: int = 520
    label: int = 16

    @property
    def narrow(self) -> bool:
        """Whether there is no room for two things side by side."""
        return self.width < 24 * self.label


@dataclass(frozen=True)
class Scene:
    """What a stage shows.

    Attributes
    ----------
    markup : str
        HTML or SVG, drawn in the view's pixels one to one, so that letters have the size that is written; its colours
        are those of `aics.card.theme` and of the palette in `aics.show.figure`.
    alt : str
        What is to be seen, in one or two sentences with the numbers that matter; read aloud when it changes.
    caption : str
        One or two sentences below the stage: what happens here, and the sum that it comes to.
    """

    markup: str
    alt: str
    caption: str = ""


class Entry(ABC):
    """What the start page offers: a demo, or a page that a lab has already.

    Attributes
    ----------
    name : str
        In the page's address: letters and hyphens.
    title : str
        On the start page.
    about : str
        A sentence for the start page.
    ask : str
        What to ask the class before anything is moved.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    about: ClassVar[str]
    ask: ClassVar[str]

    def close(self) -> None:
        """Stop what runs in a thread; the page shows something else now."""
        return None


class OwnPage(Entry):
    """A page that a lab has already, with widgets of its own."""

    @abstractmethod
    def widget(self) -> Any:
        """Return the widget that is the page. Raises DemoError with a sentence where it cannot be shown."""


class Demo(Entry):
    """A demo on the stage. An object belongs to one page; nothing of it is shared between pages.

    Attributes
    ----------
    keys : str
        What the arrow keys do while the stage has the focus; nothing where they do nothing.
    draggable, hovering : bool
        When `pointed` is called: while the mouse or a finger is down on the stage; and wherever the mouse is.
    """

    keys: ClassVar[str] = ""
    draggable: ClassVar[bool] = False
    hovering: ClassVar[bool] = False

    def __init__(self) -> None:
        #: Called by a demo that works in a thread of its own when there is more to see; the page puts its own here.
        self.changed: Callable[[], None] = lambda: None

    @property
    @abstractmethod
    def controls(self) -> Sequence[Control]:
        """What can be chosen, in the page's order, with the values that it begins with."""

    @abstractmethod
    def scene(self, values: Values, view: View) -> Scene:
        """Return what these choices show. It takes well under 100 ms; longer work goes into a thread."""

    def pointed(self, x: float, y: float, values: Values, view: View) -> Values:
        """Return the values that change when the mouse or a finger is at this pixel of the stage."""
        del x, y, values, view
        return {}

    def stepped(self, right: int, down: int, values: Values) -> Values:
        """Return the values that change with an arrow key on the stage.

        right, down : -1, 0 or 1
        """
        del right, down, values
        return {}

    def chosen(self, name: str, values: Values) -> Values:
        """Return the values that follow when a control is changed, such as a kernel's numbers when its name is chosen.

        They may come back here as changes of their own, and must then change nothing more.

        name : of the control; values : as they are after the change
        """
        del name, values
        return {}

    def whose(self) -> str:
        """Return a sentence on whose code computes this: the student's own or finished code; empty where it is ours."""
        return ""

    def close(self) -> None:
        """Stop what runs in a thread; the page shows something else now, and is told nothing more."""
        self.changed = lambda: None
