"""Whose hand-in is it: people from the names of folders and files.

The first name below the folder that holds the class says who; in this order:

1. What a learning management system or nbgrader's exchange wrote: see `autograder.intake.lms`.
2. A student number with a name, in any order, the lab cut out: ``2021K8009-张三-实验2.ipynb`` is "2021K8009-张三".
3. Any other folder is its own name, so that two differently named folders are never one person.
4. Any other file is its name without endings, the lab, and words such as ``Copy of``, ``(1)``, ``-checkpoint``,
   ``final``: ``alice_lab2_final.zip`` is "alice".
5. A name that says nothing else (``lab2_layers``, ``stu_upload``, ``layers_1.py``, ``Untitled1.ipynb``) is nobody's:
   the hand-in is then its parent folder's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.course import UPLOAD
from autograder.intake.lms import FOLDER, Mark, mark_of

#: What browsers, editors and LMSs add after a file's ending.
_MORE = r"(?:\.(?:txt|json|download|bak|old|orig|save|\d{1,2})|[ _]?[(（]\d{1,2}[)）]|~)"
_ENDINGS = re.compile(rf"(?i)(?:\.(?:ipynb|py){_MORE}*|\.(?:zip|txt|json))+$")
_COPY = re.compile(r"(?i)(?:[ _-]*[(（]\d+[)）]|[ _-]+copy(?:[ _-]?\(?\d+\)?)?+|[ _-]+checkpoint|[ _-]*副本)+$")
_COPY_OF = re.compile(r"(?i)^(?:copy[ _]of|kopie[ _]von|copie[ _]de|副本)[ _-]*")
#: Words after a name that are no part of it.
_STATES = (
    r"final|finali[sz]ed|finished|done|fixed|updated|revised|resubmi\w+|submi\w+|solutions?|answers?|v\d+|ver(?:sion)?\d*"
    r"|最终版?|终版|提交|作业|报告|答案|实验报告|完成"
)
#: Words of which a name that says nobody is made.
_NOTHING = re.compile(
    rf"(?i)(?:{_STATES}|untitled|copy|of|checkpoint|notebooks?|jupyter|ipynb|folder|homework|hw|handin|assignments?|work|my|the"
    r"|new|old|latest|test|draft|backup|code|src|source|upload|attempt|try|part|labs?|aics|新|新建|我的|新建文件夹|代码"
    r"|实验|智能计算系统)\d{0,2}"
)
_STATE = re.compile(rf"(?i)(?:[ _.+-]+[(（]?(?:{_STATES})[)）]?)+$")
_BETWEEN = re.compile(r"[\s_.+()（）-]+")
_STUDENT_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:\d{4}[A-Za-z]\d{4,}|\d{7,}|[A-Za-z]{1,2}\d{6,})(?![0-9A-Za-z])")
_DIGITS = r"[ _-]?[\d一二三四五六七八九十]{1,2}"
#: A folder of the original course, such as ``exp_2_1_mnist_mlp`` or ``code_chap_2_3``: experiment, and what it is on.
_EXPERIMENT = r"(?:exp(?:eriment)?|chap(?:ter)?)[ _-]?\d{1,2}(?:[ _.-]\d{1,2})*"
_EXPERIMENT += r"(?:[ _-](?:mnist|mlp|vgg(?:19)?|style|transfer|cpu|dlp))*"
_ANY_LAB = rf"lab[ _-]?\d{{1,2}}|{_EXPERIMENT}|(?:第{_DIGITS}[ _-]?[次个]?)?(?:实验|作业)(?:{_DIGITS})?"
_RECEIPT = re.compile(r"\.receipt\b[^.]*\.json", re.I)
_NOTEBOOK = re.compile(rf"(?i)(?:\.ipynb{_MORE}*|lab\d[^/]*\.json)$")
_PYTHON = re.compile(rf"(?i)\.py{_MORE}*$")
_LONGEST_NAME = 255  # characters of a name: the most that a file system holds


@dataclass(frozen=True)
class Person:
    """A person as named: two that differ in anything are not known to be one.

    Attributes
    ----------
    name : str
        As it was found.
    number : str
        The number that `system` has for the person, "" where it gave none.
    system : str
        The learning management system, "school" for a student number, "" for a name alone.
    """

    name: str
    number: str = ""
    system: str = ""


class Naming:
    """Reads names, given the labs' names and the course's file names."""

    def __init__(self, labs: Iterable[str], course_files: Iterable[str] = ()) -> None:
        """Take the names that are not a person's."""
        words = sorted({*labs}, key=len, reverse=True)
        self._course_files = {file: _spelled(file) for file in course_files}
        known = "".join(rf"{re.escape(word).replace('_', '[ _-]?')}|" for word in words if word)
        roots = "".join(rf"{re.escape(word.split('_')[0])}|" for word in words if "_" in word)
        lab = rf"{known}{roots}{_ANY_LAB}"
        self._lab = re.compile(rf"(?i)(?:(?:^|[ _.+-]+)(?:{lab})(?=$|[ _.+-])|[ _.+-]*(?=[第实作])(?:{_ANY_LAB}))")
        self._title = re.compile(rf"(?i)(?:(?:{lab})(?=$|[ _.,:-])[^_]*|[^_]*)_(?=.)")

    def mark(self, name: str) -> Mark | None:
        """Return what a system wrote in a name, None where none did; Blackboard's user name without the title."""
        found = mark_of(unicodedata.normalize("NFC", name[:_LONGEST_NAME]))
        if found and found.system == "blackboard" and (title := self._title.match(found.name)):
            return Mark("blackboard", found.name[title.end() :], "", found.when, found.late)
        return found

    def person(self, name: str, *, is_file: bool) -> Person | None:
        """Return who a folder or file is named after, None where it is nobody."""
        name = unicodedata.normalize("NFC", name[:_LONGEST_NAME])
        if found := self.mark(name):
            return Person(found.name, found.number, found.system if found.number else "")
        if self.course_file(name) or name == UPLOAD:
            return None
        if not is_file and FOLDER.fullmatch(name):  # Gradescope's, where nothing says whose
            return Person(name)
        stem = _COPY_OF.sub("", _COPY.sub("", _ENDINGS.sub("", name) if is_file else name))
        rest = self._without_lab(stem)
        if _says_nobody(rest) or (rest != stem and re.fullmatch(r"\d{1,2}", rest)):
            return None
        if number := _STUDENT_NUMBER.search(rest):
            return _numbered(number[0].upper(), f"{rest[: number.start()]} {rest[number.end() :]}")
        if not is_file:
            return Person(name)
        return Person(_STATE.sub("", rest) or rest)

    def container(self, path: Path) -> Person:
        """Return whose a path is by its own name, else by its parents': for a single hand-in."""
        for depth, step in enumerate((path, *path.parents)):
            if step.name and (found := self.person(step.name, is_file=depth == 0 and not step.is_dir())):
                return found
        return Person("student")

    def course_file(self, name: str) -> str:
        """Return which file of the course a file is, "" where it is none; an LMS may put words before it.

        A browser or a student may have added that it is a copy, or done: ``layers_1 (1).py``, ``Layers1_final.py``.
        """
        if not _PYTHON.search(name):
            return name if name in self._course_files else ""
        stem = _STATE.sub("", _COPY.sub("", _PYTHON.sub("", name)))
        return next((file for file, spelled in self._course_files.items() if spelled.fullmatch(stem)), "")

    def is_lab(self, name: str) -> bool:
        """Return whether a folder is named after a lab, and nothing else."""
        return bool(self._lab.search(name)) and self.person(name, is_file=False) is None

    def bears(self, name: str) -> bool:
        """Return whether a file may be a hand-in by its name."""
        return is_notebook_name(name) or name.lower().endswith(".zip") or bool(self.course_file(name))

    def _without_lab(self, stem: str) -> str:
        """Return what a name says beside the lab: what stands before it, or else after it."""
        if not (found := self._lab.search(stem)):
            return stem
        before, after = stem[: found.start()].strip(" _.+-"), stem[found.end() :].strip(" _.+-")
        if _STUDENT_NUMBER.search(before) or _STUDENT_NUMBER.search(after):
            return f"{before} {after}"
        return after if _says_nobody(before) else before


def _spelled(file: str) -> re.Pattern[str]:
    """The ways in which people write a course file's name, after any words, without its ending."""
    stem = re.escape(file.removesuffix(".py")).replace("_", "[ _-]?")
    return re.compile(rf"(?i)(?:.*_)?{stem}", re.DOTALL)


def is_notebook_name(name: str) -> bool:
    """Return whether a file has a notebook's name; browsers and LMSs may have added an ending.

    The receipt of a student's own check (`aics.handin.receipt`) is JSON as well, and none.
    """
    return bool(_NOTEBOOK.search(name)) and not _RECEIPT.search(name)


def _says_nobody(text: str) -> bool:
    words = [word for word in _BETWEEN.split(text) if word]
    return all(_NOTHING.fullmatch(word) or re.fullmatch(r"\d{1,2}", word) for word in words) and not text.isdecimal()


def _numbered(number: str, around: str) -> Person:
    """Return the person of a student number and of what stands around it."""
    words = [word for word in _BETWEEN.split(around) if word and not _NOTHING.fullmatch(word)]
    return Person("-".join((number, *words)), number, "school")
