"""A regrade request decided in a real browser: the verdict with its pictures, by keyboard, and nothing that acts."""

from __future__ import annotations

import csv
import shutil

import pytest

from autograder.course import ClassFolder
from autograder.gradebook.class_marks import class_marks
from autograder.regrade.decided import Deciding, decide
from autograder.regrade.kept import path_of, read
from autograder.regrade.taken import take
from tests.browser.readable import ENOUGH, contrasts
from tests.browser.servers import chromium
from tests.instructor.marked import LAB, page_of

if not chromium():
    pytest.skip("no Chromium here: on Debian `apt-get install chromium` brings it", allow_module_level=True)
pytestmark = pytest.mark.slow
HOSTILE = "<script>window.ran = 1</script><img src=x onerror='window.ran = 2'>"


@pytest.fixture(scope="module")
def made(known, tmp_path_factory) -> ClassFolder:
    return ClassFolder(shutil.copytree(known.state.folder, tmp_path_factory.mktemp("regrades") / "course"))


@pytest.fixture
def state(made, tmp_path) -> ClassFolder:
    """The class with two open requests; each test's decisions go to a gradebook that is put back."""
    before = (made.folder / "gradebook.db").read_bytes()
    with (tmp_path / "asked.csv").open("w", newline="", encoding="utf-8") as file:
        rows = (("syntax", LAB, "softmax_loss", HOSTILE), ("right", LAB, "img2col_why", "I said all of it."))
        csv.writer(file).writerows([("student", "lab", "question", "says"), *rows])
    take(made, [tmp_path / "asked.csv"])
    yield made
    (made.folder / "gradebook.db").write_bytes(before)
    path_of(made).unlink()


def test_two_requests_are_decided_by_keyboard_alone(page, state, tmp_path):
    with page_of(state, tmp_path, "--grader", "Tess", lab="") as address:
        page.goto(address)
        page.locator("a", has_text="1: softmax_loss").focus()
        page.keyboard.press("Enter")
        page.locator("#card").wait_for()
        page.keyboard.type("A slip of the keyboard.")
        page.keyboard.press("Tab")
        page.keyboard.type("2")
        page.keyboard.press("Enter")
        page.locator("#text").wait_for()  # the next request is about an answer in words
        assert "I said all of it." in page.locator("blockquote").inner_text()
        page.locator("#comment").fill("You did not.")
        page.locator("button").click()
        page.locator("h2", has_text="Decided regrade requests: 2").wait_for()
    marks = class_marks(state, LAB)
    assert (marks["syntax"].marks["softmax_loss"].score, marks["syntax"].marks["softmax_loss"].by_hand) == (2, True)
    assert not marks["right"].marks["img2col_why"].by_hand
    decisions = [each for given in read(state).decisions.values() for each in given]
    assert [(each.grader, each.kept, each.comment) for each in decisions] == [
        ("Tess", False, "A slip of the keyboard."),
        ("Tess", True, "You did not."),
    ]


def test_what_was_decided_meanwhile_is_not_written_over_and_what_was_typed_stays(page, state, tmp_path):
    with page_of(state, tmp_path, lab="") as address:
        page.goto(address)
        page.locator("a", has_text="1: softmax_loss").click()
        page.locator("#card").wait_for()
        decide(state, 1, Deciding(grader="Ann", points=1))
        page.locator("#comment").fill("Mine.")
        page.locator("button").click()
        page.locator("#said", has_text="was decided").wait_for()
        assert page.locator("#comment").input_value() == "Mine."
        assert "by Ann" in page.locator(".decision").inner_text()
    assert len(read(state).decisions[1]) == 1


def test_nothing_in_a_request_acts_and_every_word_can_be_read(page, state, tmp_path):
    with page_of(state, tmp_path, "--blind", lab="") as address:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        assert "syntax" not in page.locator("body").inner_text()
        page.locator("a", has_text="1: softmax_loss").click()
        page.locator("#card").wait_for()
        assert HOSTILE in page.locator("blockquote").inner_text()
        assert page.evaluate("window.ran") is None
        assert all(url.startswith(("http://127.0.0.1", "data:")) for url in asked)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = contrasts(page.locator("body"))
            assert {words: ratio for words, ratio in found.items() if ratio < ENOUGH} == {}, scheme
        page.set_viewport_size({"width": 420, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
