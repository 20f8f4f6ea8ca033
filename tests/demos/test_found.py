"""Which demos there are, the start page that offers them, and what a notebook shows of one."""

from __future__ import annotations

import builtins
import io
from base64 import b64encode

import nbformat
import pytest
from PIL import Image

from aics.data.errors import UnknownName
from aics.demos.demo import Demo
from aics.demos.found import demo_called, found, still, still_of
from aics.demos.in_notebook import demo
from aics.demos.start import Start
from aics.language import speaking
from autograder.course import LABS, ROOT, labs

ALL = found()
ON_STAGE = [name for name, cls in ALL.items() if issubclass(cls, Demo)]
WIDGET = "application/vnd.jupyter.widget-view+json"


def test_the_page_goes_with_every_lab_that_has_demos() -> None:
    page = nbformat.read(LABS / "demos" / "demos.ipynb", 4)
    assert page.metadata.aics.page_of == [lab.name for lab in labs() if (lab.public / "demos").exists()]


@pytest.mark.parametrize("name", ALL)
def test_each_has_a_name_a_question_and_a_still_picture(name: str) -> None:
    cls = ALL[name]
    assert cls.name == name
    assert cls.ask.endswith("?") or "?" in cls.ask
    assert len(cls.ask) <= 110, "two lines of a projector"
    assert cls.about.endswith(".")
    with Image.open(io.BytesIO(still_of(name).read_bytes())) as picture:
        assert picture.format == "WEBP"
        assert min(picture.size) > 200


def test_a_still_picture_is_in_the_language_spoken_where_there_is_one(monkeypatch, tmp_path) -> None:
    name = ON_STAGE[0]
    monkeypatch.setattr("aics.demos.found.still_of", lambda _, spoken="en": tmp_path / f"{spoken}.webp")
    (tmp_path / "en.webp").write_bytes(b"english")
    with speaking("zh"):
        assert b64encode(b"english").decode() in still(name)
        (tmp_path / "zh.webp").write_bytes(b"chinese")
        assert b64encode(b"chinese").decode() in still(name)
    assert b64encode(b"english").decode() in still(name)


def test_names_and_titles_are_told_apart() -> None:
    assert len({cls.title for cls in ALL.values()}) == len(ALL)


def test_an_unknown_name_is_said_with_those_that_there_are() -> None:
    with pytest.raises(UnknownName, match=r"no demo 'convolutoin'.*Did you mean 'convolution'"):
        demo_called("convolutoin")


def test_a_demo_that_is_left_is_closed() -> None:
    start = Start(ALL, ON_STAGE[0])
    left, (page,) = start.entry, start.body.children
    assert isinstance(left, Demo)
    assert left.changed == page.draw
    start.show_all()
    assert left.changed != page.draw, "it tells a page that is gone nothing more"
    assert start.entry is None


@pytest.mark.parametrize("name", ON_STAGE)
def test_a_notebook_shows_the_demo_and_a_picture_where_nothing_runs(name: str) -> None:
    shown = demo(name)
    bundle = shown._repr_mimebundle_()
    shown.widget.children[-1].close()
    assert WIDGET in bundle
    assert 'src="data:image/webp;base64,' in bundle["text/html"]
    assert bundle["text/plain"] == ALL[name].about


def test_without_the_packages_of_a_page_the_picture_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: object) -> object:
        if name.partition(".")[0] in ("ipywidgets", "anywidget"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    bundle = demo(ON_STAGE[0])._repr_mimebundle_()
    assert WIDGET not in bundle
    assert "<img" in bundle["text/html"]


def test_every_demo_stands_in_a_notebook() -> None:
    text = "".join((ROOT / "solutions" / lab.name / "notebook.py").read_text("utf-8") for lab in labs())
    assert [name for name in ON_STAGE if f'show.demo("{name}"' not in text] == []
