"""`autograder report`: one page, one table and one JSON of a class, as the real command writes them."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pytest

from aics.check.verdict import SpeedReading
from autograder.course import ClassFolder, Lab
from autograder.gradebook.nbgrader import Nbgrader
from autograder.report.gathered import standings
from autograder.report.reasons import ClassQuestion
from tests.gradebook.conftest import LAB, autograder

pytestmark = pytest.mark.slow


def rows(reports) -> dict[str, dict[str, str]]:
    text = (reports / f"{LAB}.csv").read_text("utf-8-sig")
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def test_everybody_is_in_the_table_with_every_kind_of_points_apart(known, reports):
    table = rows(reports)
    assert set(table) >= {row["student"] for row in known.rows}
    right = table["right"]
    assert (right["code"], right["code_out_of"], right["bonus"]) == ("100.0", "100.0", "10.0")
    assert (right["words"], right["words_waiting"], right["final"], right["img2col_why"]) == ("0", "10.0", "no", "")
    assert float(right["relu"]) == known.points("right")["relu"]
    assert table["untouched"]["code"] == "0.0"
    assert table["untouched"]["words_waiting"] == "0.0"  # there is no answer, and so nothing waits
    assert table["untouched"]["final"] == "yes"


def test_no_cell_is_a_formula_of_a_spreadsheet(reports):
    assert rows(reports)["untouched"]["name"] == "'=1+1"


def test_json_counts_what_the_verdicts_say(known, reports):
    data = json.loads((reports / f"{LAB}.json").read_text())
    for question in data["questions"]:
        verdicts = [row for row in known.rows if row["question"] == question["question"]]
        lost = {row["student"] for row in verdicts if row["score"] < row["max_score"]}
        assert sorted(s for reason in question["reasons"] for s in reason["students"]) == sorted(lost)
        assert question["right"] == sum(row["score"] == row["max_score"] > 0 for row in verdicts)
    stopped = {r["reason"] for q in data["questions"] for r in q["reasons"] if "hanging" in r["students"]}
    assert "stopped: hung, crashed, or burst a limit" in stopped


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(reports):
    text = (reports / f"{LAB}.html").read_text()
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", text)
    assert "<script" not in text
    assert "url(" not in text
    assert "Ada &lt;b&gt;Lovelace" in text


def test_every_number_leads_to_a_hand_in(reports):
    text = (reports / f"{LAB}.html").read_text()
    targets, links = set(re.findall(r'id="([^"]+)"', text)), re.findall(r'href="#([^"]+)"', text)
    assert set(links) - {"look-waiting"} <= targets
    pages = re.findall(r'href="(\.\./[^"]+)"', text)
    assert pages
    assert all((reports / page).exists() for page in pages)


def test_who_is_to_be_looked_at_is_named_with_why(reports):
    text = (reports / f"{LAB}.html").read_text()
    look = text[text.index('id="look"') : text.index('id="questions"')]
    parts = dict(re.findall(r'<details id="look-(\w+)">(.*?)</details>', look, re.S))
    assert "欧阳 修" in parts["stopped"]
    assert "relu" in parts["stopped"]
    assert '"#edited"' in parts["tampered"]
    assert '"#right"' in parts["waiting"]
    assert '"#untouched"' not in parts["waiting"]
    assert "Noor" in parts["missing"]
    assert "noor%40example.org" in parts["missing"]
    assert "Lovelace" not in parts["missing"]


def test_a_letter_to_those_who_made_one_mistake_has_their_addresses(reports):
    text = (reports / f"{LAB}.html").read_text()
    assert "mailto:?bcc=xiu%40example.org" in text


def test_points_that_a_person_set_count_and_are_named(known, reports):
    with Nbgrader(known.state).gradebook() as gradebook:
        grade = gradebook.find_grade("relu", LAB, LAB, "syntax")
        grade.manual_score, grade.needs_manual_grade = 3.5, False
        gradebook.db.commit()
    (student,) = [s for s in standings(known.state, Lab(LAB), reports) if s.student == "syntax"]
    assert student.by_hand == ["relu"]
    question = ClassQuestion(Lab(LAB).questions["relu"], [student])
    assert question.counts["partly"] == 1
    assert question.reasons[0].title == "set by a person"


def test_ratios_near_a_limit_are_marked(known, reports):
    lab = Lab(LAB)
    speed = lab.questions["conv_forward_speedup"].speed
    assert speed
    one = next(s for s in standings(known.state, lab, reports) if s.student == "right")

    def at(ratio: float):
        reading = SpeedReading(ratio=ratio, full=speed.limits.full, zero=speed.limits.zero, against="")
        verdicts = {**one.verdicts}
        verdicts["conv_forward_speedup"] = replace(verdicts["conv_forward_speedup"], speed=reading)
        return replace(one, student=f"at{ratio:g}", verdicts=verdicts)

    timed = ClassQuestion(lab.questions["conv_forward_speedup"], [at(speed.limits.full * 1.05), at(1.0)])
    assert [(reading.ratio, reading.near) for reading in timed.readings] == [
        (1.0, False),
        (speed.limits.full * 1.05, True),
    ]


def test_a_case_that_nobody_gets_past_is_told(known, reports):
    lab = Lab(LAB)
    one = next(s for s in standings(known.state, lab, reports) if s.student == "right")

    def fails(student: str, number: int):
        verdict = replace(one.verdicts["flatten"], score=0, rung="values", number=number, case="some case")
        return replace(one, student=student, verdicts={"flatten": verdict}, marks={})

    question = lab.questions["flatten"]
    assert ClassQuestion(question, [fails(name, 2) for name in "abc"]).everybody_at == 2
    assert ClassQuestion(question, [*(fails(name, 2) for name in "abc"), one]).everybody_at == 0
    assert ClassQuestion(question, [fails("a", 2), fails("b", 2), fails("c", 1)]).everybody_at == 0
    assert 2 not in ClassQuestion(question, [fails("a", 2)]).untripped


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["lab9"], "There is no lab 'lab9'"), ([LAB], "Nobody's lab2_layers is in the gradebook")],
)
def test_bad_input_is_one_line(tmp_path, arguments, said):
    done = autograder(ClassFolder(tmp_path / "course"), "report", *arguments)
    assert done.returncode != 0
    assert said in done.stderr.replace("\n", " ")
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "course" / "reports").exists()
