"""What a page shows of a hand-in does nothing, covers nothing, and is made at once."""

from __future__ import annotations

import pytest

from autograder.gradebook import feedback_page, pages


class Context(dict):
    """A template's context."""


def context(**mark: object) -> Context:
    return Context(cell={"cell_type": "code", "metadata": {"nbgrader": mark}}, resources={})


OVERLAYS = [
    "modal-backdrop in",
    "modal fade in",
    "navbar-fixed-top",
    "affix",
    "dropdown-menu open",
    "carousel-caption",
    "sr-only",
    "panel panel-success",
    "highlight modal-backdrop",
]


@pytest.mark.parametrize("name", OVERLAYS)
@pytest.mark.parametrize("filtered", [pages.markdown, pages.clean])
def test_a_hand_in_cannot_use_the_pages_own_classes(name, filtered):
    page = filtered(context(), f'<a class="{name}" style="position:fixed" href="https://evil.example/">.</a>')
    assert "class" not in page
    assert "position" not in page
    assert 'href="https://evil.example/"' in page


def test_code_in_a_text_has_its_colours():
    page = pages.markdown(context(), "```python\nreturn 1\n```")
    assert '<span class="k">return</span>' in page


def test_another_language_than_python_is_shown_plainly():
    assert "<span" not in pages.markdown(context(), "```perl\nmy $x = 1;\n```")


def test_the_card_keeps_its_looks_where_the_grader_put_it():
    card = '<div class="aics-card panel panel-success"><div class="panel-body">Right.</div></div>'
    assert pages.clean(context(grade=True), card) == card
    assert "class" not in pages.clean(context(), card)


#: Texts for which some library's time grows with the square of their length, or worse.
ENDLESS = [
    "\\\\[",
    "<div>",
    "<a><b>",
    "<li><ul>",
    "*a",
    "*",
    "[",
    "![",
    "> ",
    "`a``",
    "$a",
    "\\begin{a}",
    "&amp;",
    "<!--",
]


@pytest.mark.parametrize("piece", ENDLESS)
@pytest.mark.parametrize("filtered", [pages.markdown, pages.highlight, pages.clean])
def test_what_is_longer_than_a_person_would_write_is_shown_as_it_is(filtered, piece):
    text = piece * (199_000 // len(piece))
    page = filtered(context(), text)
    assert page == f"<pre>{pages.html.escape(text)}</pre>"
    assert pages.clean(context(), page) is page


def test_a_page_has_a_limit_of_its_own():
    here, text = context(), "*word* " * 1400
    formatted = ["<em>" in pages.markdown(here, text) for _ in range(40)]
    assert formatted == [True] * 30 + [False] * 10


def test_very_many_colours_are_left_out():
    assert "ansi-red-fg" in pages.coloured("\x1b[31mred\x1b[0m")
    assert pages.coloured("\x1b[31mx" * 100_000) == "x" * 100_000


def released_context(*texts: str) -> tuple[Context, pages.Released]:
    released = pages.Released(texts)
    return Context(cell={"cell_type": "markdown"}, resources={pages.RELEASED: released}), released


@pytest.mark.parametrize("filtered", [pages.markdown, pages.highlight])
def test_what_was_released_is_formatted_once_and_what_a_student_wrote_each_time(filtered):
    here, _ = released_context("given")
    assert filtered(here, "given") is filtered(here, "given")
    assert filtered(here, "mine") == filtered(here, "mine")
    assert filtered(here, "mine") is not filtered(here, "mine")


def test_a_released_text_with_a_students_picture_is_formatted_anew():
    here, _ = released_context("![p](attachment:p.png)")
    before = pages.markdown(here, "![p](attachment:p.png)")
    here["cell"]["attachments"] = {"p.png": {"image/png": "AAAA"}}
    assert "data:image/png;base64,AAAA" in pages.markdown(here, "![p](attachment:p.png)")
    assert "data:" not in before


PICTURES = {
    '<img src="data:image/png;base64,AA">': f'<img src="data:image/png;base64,AA" alt="{feedback_page.NO_ALT}">',
    '<img title="alt > x" src="y">': f'<img title="alt > x" src="y" alt="{feedback_page.NO_ALT}">',
    '<img alt="a cat" src="y">': '<img alt="a cat" src="y">',
    "&lt;img src&gt;": "&lt;img src&gt;",
}


@pytest.mark.parametrize("page", PICTURES)
def test_a_picture_without_words_says_so(page):
    assert feedback_page.described(page) == PICTURES[page]
