"""A demo in a notebook, in the place of a still picture, which is what is seen where nothing runs."""

from __future__ import annotations

from typing import Any, Protocol

from aics.language import tr


class Shows(Protocol):
    """What a notebook can show by itself, such as a picture."""

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]: ...


def demo(name: str, *, still: Shows | None = None) -> Shows:
    """Return a demo to move oneself; a still picture where there is no page for it, or its packages are not installed.

    In a preview, on GitHub and wherever a notebook is read without a kernel, the still picture is what is seen.

    still : another picture than the demo's own
    """
    still = still or _Still(name)
    try:
        import ipywidgets as widgets

        from aics.demos.found import demo_called
        from aics.demos.look import STYLE
        from aics.demos.page import DemoPage
    except ImportError:
        return still
    box = widgets.VBox([widgets.HTML(STYLE), DemoPage(demo_called(name)(), whole=False)])
    box.add_class("aics-demo")
    return _Live(box, still)


class _Still:
    """The demo's own still picture."""

    def __init__(self, name: str) -> None:
        from aics.demos.found import demo_called, still

        self._markup, self._words = still(name), tr(str(demo_called(name).about))

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """Return the picture, and the same in words."""
        return {"text/html": self._markup or self._words, "text/plain": self._words}


class _Live:
    """A widget, and what stands for it elsewhere."""

    def __init__(self, widget: Any, still: Shows) -> None:
        self.widget, self._still = widget, still

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """Return the widget and the picture: a page shows the first of them that it can."""
        bundle = self.widget._repr_mimebundle_()
        return {**self._still._repr_mimebundle_(), **{kind: bundle[kind] for kind in bundle if "widget" in kind}}
