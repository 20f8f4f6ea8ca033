"""A notebook as a page that needs no network: formulas as MathML, which browsers draw themselves, and no scripts."""

from __future__ import annotations

import re
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from latex2mathml.converter import convert
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import CoalesceStreamsPreprocessor

#: nbconvert's page without what it fetches: MathJax, require.js and Mermaid. Each system has one of these fonts, which
#: know where an index stands.
TEMPLATE = """\
{%- extends 'lab/index.html.j2' -%}
{%- block html_head_js -%}{%- endblock -%}
{%- block html_head_js_mathjax -%}{%- endblock -%}
{%- block html_head_js_mermaidjs -%}{%- endblock -%}
{%- block extra_css -%}
<style>
math { font-family: "Cambria Math", "STIX Two Math", "DejaVu Math TeX Gyre", "DejaVu Serif", math; }
math[display="block"] { margin: 1em 0; overflow-x: auto; overflow-y: hidden; }
mtd { text-align: left; }
.jp-RenderedMarkdown .highlight { margin: 1em 0; }
</style>
{%- endblock -%}
"""
#: A bar that encloses, such as |x|, as the converter writes it: without the spaces of an operator.
BAR, CLOSE_BAR = '<mo stretchy="false">&#x0007C;</mo>', '<mo stretchy="false" lspace="0" rspace="0">|</mo>'
#: An operator of two signs, such as +=, as the converter writes it: with the space between two operators.
_TWO_SIGNS = re.compile(r"<mo><mrow><mo>([^<]+)</mo></mrow></mo><mo>([^<]+)</mo>")


class OfflinePage(HTMLExporter):
    """nbconvert's page of a notebook, complete in itself."""

    def __init__(self, **options: Any) -> None:
        """Take nbconvert's options."""
        joined = CoalesceStreamsPreprocessor(enabled=True)  # else each print is a paragraph
        super().__init__(raw_template=TEMPLATE, preprocessors=[joined], **options)  # type: ignore[no-untyped-call]

    @pass_context
    def markdown2html(self, context: Context, source: str) -> str:
        """Return prose as HTML; attachments are those of its cell."""
        attachments = context.get("cell", {}).get("attachments", {})
        renderer = _WithMathML(escape=False, attachments=attachments, anchor_link_text=self.anchor_link_text)
        return MarkdownWithMath(renderer=renderer).render(source)


def mathml(latex: str, *, block: bool = False) -> str:
    """Return a formula in LaTeX as MathML."""
    written = convert(latex.strip(), display="block" if block else "inline").replace(BAR, CLOSE_BAR)
    return _TWO_SIGNS.sub(r"<mo>\1\2</mo>", written)


class _WithMathML(IPythonRenderer):
    def inline_math(self, body: str) -> str:
        return mathml(body)

    def block_math(self, body: str) -> str:
        return mathml(body, block=True)

    def latex_environment(self, name: str, body: str) -> str:
        return mathml(f"\\begin{{{name}}}{body}\\end{{{name}}}", block=True)
