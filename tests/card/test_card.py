"""A card says a verdict in words, in any theme, and lets nothing of the student's text act."""

from __future__ import annotations

import base64
import io
import re
import time
from html.parser import HTMLParser

import numpy as np
import pytest

from aics.card.card import Card, feedback_outputs
from aics.card.finish_line import FinishLine
from aics.card.status import NOT_YET, PARTLY, RIGHT, TO_DO
from aics.check.verdict import Evidence, SpeedReading, Verdict

EVIDENCE = Evidence(
    output="output",
    index=(0, 1, 0, 1),
    expected=np.array([[1.0, 2.0], [3.0, 4.0]]),
    got=np.array([[1.0, 2.5], [3.0, 4.0]]),
    marks=np.array([[False, True], [False, False]]),
    corner=(0, 0),
    wrong=3,
    size=96,
    error=0.5,
    allowed=1e-5,
)
SPEED = SpeedReading(ratio=1.8, full=3, zero=12, against="the reference solution")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\x1b[31m\x00\ud800\"'&"


def verdict(**facts) -> Verdict:
    return Verdict(**{"question": "conv_forward", "score": 0, "max_score": 8, **facts})


def full(text: str = "words") -> Verdict:
    """A verdict with `text` in every field that can hold any."""
    names = ("question", "reason", "got", "expected", "next_move", "misconception", "hint", "case")
    evidence = Evidence(**{**vars(EVIDENCE), "output": text})
    speed = SpeedReading(ratio=2, full=3, zero=12, against=text)
    return verdict(**dict.fromkeys(names, text), rung="values", notes=(text,), evidence=evidence, speed=speed)


class Tags(HTMLParser):
    """The tags of a page, and whether each that opens is closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.open: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.open.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data


WORKED = ("Print `x` there.", "A sum counts <each> part.", "Add.")


def test_a_hint_that_is_worked_out_lies_behind_a_fold():
    card = Card(verdict(rung="values", misconception="m", hint="A hint.", worked=WORKED))
    tags = Tags(card.html())
    assert {"details", "summary"} <= tags.seen
    assert "Where to look: Print x there." in tags.words
    assert "The idea: A sum counts <each> part." in tags.words
    assert "Print" not in card.text()
    assert 'print(check("conv_forward").worked())' in card.text()
    assert card.worked().splitlines()[2] == "The line: Add."


def test_a_feedback_page_has_no_folds_and_shows_it_open():
    output, *_ = feedback_outputs(verdict(rung="values", misconception="m", hint="A hint.", worked=WORKED))
    tags = Tags(output["data"]["text/html"])
    assert "details" not in tags.seen
    assert "The line: Add." in tags.words


def test_without_it_no_fold_is_shown():
    card = Card(verdict(rung="values", misconception="m", hint="A hint."))
    assert "details" not in Tags(card.html()).seen
    assert (card.worked(), "worked()" in card.text()) == ("", False)


@pytest.mark.parametrize(
    ("facts", "status", "word"),
    [
        ({"score": 8}, RIGHT, "right"),
        ({"score": 5.2, "rung": "speed"}, PARTLY, "partly"),
        ({"rung": "values"}, NOT_YET, "not yet"),
        ({"rung": "raises", "unfilled": True}, TO_DO, "to do"),
    ],
)
def test_status_is_a_word_and_a_shape_beside_the_colour(facts, status, word):
    card = Card(verdict(**facts))
    assert f"{status.symbol} {word}" in Tags(card.html()).words
    assert status.colour in card.html()
    assert card.text().startswith(f"{status.mark} conv_forward: {word}")


def test_statuses_differ_in_every_sign():
    everything = (RIGHT, PARTLY, NOT_YET, TO_DO)
    for sign in ("word", "symbol", "mark", "colour", "tone"):
        assert len({getattr(status, sign) for status in everything}) == 4


@pytest.mark.parametrize("status", [RIGHT, PARTLY, NOT_YET, TO_DO])
def test_white_words_stand_out_on_the_status_colour(status):
    channels = [int(status.colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = np.dot(linear, [0.2126, 0.7152, 0.0722])
    assert 1.05 / (luminance + 0.05) >= 4.5  # WCAG 2, level AA


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"score": 8}, "8 / 8 points"),
        ({"score": 5.25}, "5.25 / 8 points"),
        ({"score": 0, "max_score": 1}, "0 / 1 point"),
        ({"score": 10, "max_score": 10, "bonus": True}, "+10 bonus"),
        ({"score": 4, "max_score": 10, "bonus": True}, "+4 of 10 bonus"),
    ],
)
def test_points(facts, words):
    card = Card(verdict(**facts))
    assert words in card.text().splitlines()[0]
    assert words in Tags(card.html()).words


def test_everything_a_verdict_says_is_on_the_card():
    said = verdict(
        rung="shape",
        reason="The reason.",
        got="[5]",
        expected="[1, 5]",
        case="x [3, 4]",
        hint="The hint.",
        next_move="The move.",
        notes=("The note.",),
        evidence=EVIDENCE,
        speed=SPEED,
    )
    feedback = feedback_outputs(said)[0]["data"]["text/html"]
    for page in (Card(said).text(), Tags(Card(said).html()).words, Tags(feedback).words):
        page = " ".join(page.split())
        for words in (
            "The reason.",
            "[5]",
            "[1, 5]",
            "x [3, 4]",
            "This looks like a known mistake:",
            "The hint.",
            "The move.",
            "The note.",
            "output[0, 1, 0:2, 0:2]",
            "The largest error is 0.5; 1e-05 is allowed.",
            "1.8x the reference's time; full points up to 3x, none from 12x.",
            "Compared with the reference solution.",
        ):
            assert words in page


def test_where_a_factor_is_allowed_the_card_names_the_error_alone():
    evidence = Evidence(**{**vars(EVIDENCE), "allowed": float("nan")})
    text = Card(verdict(rung="values", reason="The reason.", evidence=evidence)).text()
    assert "The largest error is 0.5." in text
    assert "nan" not in text


def test_what_is_empty_leaves_no_trace():
    page = Card(verdict(score=8, reason="All 7 cases are right.")).html()
    assert Tags(page).seen == {"div", "span", "strong"}
    assert Card(verdict(score=8)).text() == "[+] conv_forward: right, 8 / 8 points"


def test_text_marks_the_wrong_cells():
    assert "      . #\n      . ." in Card(verdict(rung="values", evidence=EVIDENCE)).text()


def test_text_of_a_student_stays_text():
    for page in (Card(full(HOSTILE)).html(), feedback_outputs(full(HOSTILE))[0]["data"]["text/html"]):
        tags = Tags(page)
        assert not tags.seen & {"script", "img"}
        assert not tags.open
        assert "<script>alert(1)</script>" in tags.words
    for words in Card(full(HOSTILE))._repr_mimebundle_().values():
        words.encode("utf-8")
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", words)


def test_an_endless_message_is_cut():
    card = Card(verdict(rung="raises", got="x" * 10_000_000))
    assert len(card.html()) < 10_000
    assert "(9998000 more characters)" in " ".join(card.text().split())


def test_other_scripts_are_kept():
    words = "\u8fd9\u91cc\u3000\u5dee\u4e00\u6b65 \u00e9"
    assert words in Card(verdict(reason=words)).html()


def test_backticks_become_code():
    page = Card(verdict(reason="Look at `x < 1`.")).html()
    assert re.search(r"<code [^>]*>x &lt; 1</code>", page)


def test_lines_of_a_traceback_are_kept():
    card = Card(verdict(rung="raises", got="first\nsecond"))
    assert re.search("<pre [^>]*>first\nsecond</pre>", card.html())
    assert "got         first\n                second" in card.text()


def test_both_themes_are_readable():
    """Text and paper follow JupyterLab's theme, else VS Code's, else they are dark on white."""
    page = Card(full()).html()
    for variable in ("--jp-content-font-color1", "--jp-layout-color1", "--jp-content-font-color2"):
        assert re.search(rf"var\({variable}, var\(--vscode-[a-zA-Z-]+, #[0-9a-f]{{3,6}}\)\)", page)
    assert set(re.findall(r"[;\"](?:color|background):(#\w+)", page)) == {"#fff", NOT_YET.colour}


@pytest.mark.parametrize("shown", [Card(full()), FinishLine([full()])])
def test_nothing_is_loaded_or_run(shown):
    page = shown._repr_mimebundle_()["text/html"].replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|url\(|<script|<link|<style|@import|\ssrc=|\shref=", page)


def test_repr_is_the_text_of_the_bundle():
    card = Card(full())
    assert card._repr_mimebundle_() == {"text/html": card.html(), "text/plain": card.text()}
    assert repr(card) == card.text()


@pytest.mark.timed
def test_a_card_is_quick(remark):
    big = np.arange(256.0).reshape(16, 16)
    evidence = Evidence(**{**vars(EVIDENCE), "expected": big, "got": -big, "marks": big != 0, "error": 510.0})
    card = Card(verdict(rung="values", evidence=evidence, speed=SPEED))
    times = []
    for _ in range(7):
        start = time.perf_counter()
        assert card._repr_mimebundle_()
        times.append(time.perf_counter() - start)
    if min(times) > 0.01:
        remark(f"a card took {1000 * min(times):.0f} ms to draw.")


def test_feedback_is_one_output_or_two():
    assert len(feedback_outputs(verdict(score=8))) == 1
    for facts in ({"evidence": EVIDENCE}, {"speed": SPEED}, {"evidence": EVIDENCE, "speed": SPEED}):
        card, picture = feedback_outputs(verdict(**facts))
        assert card["output_type"] == picture["output_type"] == "display_data"
        assert set(card["data"]) == {"text/html", "text/plain"}
        assert set(picture["data"]) == {"image/png", "text/plain"}
        assert picture["metadata"]["image/png"]["alt"] == picture["data"]["text/plain"]


def test_feedback_picture_has_two_pixels_to_a_css_pixel():
    image = pytest.importorskip("PIL.Image")
    picture = feedback_outputs(verdict(evidence=EVIDENCE, speed=SPEED))[1]
    shown = picture["metadata"]["image/png"]
    drawn = image.open(io.BytesIO(base64.b64decode(picture["data"]["image/png"])))
    assert drawn.size == (2 * shown["width"], 2 * shown["height"])


def test_feedback_survives_the_sanitiser_of_nbconvert():
    clean_html = pytest.importorskip("nbconvert.filters.strings").clean_html
    page = feedback_outputs(full())[0]["data"]["text/html"]
    kept = Tags(clean_html(page))
    assert kept.words == Tags(page).words  # no tag was turned into words, no word was lost
    assert {"div", "strong", "code"} <= kept.seen
    assert not kept.open


def test_feedback_has_no_styles_which_its_pages_drop_and_a_text_about_them_stays():
    said = ' style="color:red" '
    page = feedback_outputs(full(f"a{said}b"))[0]["data"]["text/html"]
    assert " style=" in Card(full()).html()
    assert Tags(page).words.count(f"a{said}b") == Tags(Card(full(f"a{said}b")).html()).words.count(f"a{said}b") > 5
    assert ' style="' not in page


def test_feedback_is_valid_notebook_output():
    v4 = pytest.importorskip("nbformat.v4")
    import nbformat

    cell = v4.new_code_cell("check()", outputs=[nbformat.from_dict(o) for o in feedback_outputs(full())])
    nbformat.validate(v4.new_notebook(cells=[cell]))
