"""A page of a notebook needs no network: formulas are MathML, nothing is fetched, and no dollar sign is left."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.authoring.page import OfflinePage, mathml
from autograder.course import Lab, labs

FORMULA = re.compile(r"\$\$.+?\$\$|\$.+?\$", re.S)
FETCHED = ("src", "href", "srcset", "data", "poster")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.S)


class Seen(HTMLParser):
    """What a browser makes of a page: its tags, what it fetches, styles, formulas, and the prose between code."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.prose = self.styles = ""
        self._inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag != "a":  # what a reader may follow is not fetched
            self.addresses += [value or "" for name, value in attrs if name in FETCHED]
        if tag in ("style", "script", "pre", "code"):
            self._inside.append(tag)

    def handle_endtag(self, tag):
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data):
        if not self._inside:
            self.prose += data
        elif self._inside[-1] == "style":
            self.styles += data


def page_of(*cells) -> Seen:
    return Seen(OfflinePage().from_notebook_node(new_notebook(cells=list(cells)))[0])


@pytest.fixture(scope="module", params=labs(), ids=lambda lab: lab.name)
def lab(request) -> Lab:
    return request.param


@pytest.fixture(scope="module")
def released(lab) -> Seen:
    return Seen(OfflinePage().from_notebook_node(nbformat.read(lab.released, 4))[0])


def test_nothing_is_fetched_from_elsewhere(released):
    assert "script" not in released.tags
    assert [address for address in released.addresses if "//" in address] == []
    assert not re.search(r"@import|url\(\s*['\"]?(https?:)?//", released.styles)


def test_every_formula_is_mathml_and_no_dollar_sign_is_left(lab, released):
    prose = [cell.source for cell in nbformat.read(lab.released, 4).cells if cell.cell_type == "markdown"]
    assert released.tags.count("math") == sum(len(FORMULA.findall(CODE.sub("", text))) for text in prose) > 5
    assert "$" not in released.prose
    assert not re.search(r"\\[a-zA-Z]", released.prose), "no command of LaTeX came through as letters"


@pytest.mark.parametrize(
    ("prose", "tags"),
    [
        ("about $\\frac{1}{2}$ of it", ["mfrac"]),
        ("$$\\sum_i x_i$$", ["munder", "msub"]),
        ("\\begin{align}a &= b \\\\ c &= d\\end{align}", ["mtable", "mtr", "mtd"]),
        ("| a | b |\n|---|---|\n| $x^2$ | 1 |", ["msup"]),
    ],
)
def test_formulas_are_found_wherever_prose_has_them(prose, tags):
    seen = page_of(new_markdown_cell(prose))
    assert {"math", *tags} <= set(seen.tags)
    assert "$" not in seen.prose


def test_a_price_and_a_variable_of_the_shell_stay_as_they_are():
    seen = page_of(new_markdown_cell("It costs 5 $."), new_markdown_cell("In `$HOME`."), new_code_cell("print('$x$')"))
    assert "math" not in seen.tags
    assert "5 $" in seen.prose


def test_an_image_of_the_cell_itself_is_in_the_page():
    cell = new_markdown_cell("![a dot](attachment:dot.png)", attachments={"dot.png": {"image/png": "AAAA"}})
    assert "data:image/png;base64,AAAA" in page_of(cell).addresses


def test_what_is_printed_piece_by_piece_stays_one_line():
    pieces = [new_output("stream", name="stdout", text=text) for text in ("forward ... ", "0.012 s\n")]
    page = OfflinePage().from_notebook_node(new_notebook(cells=[new_code_cell("run()", outputs=pieces)]))[0]
    assert "forward ... 0.012 s" in page


def test_bars_that_enclose_have_no_spaces_of_an_operator():
    assert mathml("\\max |x|").count('lspace="0" rspace="0">|<') == 2


def test_an_operator_of_two_signs_is_one():
    assert "<mo>&#x0002B;&#x0003D;</mo>" in mathml(r"a \mathrel{+}= b")


#: A word in a formula that is not said to be one: it is set as a product of its letters.
LOOSE_WORD = re.compile(r"(?<![\\\w])[a-z]{5,}(?!\w)")
SAID = re.compile(r"\\(?:text|mathrm|operatorname|begin|end|tag)\{[^}]*\}|\\[A-Za-z]+")


def test_words_in_formulas_are_set_as_words(lab):
    cells = [cell.source for cell in nbformat.read(lab.released, 4).cells if cell.cell_type == "markdown"]
    formulas = [found for source in cells for found in FORMULA.findall(CODE.sub("", source))]
    assert [formula for formula in formulas if LOOSE_WORD.search(SAID.sub(" ", formula))] == []
