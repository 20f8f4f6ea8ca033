"""Ids: the same in every run, kept for good, by the roster where there is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course import CourseError
from autograder.intake.names import Person
from autograder.intake.people import PEOPLE, People
from autograder.intake.roster import ROSTER, Roster, Student

LAB = {"lab2"}
WANG = Person("Wang Wei", "101", "moodle")
ADA = Person("Ada Byron", "303", "moodle")


def ids(folder, *people, lab="lab2"):
    """Ids in one run of its own, kept in the folder."""
    known = People(folder)
    found = known.ids({person: {lab} for person in people})
    known.save()
    return [found[person] for person in people]


def write_roster(folder, *students: Student):
    Roster(list(students)).write(folder / ROSTER)


@given(st.lists(st.builds(Person, st.text(max_size=4), st.sampled_from(["", "1", "2"]), st.just("moodle")), max_size=8))
def test_no_two_people_share_an_id(people):
    """A system's number is one person's; names without a number are as many people."""
    found = People().ids(dict.fromkeys(people, LAB))
    assert len(set(found.values())) == len({person.number or person for person in people})


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        (ADA, Person("Group A-Ada Byron", "303", "moodle"), True),
        (Person("Participant", "303", "moodle"), ADA, True),
        (Person("byronada", "44101", "canvas"), Person("lovelaceada", "44101", "canvas"), True),
        (Person("alice", "2025", "canvas"), Person("bob", "2025", "canvas"), False),
        (ADA, Person("Ada Byron", "303", "brightspace"), False),
        (Person("1-张三", "1", "school"), Person("1-李四", "1", "school"), False),
    ],
)
def test_a_number_is_one_person_whatever_the_name(tmp_path, first, second, one):
    assert (ids(tmp_path, first) == ids(tmp_path, second)) is one


def test_two_of_one_name_are_two_in_every_run(tmp_path):
    other = Person("Wang Wei", "202", "moodle")
    together = ids(tmp_path / "a", WANG, other)
    assert together == ids(tmp_path / "b", WANG) + ids(tmp_path / "b", other) == ["Wang_Wei_101", "Wang_Wei_202"]


def test_an_id_is_kept_when_another_comes_who_would_have_it(tmp_path):
    assert ids(tmp_path, Person("Ada Byron")) == ["Ada_Byron"]
    first, second = ids(tmp_path, Person("Ada_Byron"), Person("Ada Byron"))
    assert second == "Ada_Byron"
    assert first.startswith("Ada_Byron-")
    assert ids(tmp_path, Person("Ada_Byron")) == [first]


def test_the_roster_knows_a_number(tmp_path):
    write_roster(tmp_path, Student(id="w1", name="Wang Wei", moodle="100 101"), Student(id="w2", name="Wang Wei"))
    assert ids(tmp_path, WANG, Person("Wang Wei", "202", "moodle")) == ["w1", "Wang_Wei_202"]


@pytest.mark.parametrize(
    "person",
    [
        ADA,
        Person("byronada", "44101", "canvas"),
        Person("Byron, Ada"),
        Person("ada.b"),
        Person("AB7"),
        Person("ab7-Ada-Byron", "ab7", "school"),
        Person("Ada", "ab7", "gradescope"),
    ],
)
def test_the_roster_knows_a_name_that_is_there_once(tmp_path, person):
    write_roster(
        tmp_path, Student(id="ada", name="Ada Byron", email="ada.b@u.edu", number="ab7"), Student(id="bo", name="Bo")
    )
    assert ids(tmp_path, person) == ["ada"]


def test_moodles_numbers_for_two_labs_are_one_student_of_the_roster(tmp_path):
    write_roster(tmp_path, Student(id="ada", name="Ada Byron"))
    assert ids(tmp_path, ADA) == ids(tmp_path, Person("Ada Byron", "404", "moodle"), lab="lab3") == ["ada"]


def test_of_two_with_the_rosters_one_name_nobody_is_guessed(tmp_path):
    write_roster(tmp_path, Student(id="wang", name="Wang Wei"))
    other = Person("Wang Wei", "202", "moodle")
    assert ids(tmp_path, WANG, other) == ["Wang_Wei_101", "Wang_Wei_202"]


def test_two_differently_named_folders_are_never_one_person(tmp_path):
    write_roster(tmp_path, Student(id="ada", name="Ada Byron"))
    assert ids(tmp_path, Person("Ada Byron"), Person("Byron, Ada")) == ["Ada_Byron", "Byron_Ada"]


def test_a_number_that_two_students_give_is_the_ones_whose_name_goes_with_it(tmp_path):
    write_roster(tmp_path, Student(id="zhang", name="张三", number="2021K8009"))
    names = ("2021K8009-张三", "2021K8009-李四", "2021K8009-计科1班-张三")
    people = [Person(name, "2021K8009", "school") for name in names]
    assert ids(tmp_path, *people) == ["zhang", "2021K8009-李四", "zhang"]


def test_who_is_unknown_is_listed_and_keeps_the_id(tmp_path):
    write_roster(tmp_path, Student(id="ada", name="Ada Byron"))
    known = People(tmp_path)
    known.ids({ADA: LAB, WANG: LAB})
    assert known.unknown() == ["Wang_Wei_101"]
    assert People().unknown() == []


def test_who_was_graded_before_there_was_a_roster_keeps_the_id(tmp_path):
    assert ids(tmp_path, ADA) == ["Ada_Byron_303"]
    roster = Roster()
    roster.take([Student(id="ada", name="Ada Byron", moodle="303")], People(tmp_path).known)
    roster.write(tmp_path / ROSTER)
    assert ids(tmp_path, ADA) == ["Ada_Byron_303"]


def test_a_change_that_the_roster_asks_for_is_said(tmp_path):
    ids(tmp_path, ADA)
    write_roster(tmp_path, Student(id="ada", name="Ada Byron", moodle="303"))
    known = People(tmp_path)
    assert known.ids({ADA: LAB}) == {ADA: "ada"}
    assert any("was Ada_Byron_303 so far" in sentence for _, sentence in known.remarks)


NAMES = ["", "a,b", 'a"b', "a\nb", "=1+1", "\udcff", "a\0b", "张三", "a" * 300]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_kept(tmp_path, name):
    assert ids(tmp_path, Person(name)) == ids(tmp_path, Person(name))


@pytest.mark.parametrize("text", ["", "id\n../x\n", "id,system,number,name,labs\n../x,,,a,\n", "\0", "a,b\n1,2,3\n"])
def test_a_damaged_file_of_people_stops_nothing(tmp_path, text):
    (tmp_path / PEOPLE).write_text(text)
    assert ids(tmp_path, ADA) == ["Ada_Byron_303"]


@pytest.mark.parametrize("text", ["name,email\nAda,a@u\n", "id\n../x\n", "id\na b\n"])
def test_a_roster_that_cannot_be_one_is_said(tmp_path, text):
    (tmp_path / ROSTER).write_text(text)
    with pytest.raises(CourseError, match=ROSTER):
        People(tmp_path)
