"""What learning management systems export becomes the roster, by the real command."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from autograder.course import ROOT, CourseError
from autograder.intake.exports import read_export, take
from autograder.intake.names import Person
from autograder.intake.roster import Roster, Student

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Lab 2 (901)\n    Points Possible,,,,,100\n"
    '"Byron, Ada",44101,2021001,ada,A,90\n"Student, Test",9,,x,A,\n'
)
MOODLE = (
    'Identifier,"Full name","Email address",Status,Grade\n"Participant 101","Wang Wei",w1@u.cn,,\n'
    '"Participant 202","Wang Wei",w2@u.cn,,\n'
)
PARTICIPANTS = '"First name","Last name","ID number","Email address",Groups\nAda,Byron,2021001,ada@u.cn,A\n'
BLACKBOARD = (
    "Last Name\tFirst Name\tUsername\tStudent ID\tLast Access\tAvailability\nTuring\tAlan\talan_m\t888\t\tYes\n"
)
BRIGHTSPACE = "OrgDefinedId,Username,Last Name,First Name,Email,Lab 2,End-of-Line Indicator\n#777,#eve,Ek,Eve,e@u,9,#\n"
GRADESCOPE = "First Name,Last Name,SID,Email,Sections\nCarol,Shaw,7001,c@u,\n"
CHINESE = "姓名,学号,电子邮件地址\n张三,2021K8009,zs@u.cn\n"
ADA = Student(id="2021001", name="Ada Byron", number="2021001")


def students(path):
    """Which system wrote an export, and its students."""
    export = read_export(path)
    return export.system, [student for _, student in export.students]


@pytest.mark.parametrize(
    ("text", "encoding", "wanted"),
    [
        (CANVAS, "utf-8-sig", Student(id="2021001", name="Ada Byron", number="2021001", login="ada", canvas="44101")),
        (MOODLE, "utf-8", Student(id="w1", name="Wang Wei", email="w1@u.cn", moodle="101")),
        (PARTICIPANTS, "utf-8", Student(id="2021001", name="Ada Byron", email="ada@u.cn", number="2021001")),
        (BLACKBOARD, "utf-16", Student(id="888", name="Alan Turing", number="888", login="alan_m")),
        (BRIGHTSPACE, "utf-8", Student(id="777", name="Eve Ek", email="e@u", number="777", login="eve")),
        (GRADESCOPE, "utf-8", Student(id="7001", name="Carol Shaw", email="c@u", number="7001")),
        (CHINESE, "gb18030", Student(id="2021K8009", name="张三", email="zs@u.cn", number="2021K8009")),
    ],
)
def test_an_export_is_read(tmp_path, text, encoding, wanted):
    file = tmp_path / "export.csv"
    file.write_bytes(text.encode(encoding))
    _, (first, *_) = students(file)
    assert first == wanted


CANVAS_WHOLE = (
    'Student,ID,SIS User ID,SIS Login ID,Root Account,Section,"Lab 2, layers (901)",Final Grade\r\n'
    ",,,,,,Manual Posting,\r\n    Points Possible,,,,,,100,(read only)\r\n"
    '"Byron, Ada",44101,2021001,ada,u.edu,A,90,A\r\n'
    '"Student, Test",44999,,9f2e,,A,,\r\n'
)
ADA_1 = Student(id="2021001", name="Ada Byron", number="2021001", login="ada", canvas="44101")
SPLIT = "LastName,FirstName,ID,SIS User ID,SIS Login ID,Section\nByron,Ada,44101,2021001,ada,A\nStudent,Test,9,,x,A\n"
SEMICOLONS = 'Student;ID;SIS User ID;SIS Login ID;Section;Lab (9)\n"Byron, Ada";44101;2021001;ada;A;9,5\n'
BLACKBOARD_QUOTED = (
    '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Last Access"\t"Lab 2 [Total Pts: 100 Score] |664617"\r\n'
    '"Turing"\t"Alan M."\t"alan_m_turing"\t"888"\t"2025-01-31 10:30:00"\t""\r\n'
    '"Turing_PreviewUser"\t"Alan"\t"alan_previewuser"\t""\t""\t""\r\n'
)
WORKSHEET = (
    'Identifier,"Full name","ID number","Email address",Status,Grade,"Feedback comments"\r\n'
    '"Participant 101","Ada Byron",2021001,ada@u.cn,"Submitted, for grading",,"<p>Good.</p>\r\n<p>Go on.</p>"\r\n'
)
MOODLE_ADA = Student(id="2021001", name="Ada Byron", email="ada@u.cn", number="2021001", moodle="101")
ZHANG = Student(id="2021K8009", name="张三", email="zs@u.cn", number="2021K8009")
TITLED = "2025年秋季 智能计算系统 学生名单,,,\n序号,学号,姓名,邮箱\n1,2021K8009,张三,zs@u.cn\n"
STAFF = "Name,SID,Email,Role\nCarol Shaw,7001,c@u,Student\nX Y,,x@u,Instructor\nU V,,u@u,TA\n"


@pytest.mark.parametrize(
    ("text", "encoding", "system", "wanted"),
    [
        (CANVAS_WHOLE, "utf-8-sig", "canvas", ADA_1),
        (SPLIT, "utf-8", "canvas", ADA_1),
        (SEMICOLONS, "utf-8-sig", "canvas", ADA_1),
        ("学生,ID,SIS 用户 ID,SIS 登录 ID\n    满分,,,\nAda Byron,44101,2021001,ada\n", "utf-8", "canvas", ADA_1),
        (
            *(BLACKBOARD_QUOTED, "utf-16", "blackboard"),
            Student(id="888", name="Alan M. Turing", number="888", login="alan_m_turing"),
        ),
        (
            *('"姓"\t"名"\t"用户名"\t"学生 ID"\n"张"\t"三"\t"zs_1"\t"2021K8009"\n', "utf-16", "blackboard"),
            Student(id="2021K8009", name="张三", number="2021K8009", login="zs_1"),
        ),
        (WORKSHEET, "utf-8-sig", "moodle", MOODLE_ADA),
        ("标识,全名,学号,Email地址\n参加者101,Ada Byron,2021001,ada@u.cn\n", "utf-8-sig", "moodle", MOODLE_ADA),
        ("名,姓氏,ID号,电子邮件地址\n三,张,2021K8009,zs@u.cn\n", "gb18030", "a list", ZHANG),
        (TITLED, "gb18030", "a list", ZHANG),
        ("sep=;\n姓名;学号;邮箱\n张三;2021K8009;zs@u.cn\n", "utf-8-sig", "a list", ZHANG),
        (
            *("Vorname;Nachname;ID-Nummer;E-Mail-Adresse\nAda;Byron;2021001;ada@u.cn\n", "utf-8", "a list"),
            Student(id="2021001", name="Ada Byron", email="ada@u.cn", number="2021001"),
        ),
        ('"First name",Surname,"Email address",Groups\nAda,Byron,a@u,"A, B"\n', "utf-8-sig", "moodle", None),
        ("Username,Lab 2,End-of-Line Indicator\n#eve.ek,9,#\n", "utf-8", "brightspace", None),
        (STAFF, "utf-8", "gradescope", Student(id="7001", name="Carol Shaw", email="c@u", number="7001")),
    ],
)
def test_an_export_as_a_system_writes_it_has_its_one_student(tmp_path, text, encoding, system, wanted):
    (tmp_path / "export.xls").write_bytes(text.encode(encoding))
    found, (student,) = students(tmp_path / "export.xls")
    assert found == system
    assert student == wanted or not wanted


@pytest.mark.parametrize("data", [b"PK\x03\x04\x14", b"\xd0\xcf\x11\xe0\xa1", b"<html><table>"])
def test_a_workbook_is_to_be_saved_as_csv(tmp_path, data):
    (tmp_path / "export.xlsx").write_bytes(data)
    with pytest.raises(CourseError, match="save it as CSV"):
        students(tmp_path / "export.xlsx")


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"a,b\n1,2\n", b"\xff\xfe\x00", b"\x89PNG\r\n\x1a\n\xff", b"Student,ID,Section\n"]
)
def test_what_is_no_export_is_said(tmp_path, data):
    (tmp_path / "export.csv").write_bytes(data)
    with pytest.raises(CourseError, match=r"export\.csv"):
        students(tmp_path / "export.csv")


@pytest.mark.parametrize(
    ("other", "how"),
    [
        (Student(id="x", name="A. Byron", number="2021001", email="a@u"), "completed"),
        (Student(id="x", name="Byron Ada", email="a@u"), "completed"),
        (Student(id="2021001", name="Ada Byron", number="2021001"), "known"),
        (Student(id="x", name="Ada Byron", number="2021002"), "new"),
        (Student(id="2021001", name="Somebody Else"), "new"),
    ],
)
def test_lines_are_joined_only_where_nothing_differs(other, how):
    roster = Roster([ADA])
    assert roster.add(other) == how
    assert len({student.id for student in roster.students}) == len(roster.students) == 1 + (how == "new")


def test_two_of_one_name_stay_two_lines(tmp_path):
    (tmp_path / "moodle.csv").write_text(MOODLE)
    roster = Roster()
    for _ in range(2):
        take(tmp_path / "moodle.csv", roster, {})
    assert [student.moodle for student in roster.students] == ["101", "202"]
    assert roster.namesakes() == ["Wang Wei"]


@pytest.mark.parametrize("column", ["number", "email", "login", "canvas"])
def test_what_stands_twice_is_a_fault(column):
    roster = Roster([Student(id="a", **{column: "7"}), Student(id="b", **{column: "7"})])
    (fault,) = roster.faults()
    assert f"the {column} 7" in fault


def test_a_name_or_address_that_two_have_tells_nobody():
    roster = Roster([Student(id="a", name="Wang Wei"), Student(id="b", name="Wei Wang")])
    assert roster.named(Person("Wang Wei")) is None


def test_the_command_writes_and_checks(tmp_path):
    environment = {**os.environ, "AICS_COURSE": str(tmp_path / "course"), "COLUMNS": "200"}

    def roster(*arguments):
        command = [sys.executable, "-m", "autograder", "roster", *map(str, arguments)]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)

    for name, text in (("canvas.csv", CANVAS), ("moodle.csv", MOODLE)):
        (tmp_path / name).write_text(text)
    done = roster(tmp_path / "canvas.csv", tmp_path / "moodle.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert "same name: Wang Wei" in done.stdout
    file = tmp_path / "course" / "roster.csv"
    assert file.read_text().splitlines()[1] == "2021001,Ada Byron,,2021001,ada,,44101,,"
    file.write_text(file.read_text().replace("w2@u.cn", "w1@u.cn"))
    again = roster()
    assert (again.returncode, "2 lines have the email w1@u.cn" in again.stdout) == (1, True)
    bad = roster(tmp_path / "nothing.csv")
    assert (bad.returncode, "Traceback" in bad.stderr) == (2, False)
