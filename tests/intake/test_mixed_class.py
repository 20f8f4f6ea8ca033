"""A class of forty mixed downloads: who became whom, alone and beside all others, and when it was handed in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from autograder.intake.deadlines import Deadlines
from autograder.intake.find import find_handins
from tests.intake.files import LAYERS_1
from tests.intake.mixed_class import DOWNLOADS, build
from tests.intake.mixed_damage import CHINESE, HOLDS_WHAT, NEWEST_CUT
from tests.intake.own_check import HOLDS, right_by_the_grader
from tests.intake.release import ANSWERS, as_bytes, by_id, shape, solved


@pytest.fixture(scope="module")
def everyone(tmp_path_factory):
    """The class with its hand-ins and remarks, found once."""
    folder = tmp_path_factory.mktemp("Downloads")
    build(folder, as_bytes(solved()), LAYERS_1.encode())
    handins, remarks = find_handins(folder, [shape()], deadlines=Deadlines(zone=UTC))
    return folder, handins, remarks


@pytest.fixture(scope="module")
def damaged(tmp_path_factory):
    """The same class, some of whose notebooks are damaged: path -> hand-in."""
    folder = tmp_path_factory.mktemp("Damaged")
    others = {path: make() for path, (make, _) in (HOLDS_WHAT | NEWEST_CUT).items()}
    build(folder, as_bytes(solved()), LAYERS_1.encode(), others=others)
    handins, _ = find_handins(folder, [shape()], deadlines=Deadlines(zone=UTC))
    return folder, handins


def of(student: str, wanted: str) -> bool:
    """Whether an id is the one wanted; after a dash at its end stands what tells it from another of that name."""
    return student == wanted or (wanted.endswith("-") and student.startswith(wanted))


@pytest.mark.parametrize(("path", "wanted"), DOWNLOADS.items())
def test_who_became_whom(everyone, path, wanted):
    folder, handins, remarks = everyone
    top = path.replace(".zip/", ".zip > ").removesuffix("/layers_1.py")
    graded = [h.student for h in handins if h.original == f"{folder}/{top}"]
    aside = [r.student for r in remarks if r.path == f"{folder}/{top}" and r.sentence.startswith("set aside")]
    assert len(graded + aside) == 1
    assert of((graded + aside)[0], wanted)


@pytest.mark.parametrize(("path", "said"), [(path, said) for path, (_, said) in HOLDS_WHAT.items()])
def test_what_is_damaged_loses_nothing_that_is_right(damaged, path, said):
    folder, handins = damaged
    (handin,) = (h for h in handins if h.original == f"{folder}/{path.replace('.zip/', '.zip > ')}")
    assert of(handin.student, DOWNLOADS[path])
    assert right_by_the_grader(handin.notebook) == set(HOLDS)
    assert any(said in remark for remark in handin.remarks) if said else not handin.remarks
    if "is saved in" in said:
        assert by_id(handin.notebook, "why").source == CHINESE


@pytest.mark.parametrize(("path", "said"), [(path, said) for path, (_, said) in NEWEST_CUT.items()])
def test_a_damaged_newest_attempt_gives_way_to_the_whole_one(damaged, path, said):
    folder, handins = damaged
    (handin,) = (h for h in handins if h.student == DOWNLOADS[path])
    assert handin.original != f"{folder}/{path}"
    assert by_id(handin.notebook, "why").source == ANSWERS["why"]
    assert [remark for remark in handin.remarks if remark.startswith(f"{path} {said}: ")]


def test_damage_changes_nobody(everyone, damaged):
    assert [h.student for h in damaged[1]] == [h.student for h in everyone[1]]


def test_nobody_else_is_there_and_nobody_is_missing(everyone):
    _, handins, remarks = everyone
    assert len({h.student for h in handins}) == len(handins) == len(set(DOWNLOADS.values()))
    aside = {r.student for r in remarks if "set aside" in r.sentence and "it is newer" in r.sentence}
    assert aside == {"alan_m_turing", "Ada_Byron_30111", "edsger"}
    namesakes = {r.student for r in remarks if "another number" in r.sentence}
    assert namesakes == {"Wang_Wei_202", "Ada_Byron_30112"}
    assert {r.student for r in remarks} == aside | namesakes | {"liuyang_44102"}


@pytest.mark.parametrize(("path", "wanted"), [item for item in DOWNLOADS.items() if "eve!" not in item[0]])
def test_an_identity_does_not_depend_on_who_else_is_there(tmp_path, path, wanted):
    """Each download alone, in the folder that its system writes."""
    build(tmp_path / "all", as_bytes(solved()), LAYERS_1.encode())
    first = path.split("/")[0]
    for other in (tmp_path / "all").iterdir():
        if other.name != first and not other.name.endswith(".txt"):
            other.rename(tmp_path / other.name)
    handins, _ = find_handins(tmp_path / "all", [shape()])
    assert any(of(h.student, wanted) for h in handins)


def test_times_go_through(everyone):
    _, handins, _ = everyone
    when = {h.student: h.handed_in for h in handins}
    assert when["alan_m_turing"] == datetime(2025, 2, 1, 9, tzinfo=UTC)
    assert when["Ada_Byron_30111"] == datetime(2025, 2, 1, 21, tzinfo=UTC)
    assert when["Ada_Byron_30112"] == datetime(2025, 2, 1, 0, 5, tzinfo=UTC)
    assert when["Carol_Shaw_7001"] == datetime(2025, 1, 31, 3, 33, 24, 923430, tzinfo=UTC)
    assert when["Dan_Ritchie_dan_example.edu"] == datetime(2025, 2, 1, 3, 33, 24, 923430, tzinfo=UTC)
    assert when["edsger"] == datetime(2025, 2, 2, 10, 30, tzinfo=UTC)
    assert when["alice"] is None
    assert {h.student for h in handins if h.late} == {"liuyang_44102"}
