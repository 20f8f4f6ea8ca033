"""Answers in words, graded by hand in a real browser: sixty without a mouse, two people at once, nothing that acts."""

from __future__ import annotations

import json
import shutil
import urllib.error
import urllib.request

import pytest

from autograder.course import ClassFolder
from autograder.marking.decisions import path_of
from tests.browser.servers import chromium
from tests.instructor.marked import COUNT, LAB, QUESTION, page_of, scores, write_class

if not chromium():
    pytest.skip("no Chromium here: on Debian `apt-get install chromium` brings it", allow_module_level=True)
pytestmark = pytest.mark.slow
DIFFERENT = 41  # forty sentences and what tries to act, less the one that it took the place of, which another wrote too


@pytest.fixture(scope="module")
def made(registered, tmp_path_factory) -> ClassFolder:
    state = ClassFolder(shutil.copytree(registered, tmp_path_factory.mktemp("marked") / "course"))
    write_class(state)
    return state


@pytest.fixture
def waiting(made, tmp_path) -> ClassFolder:
    """The class, nothing graded yet."""
    return ClassFolder(shutil.copytree(made.folder, tmp_path / "course"))


def opened(page, address: str):
    page.goto(address)
    page.locator("#place:not(:empty)").wait_for()
    return page


def left(page) -> str:
    return page.locator("#left").inner_text()


def test_sixty_answers_are_graded_without_a_mouse(page, waiting, tmp_path):
    with page_of(waiting, tmp_path, "--grader", "Tess") as address:
        opened(page, address)
        assert left(page) == f"{COUNT} of {COUNT} wait"
        page.keyboard.press("c")
        page.keyboard.type("Say what the cache does.")
        page.keyboard.press("Escape")
        for number in range(DIFFERENT):
            page.keyboard.press("1")
            page.keyboard.press("3")
            page.keyboard.press("-")
            before = left(page)
            page.keyboard.press("Enter")
            page.wait_for_function("before => document.querySelector('#left').textContent !== before", arg=before)
            assert number < DIFFERENT
        assert left(page) == "All answers are graded."
    given = scores(waiting)
    assert len(given) == COUNT
    assert {(points, wait) for points, _, wait in given.values()} == {(5.5, False)}
    assert all(comment.endswith("Graded by Tess.") for _, comment, _ in given.values())
    assert sum(comment.startswith("Say what the cache does.") for _, comment, _ in given.values()) >= 1
    decisions = [json.loads(line) for line in path_of(waiting, LAB).read_text().splitlines()]
    assert len(decisions) == DIFFERENT
    assert sum(len(each["students"]) for each in decisions) == COUNT
    assert decisions[0]["criteria"] == [3, 0, 2.5, 0, 0]
    assert {each["grader"] for each in decisions} == {"Tess"}


def test_keys_that_are_typed_while_a_decision_is_on_its_way_are_for_the_next_answer(page, waiting, tmp_path):
    with page_of(waiting, tmp_path) as address:
        opened(page, address)
        held = []  # the first decision, on its way until all keys are typed
        first = lambda route: not held and route.request.method == "POST"  # noqa: E731
        page.route("**/answers", lambda route: held.append(route) if first(route) else route.continue_())
        for key in ("1", "Enter", "2", "3", "c", "N", "o", ".", "Escape", "Enter", "1", "2"):
            page.keyboard.press(key)
        while not held:
            page.wait_for_timeout(50)
        held[0].continue_()
        page.locator("#said:has-text('Saved. Points: 4;')").wait_for()
        page.wait_for_function("() => document.querySelector('#points').value === '4'")
    given = sorted((points, comment) for points, comment, _ in scores(waiting).values() if points is not None)
    assert {points for points, _ in given} == {3, 4}
    assert all(comment.startswith("No.") == (points == 4) for points, comment in given)


def test_two_graders_do_not_write_over_each_other_unasked(page, waiting, tmp_path):
    with page_of(waiting, tmp_path) as address:
        other = page.context.new_page()
        for each, name in ((opened(page, address), "Ann"), (opened(other, address), "Ben")):
            each.locator("#grader").fill(name)
            each.keyboard.press("Escape")
        other.keyboard.press("2")  # what is begun is not read anew
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        page.locator("#said:not(:empty)").wait_for()
        first = [student for student, (points, _, _) in scores(waiting).items() if points == 3]
        other.keyboard.press("Enter")
        other.locator("#said:has-text('Meanwhile Ann gave: 3.')").wait_for()
        assert all(scores(waiting)[student][0] == 3 for student in first)
        other.keyboard.press("o")
        other.locator("#said:has-text('Saved')").wait_for()
        assert all(scores(waiting)[student][0] == 1 for student in first)
        other.close()


def test_what_an_answer_holds_does_nothing_and_formulas_are_drawn_offline(page, waiting, tmp_path):
    with page_of(waiting, tmp_path) as address:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        opened(page, address)
        for _ in range(DIFFERENT):
            page.keyboard.press("j")
        page.wait_for_timeout(300)
        assert page.evaluate("window.ran") is None
        assert all(url.startswith(("http://127.0.0.1", "data:")) for url in asked)
        assert page.locator("#text math").count() == 1


def test_blind_tells_no_names(page, waiting, tmp_path):
    with page_of(waiting, tmp_path, "--blind") as address:
        told: list[str] = []
        page.on("response", lambda reply: told.append(reply.text()) if reply.url.endswith("/answers") else None)
        opened(page, address)
        assert "student" not in page.locator("#people").inner_text().replace("students wrote", "")
        assert told
        assert not any("student0" in text for text in told)


def test_nobody_without_the_address_gets_in(waiting, tmp_path):
    with page_of(waiting, tmp_path) as address:
        bare = address.partition("?")[0]
        for url, data in ((f"{bare}/answers", None), (f"{bare}/answers", b"{}")):
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(urllib.request.Request(url, data), timeout=20)
            assert refused.value.code == 403
            refused.value.close()
    assert QUESTION in bare
