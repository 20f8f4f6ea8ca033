"""What code marks for translators is found; what cannot be translated is refused with its line."""

import pytest

from autograder.authoring.translate.marked import marked, marked_in_template
from autograder.course import CourseError

SOURCE = """
from aics.language import noted, plural, tr, words

SAID = {"one": "The first.", "two": "Two {names} "
"in one."}
say = words(SAID)
TITLE = noted("Where the time goes")

def show(n):
    return tr(TITLE), tr("{n} ways", n=n), plural("1 way", "{count} ways", n), tr(SAID["one"])
"""


def test_tables_constants_sentences_and_counts_are_found(tmp_path):
    path = tmp_path / "room.py"
    path.write_text(SOURCE)
    found = list(marked(path, "room.py"))
    assert {(message.text, message.many) for message in found} == {
        *[("The first.", ""), ("Two {names} in one.", ""), ("Where the time goes", "")],
        *[("{n} ways", ""), ("1 way", "{count} ways")],
    }


@pytest.mark.parametrize("call", ['tr(f"{n} ways")', 'tr("one " + name)', 'plural("1 way", many, n)', "words(table())"])
def test_a_sentence_that_is_not_written_out_is_refused(tmp_path, call):
    path = tmp_path / "room.py"
    path.write_text(f"from aics.language import plural, tr, words\n{call}\n")
    with pytest.raises(CourseError, match=r"room\.py, line 2"):
        list(marked(path, "room.py"))


def test_functions_of_the_same_name_from_elsewhere_are_nobodys_words(tmp_path):
    path = tmp_path / "room.py"
    path.write_text('from elsewhere import tr\ntr("one way")\n')
    assert not list(marked(path, "room.py"))


def test_a_template_says_its_sentences_by_a_filter(tmp_path):
    path = tmp_path / "page.j2"
    path.write_text(
        '<b>{{ "Score: {score} / {points}" | tr(score=a, points=b) }}</b>{% if x == "no" %}{{ "(Top)" | tr }}'
    )
    assert [message.text for message in marked_in_template(path, "page.j2")] == ["Score: {score} / {points}", "(Top)"]
