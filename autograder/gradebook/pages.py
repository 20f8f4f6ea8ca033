"""What nbgrader's pages may show of a hand-in: its words and pictures, nothing that acts, nothing without end.

formgrader's and the feedback page's templates turn Markdown cells into HTML without cleaning it, whatever
``HTMLExporter.sanitize_html`` says, and the libraries that format and clean take a time that grows with the square of
a text made for it. ``nbgrader_config.py`` puts these functions in their filters' place: what is longer than a person
would write is shown as plain text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

import bleach
from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.filters import ansi2html, strip_ansi
from nbconvert.filters.markdown_mistune import InvalidNotebook, IPythonRenderer, MarkdownWithMath

from aics.language import speaking, tr
from aics.language.of_notebook import language_of
from autograder.gradebook.formulas import Formulas
from autograder.gradebook.highlighted import highlighted

#: Characters that are formatted of one text, by its kind, and of one page; longer ones are shown as plain text.
MARKDOWN, CODE, HTML, PAGE = 10_000, 50_000, 20_000, 300_000
#: Changes of colour in one printed text; with more it is shown without colours.
COLOURS = 500
TAGS = (
    {"a", "abbr", "b", "blockquote", "br", "code", "del", "div", "em", "hr", "i", "img", "p", "pre", "s", "span"}
    | {"dd", "dl", "dt", "li", "ol", "strong", "sub", "sup", "ul"}
    | {"h1", "h2", "h3", "h4", "h5", "h6"}
    | {"table", "tbody", "td", "th", "thead", "tr"}
)
ATTRIBUTES: Mapping[str, tuple[str, ...]] = {"img": ("alt", "width", "height"), "td": ("align",), "th": ("align",)}
#: Pictures come with the page; one that is fetched from elsewhere would tell who reads it, and when.
PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+")
LINK = re.compile(r"(https?:|mailto:|#)", re.IGNORECASE)
#: Classes of highlighted code. Any other of the page's own could lay a text over it: Bootstrap has such.
OF_CODE = re.compile(r"highlight|hl-python3|err|esc|hll|[a-z]{1,2}[0-9]?")
#: Classes of the card, which only the cells that the grader fills may use.
OF_CARD = re.compile(r"aics-card|panel(-[a-z]+)?|pull-right|well|well-sm|row|form-group|col-(xs|sm)-[0-9]+")
#: Around what a student wrote or showed: formulas can be raised, shifted and sized at will, and stay in their place.
INSIDE = '<div style="contain: paint">{}</div>'
_LEFT = "aics_characters_left"
#: Under this name a page's resources may hold what was released.
RELEASED = "aics_released"


class Cleaned(str):
    """HTML that does nothing."""


class Released:
    """The texts of a released notebook; what is made of one of them is kept, and is the same on every page."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Nothing is made of any text yet."""
        self._texts = frozenset(texts)
        self._made: dict[tuple[str, str], Cleaned] = {}

    def __deepcopy__(self, _: object) -> Released:
        """Stay the same where a page's resources are copied, as nbconvert does."""
        return self

    def once(self, kind: str, text: str, make: Callable[[str], Cleaned]) -> Cleaned:
        """Return ``make(text)``, made anew unless the text was released: a student's is never kept."""
        if text not in self._texts:
            return make(text)
        if (kind, text) not in self._made:
            self._made[kind, text] = make(text)
        return self._made[kind, text]


@pass_context
def markdown(context: Context, source: str) -> Cleaned:
    """Markdown as HTML without scripts, styles, handlers, or anything fetched from elsewhere."""
    if not _room(context, source, MARKDOWN):
        return _plain(source)
    if attachments := context.get("cell", {}).get("attachments", {}):
        return _markdown(source, attachments)
    return _released(context).once("markdown", source, _markdown)


def prose(source: str) -> Cleaned:
    """Markdown as HTML in the same way, for a page that is not nbgrader's."""
    return _markdown(source) if len(source) <= MARKDOWN else _plain(source)


@pass_context
def highlight(context: Context, source: str, **_: object) -> Cleaned:
    """A cell's code in colours."""
    if not _room(context, source, CODE):
        return _plain(source)
    return _released(context).once("code", source, lambda code: Cleaned(highlighted(code)))


@pass_context
def clean(context: Context, page: str) -> Cleaned:
    """HTML with the tags and attributes that do nothing."""
    if isinstance(page, Cleaned):
        return page
    cell = context.get("cell", {})
    if cell.get("cell_type") == "code" and cell.get("metadata", {}).get("nbgrader", {}).get("grade"):
        return _clean(page, OF_CARD)
    return _inside(page) if _room(context, page, HTML) else _plain(page)


@pass_context
def said(context: Context, message: str, **values: object) -> str:
    """A sentence of the template, in the language of the page's student."""
    with speaking(language_of(context.get("nb", {}))):
        return tr(message, **values)


def coloured(text: str) -> str:
    """Printed text with its terminal's colours as HTML."""
    page: str = ansi2html(text if text.count("\x1b[") <= COLOURS else strip_ansi(text))
    return page


def unchanged(page: str) -> str:
    """In the place of a filter that mends addresses of files; a page of ours names none."""
    return page


class _Renderer(IPythonRenderer):
    """Renders Markdown; of all the languages that Pygments knows, some for hours, it highlights Python."""

    formulas: Formulas

    def inline_math(self, body: str) -> str:
        """A formula within a line."""
        return self.formulas.aside(body, f"${body}$")

    def block_math(self, body: str) -> str:
        """A formula by itself."""
        return self.formulas.aside(body, f"$${body}$$", block=True)

    def latex_environment(self, name: str, body: str) -> str:
        """An environment, such as a matrix."""
        written = f"\\begin{{{name}}}{body}\\end{{{name}}}"
        return self.formulas.aside(written, written, block=True)

    def block_code(self, code: str, info: str | None = None) -> str:
        """A block of code."""
        named = (info or "").split(maxsplit=1)[:1]
        rendered: str = super().block_code(code, "python3" if named in (["python"], ["python3"], ["py"]) else None)
        return rendered


def _markdown(source: str, attachments: dict[str, dict[str, str]] | None = None) -> Cleaned:
    renderer = _Renderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    renderer.formulas = Formulas()
    try:
        page = _inside(MarkdownWithMath(renderer=renderer).render(source))
        return Cleaned(renderer.formulas.into(page))
    except InvalidNotebook:  # a picture that the cell does not have
        return _plain(source)


def _released(context: Context) -> Released:
    """What was released, where a page says so; else nothing, and every text is formatted anew."""
    found: Released = context.get("resources", {}).get(RELEASED) or Released(())
    return found


def _room(context: Context, text: str, most: int) -> bool:
    """Whether a text is short enough to be formatted on this page; if so, it is counted."""
    resources: dict[str, Any] = context.get("resources", {})
    left = resources.get(_LEFT, PAGE)
    if len(text) > min(most, left):
        return False
    resources[_LEFT] = left - len(text)
    return True


def _plain(text: str) -> Cleaned:
    return Cleaned(f"<pre>{html.escape(text)}</pre>")


def _inside(page: str) -> Cleaned:
    return Cleaned(INSIDE.format(_clean(page, OF_CODE)))


def _clean(page: str, classes: re.Pattern[str]) -> Cleaned:
    return Cleaned(_cleaner(classes).clean(page))


@lru_cache
def _cleaner(classes: re.Pattern[str]) -> bleach.Cleaner:
    """What cleans a text, with these classes left in: setting it up takes longer than most texts do."""

    def harmless(tag: str, name: str, value: str) -> bool:
        if (tag, name) == ("img", "src"):
            return bool(PICTURE.fullmatch(value))
        if (tag, name) == ("a", "href"):
            return bool(LINK.match(value))
        if name == "class":
            return all(map(classes.fullmatch, value.split()))
        return name == "title" or name in ATTRIBUTES.get(tag, ())

    return bleach.Cleaner(tags=TAGS, attributes=harmless, protocols={"http", "https", "mailto", "data"})
