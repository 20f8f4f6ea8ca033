"""What nbgrader's pages may show of a hand-in's Markdown: its words and pictures, nothing that acts.

formgrader's and the feedback page's templates turn Markdown cells into HTML without cleaning it,
whatever ``HTMLExporter.sanitize_html`` says. ``nbgrader_config.py`` puts `markdown` in their filter's place.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

import bleach
from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.filters.markdown_mistune import InvalidNotebook, IPythonRenderer, MarkdownWithMath

TAGS = (
    {"a", "abbr", "b", "blockquote", "br", "code", "del", "div", "em", "hr", "i", "img", "p", "pre", "s", "span"}
    | {"dd", "dl", "dt", "li", "ol", "strong", "sub", "sup", "ul"}
    | {"h1", "h2", "h3", "h4", "h5", "h6"}
    | {"table", "tbody", "td", "th", "thead", "tr"}
)
#: Pictures come with the page; one that is fetched from elsewhere would tell who reads it, and when.
PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+")
LINK = re.compile(r"(https?:|mailto:|#)", re.IGNORECASE)


@pass_context
def markdown(context: Context, source: str) -> str:
    """Markdown as HTML without scripts, styles, handlers, or anything fetched from elsewhere."""
    attachments = context.get("cell", {}).get("attachments", {})
    renderer = IPythonRenderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    try:
        page = MarkdownWithMath(renderer=renderer).render(source)
    except InvalidNotebook:  # a picture that the cell does not have
        page = f"<pre>{html.escape(source)}</pre>"
    return clean(page)


def clean(page: str) -> str:
    """HTML with the tags and attributes that do nothing."""
    cleaned: str = bleach.clean(page, tags=TAGS, attributes=_harmless, protocols={"http", "https", "mailto", "data"})
    return cleaned


def _harmless(tag: str, name: str, value: str) -> bool:
    attributes: Mapping[str, tuple[str, ...]] = {"img": ("alt", "width", "height"), "td": ("align",), "th": ("align",)}
    if (tag, name) == ("img", "src"):
        return bool(PICTURE.fullmatch(value))
    if (tag, name) == ("a", "href"):
        return bool(LINK.match(value))
    return name in ("class", "title") or name in attributes.get(tag, ())
