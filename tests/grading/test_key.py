"""What decides a verdict is in its key, and nothing else: every file is edited, and the keys compared."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from autograder.course import ROOT, Lab, labs
from autograder.grading.bench import student_python

pytestmark = pytest.mark.slow

#: Lab -> the questions whose verdicts lost their key.
Lost = dict[str, list[str]]

EVERY, NONE, ITS_LAB, USERS, SOLUTION = "every verdict", "none", "its lab's", "those of labs that use it", "solution"

#: The first pattern that fits a file says which verdicts an edit of its code outdates, and why.
RULES = [
    ("autograder/__init__.py", EVERY, "importing the rest runs it"),
    ("autograder/*.py", NONE, "commands and their output"),
    ("autograder/attacks/**", NONE, "hand-ins to test with"),
    ("autograder/authoring/assistants.*", NONE, "prose"),
    ("autograder/authoring/build.py", NONE, "what is built is looked at itself"),
    ("autograder/authoring/public_cases.py", NONE, "what is built is looked at itself"),
    ("autograder/authoring/exam.py", NONE, "makes zips"),
    ("autograder/authoring/cell.py", NONE, "a solution, to change and to try"),
    ("autograder/authoring/forked.py", NONE, "tries changed solutions"),
    ("autograder/authoring/merge.py", NONE, "makes two mistakes in one cell"),
    ("autograder/authoring/pairs.py", NONE, "what is built is looked at itself"),
    ("autograder/authoring/page.py", NONE, "pages to read"),
    ("autograder/authoring/preview.py", NONE, "pages to read"),
    ("autograder/authoring/readme.py", NONE, "prose"),
    ("autograder/authoring/section_time.py", NONE, "says how long a section takes"),
    ("autograder/authoring/received.py", NONE, "words: hand-ins are put beside the English notebook"),
    ("autograder/authoring/release.py", NONE, "makes zips"),
    ("autograder/authoring/own_*.py", NONE, "what differs by student is in the keys itself"),
    ("autograder/authoring/release_command.py", NONE, "makes zips"),
    ("autograder/authoring/*", EVERY, "makes the reference solution, and what lies beside a hand-in"),
    ("autograder/cluster/*", NONE, "where a run happens"),
    ("autograder/course/exam.py", NONE, "says when scores may be seen"),
    ("autograder/course/own_code.py", NONE, "reads a setting, which is in the keys itself"),
    ("autograder/course/varying.py", NONE, "reads a setting, which is in the keys itself"),
    ("autograder/course/setting.py", NONE, "reads settings, which are in the keys themselves"),
    ("autograder/course/*", EVERY, "what a lab and a question are"),
    ("autograder/gradebook/**", NONE, "shows and records what was judged"),
    ("autograder/grading/contents.py", NONE, "makes keys"),
    ("autograder/grading/digests.py", EVERY, "makes keys; asked also which modules of aics the sandbox lacks"),
    ("autograder/grading/imports.py", EVERY, "makes keys; asked also which modules of aics the sandbox lacks"),
    ("autograder/grading/key.py", NONE, "makes keys"),
    ("autograder/grading/parsed.py", EVERY, "makes keys; asked also which modules of aics the sandbox lacks"),
    ("autograder/grading/pool.py", NONE, "where a run happens"),
    ("autograder/grading/reach.py", NONE, "makes keys"),
    ("autograder/grading/record.py", NONE, "keeps what was judged"),
    ("autograder/grading/run.py", NONE, "says which questions are asked"),
    ("autograder/grading/verdict_json.py", NONE, "keeps what was judged"),
    ("autograder/grading/waiting.py", NONE, "where a run happens"),
    ("autograder/grading/own_parameters.py", NONE, "draws what is in the keys itself"),
    ("autograder/grading/*", EVERY, "draws, runs, asks, times and judges"),
    ("autograder/intake/*", NONE, "the repaired hand-in is looked at itself"),
    ("autograder/measure/**", NONE, "judges the grader"),
    ("autograder/oral/*", NONE, "a sheet to read"),
    ("autograder/marking/**", NONE, "what a person judges"),
    ("autograder/regrade/**", NONE, "what a person judges"),
    ("autograder/report/**", NONE, "tells what was judged"),
    ("autograder/authoring/translate/**", NONE, "words"),
    ("autograder/similar/**", NONE, "what a person looks at"),
    ("autograder/sandbox/**", EVERY, "what student code runs in"),
    ("data/README.md", NONE, "prose"),
    ("data/make/*", NONE, "how the data was made"),
    ("data/reference/*", ITS_LAB, "public cases, expected values, known mistakes' answers"),
    ("data/**", USERS, "any code that reads data may read it"),
    ("labs/*", NONE, "how the students' package is installed"),
    ("labs/studio/*", NONE, "a page to play with"),
    ("labs/demos/*", NONE, "a page to play with"),
    ("labs/*/*/*.ipynb", NONE, "words: hand-ins are put beside the English notebook"),
    ("labs/*/*.ipynb", ITS_LAB, "the given cells of every hand-in"),
    ("labs/aics/__init__.py", EVERY, "every hand-in imports it"),
    ("labs/aics/cli.py", NONE, "a command"),
    ("labs/aics/streams.py", NONE, "where a command writes"),
    ("labs/aics/version.py", NONE, "a number to show"),
    ("labs/aics/card/*", NONE, "shows a verdict"),
    ("labs/aics/handin/*", NONE, "what a student does before handing in"),
    ("labs/aics/show/*", NONE, "pictures"),
    ("labs/aics/language/*", NONE, "words"),
    ("labs/aics/lab*/*.mo", NONE, "words"),
    ("labs/aics/check/messages.py", NONE, "words"),
    ("labs/aics/check/*", EVERY, "asks and judges"),
    ("labs/aics/own/messages.py", NONE, "words"),
    ("labs/aics/own/*", EVERY, "asks about a student's own code, which may give points"),
    ("labs/aics/lab*/pictures/*", NONE, "pictures"),
    ("labs/aics/lab*/studio/**", NONE, "a page to play with"),
    ("labs/aics/demos/*", NONE, "pages to play with"),
    ("labs/aics/lab*/demos/*", NONE, "pages to play with"),
    ("labs/aics/lab*/*", ITS_LAB, "asks, and what they hand to student code"),
    ("labs/aics/notebook/__init__.py", EVERY, "every hand-in imports it"),
    ("labs/aics/notebook/earlier.py", EVERY, "every hand-in imports it"),
    ("labs/aics/notebook/methods.py", EVERY, "every hand-in imports it"),
    ("labs/aics/notebook/export*", EVERY, "writes what lies beside a hand-in"),
    ("labs/aics/parameters/drawn.py", EVERY, "what a lab and a question are"),
    ("labs/aics/parameters/blanks.py", EVERY, "what a lab and a question are"),
    ("labs/aics/parameters/command.py", NONE, "a command"),
    ("labs/aics/parameters/messages.py", NONE, "words"),
    ("labs/aics/parameters/own_notebook.py", NONE, "what a student does before beginning"),
    ("labs/aics/parameters/*", EVERY, "the student's check imports it, and every hand-in imports that"),
    ("labs/aics/*/**", USERS, "asks, cases or given cells may call it"),
    ("solutions/*/notebook.py", SOLUTION, "what a time is compared with, and what later labs start from"),
    ("solutions/*/others*.py", NONE, "what other courses ask too, to measure with"),
    ("solutions/*/landmarks.py", NONE, "made an embedded file"),
    ("solutions/*/*.py", ITS_LAB, "points, rules, cases and oracles"),
    ("solutions/*/misconceptions/*", NONE, "what they answer is in data/reference"),
    ("solutions/*/alternatives/*", NONE, "other right answers"),
    ("solutions/*/equivalents.toml", NONE, "says which machine-made changes are no mistakes"),
    ("solutions/*/*", NONE, "prose"),
]
LABS = labs()
TOUCHED = ("autograder", "data", "labs", "solutions")
#: Folders that tools make, and what students' code saved.
MADE = frozenset({"__pycache__", ".ipynb_checkpoints", "aics.egg-info", "build", "saved", "stu_upload"})


@cache
def rule_of(file: str) -> str | None:
    return next((rule for pattern, rule, _ in RULES if fits(file, pattern)), None)


def fits(file: str, pattern: str) -> bool:
    """Whether a path is meant: ``*`` is any name, ``**`` any path below."""
    return bool(_paths(pattern).fullmatch(file))


@cache
def _paths(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\*\*", ".+").replace(r"\*", "[^/]*"))


@cache
def text(path: Path) -> str:
    """What a file holds: each is looked into for every room."""
    return path.read_text("utf-8")


def files() -> list[str]:
    """Every file below the folders that hold code and data, whether Git knows it or not."""
    found = (path for top in TOUCHED for path in sorted((ROOT / top).rglob("*")) if path.is_file())
    return [str(path.relative_to(ROOT)) for path in found if MADE.isdisjoint(path.parts)]


FILES = files()
DECIDING = [file for file in FILES if rule_of(file) not in (NONE, None)]
OTHERS = [file for file in FILES if rule_of(file) == NONE]
WORDED = [file for file in FILES if file.endswith((".py", ".ipynb")) or "reference/" in file]


def single_questions() -> list[tuple[str, str, str, str]]:
    """(lab, question, file, function) of case functions that are named once in the lab's private code."""
    found = []
    for lab in LABS:
        sources = {path: path.read_text("utf-8") for path in lab.folder.glob("*.py") if path.name != "notebook.py"}
        asked = [text for path, text in sources.items() if path.name.endswith("questions.py")]
        for call in (node for text in asked for node in ast.walk(ast.parse(text))):
            named = {k.arg: ast.unparse(k.value) for k in getattr(call, "keywords", [])}
            if not {"name", "cases"} <= named.keys():
                continue
            module, _, function = named["cases"].partition(".")
            uses = sum(len(re.findall(rf"\b{module}\.{function}\b", text)) for text in sources.values())
            calls = len(re.findall(rf"\b{function}\(", sources.get(lab.folder / f"{module}.py", "")))
            if (uses, calls) == (1, 1):
                found.append((lab.name, ast.literal_eval(named["name"]), f"solutions/{lab.name}/{module}.py", function))
    return found


#: All that is done to the copy: for each edit, the files that are changed together, and how.
EDITS = [
    *([(file, "code")] for file in DECIDING),
    [(file, "code") for file in OTHERS],
    [(file, "words") for file in WORDED],
    *([(file, function)] for _, _, file, function in single_questions()),
]


@pytest.fixture(scope="module")
def lost(once) -> Callable[..., Lost]:
    """Return ``lost((file, how), ...)``: what one of `EDITS` outdates; all are done in one go, for all processes."""
    results = json.loads((once("edited_checkout", edit_all) / "lost.json").read_text())
    found = {json.dumps(edit): outdated for edit, outdated in zip(EDITS, results, strict=True)}
    return lambda *edit: found[json.dumps(edit)]


def edit_all(folder: Path) -> None:
    """Do all edits in a copy of the checkout, and write what each outdates into lost.json."""
    copy = folder / "checkout"
    for file in FILES:
        (copy / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / file, copy / file)
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("touch_files.py"))],
        input=json.dumps(EDITS),
        env={
            **os.environ,
            "PYTHONPATH": f"{copy}{os.pathsep}{copy / 'labs'}",
            "AICS_STUDENT_PYTHON": str(student_python()),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (folder / "lost.json").write_text(done.stdout)


def calls_into(lab: Lab, path: Path) -> bool:
    """Whether graded code calls what this file of the lab defines; a cell to look at is not graded code."""
    if path == lab.folder / "parameters.py":
        return any(question.parameters for question in lab.questions.values())  # of others only the text may differ
    if path.parent != lab.public or path.name == "__init__.py":
        return True
    if path.name in ("asks.py", "measures.py"):
        return any(re.search(rf"^def {question}\b", text(path), re.M) for question in lab.questions)
    others = [other for other in (*lab.public.glob("*.py"), *lab.folder.glob("*.py")) if other.name != "notebook.py"]
    naming = re.compile(rf"\.{path.stem} import|^from aics\.{lab.name} import [^\n]*\b{path.stem}\b", re.M)
    given = [cell for cell in text(lab.folder / "notebook.py").split("\n# %% ") if cell.startswith("given=")]
    return any(map(naming.search, [*(text(other) for other in others if other != path), *given]))


@cache
def users(room: str) -> set[str]:
    """Labs that name a room of aics in their notebook, asks, cases or oracles, or name another that does."""
    naming = re.compile(rf"\baics\.{room}\b|\bfrom aics import [^\n]*\b{room}\b")
    found = set()
    for lab in LABS:
        texts = [lab.released, *lab.public.glob("*.py"), *lab.folder.glob("*.py")]
        if any(naming.search(text(path).replace("\\n", "\n")) for path in texts):
            found.add(lab.name)
    rooms = {path.name for path in (ROOT / "labs" / "aics").iterdir() if path.is_dir()} - {lab.name for lab in LABS}
    for other in rooms - {room, "card", "show"}:
        found |= _naming(other, naming)
    return found


def _naming(room: str, naming: re.Pattern[str]) -> set[str]:
    """Labs whose public files name a module of this room in which `naming` is found, or one that imports such a one."""
    files = list((ROOT / "labs" / "aics" / room).glob("*.py"))
    modules: list[str] = []
    found = [p.stem for p in files if naming.search(text(p))]
    while found:
        modules += found
        inside = re.compile(rf"\baics\.{room}\.({'|'.join(modules)})\b")
        found = [p.stem for p in files if p.stem not in modules and inside.search(text(p))]
    theirs = re.compile(rf"\baics\.{room}\.({'|'.join(modules)})\b|\bfrom aics(\.{room})? import\b")
    public = {lab.name: [text(p) for p in lab.public.glob("*.py")] for lab in LABS if modules}
    return {name for name, texts in public.items() if any(map(theirs.search, texts))}


def test_every_file_has_a_rule():
    assert [file for file in FILES if rule_of(file) is None] == []


@pytest.mark.parametrize("file", DECIDING)
def test_an_edit_outdates_the_verdicts_that_it_can_decide_and_no_others(file, lost):
    found, rule = lost((file, "code")), rule_of(file)
    whole = {lab.name: list(lab.questions) for lab in LABS}
    if rule == EVERY:
        assert found == whole
    elif rule == ITS_LAB:
        lab = next(lab for lab in LABS if lab.name in (*Path(file).parts, Path(file).stem))
        assert set(found) == ({lab.name} if calls_into(lab, ROOT / file) else set())
    elif rule == USERS:
        room = "data" if file.startswith("data/") else Path(file).parts[2]
        assert set(found) <= users(room)
        if file.startswith("data/"):
            assert found == {lab: whole[lab] for lab in users("data")}
    else:
        lab = Lab(Path(file).parts[1])
        timed = {lab.name: [q.name for q in lab.questions.values() if q.speed]}
        later = {other.name: whole[other.name] for other in LABS if lab in other.earlier}
        assert found in ({k: v for k, v in timed.items() if v}, {k: v for k, v in timed.items() if v} | later)


def test_an_edit_of_anything_else_outdates_nothing(lost):
    assert lost(*[(file, "code") for file in OTHERS]) == {}


def test_words_outdate_nothing(lost):
    """Comments, docstrings, reasons, prose, cells to look at and hints, all of them changed at once."""
    assert lost(*[(file, "words") for file in WORDED]) == {}


@pytest.mark.parametrize(("lab", "question", "file", "function"), single_questions())
def test_an_edit_of_one_questions_cases_outdates_that_question_only(lab, question, file, function, lost):
    assert lost((file, function)) == {lab: [question]}
