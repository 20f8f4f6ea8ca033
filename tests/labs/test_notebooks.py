"""Every lab's built notebook, driven from top to bottom in a real kernel of the students' environment."""

from __future__ import annotations

import json
import os
import re
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.authoring.source import LOOK_TAG, source_notebook
from autograder.course import ROOT, Lab, labs
from tests.labs.zips import unzipped

PYTHON = ROOT / ".venv-student" / "bin" / "python"
LABS = [lab.name for lab in labs()]
QUESTIONS = [(lab.name, question) for lab in labs() for question in lab.questions]
#: Cells that are there to look at, but show a table, a list of files or a widget.
TEXT_ONLY = {"overview_look", "export_look", "studio_look", "tomorrow_look", "peak_look"}
#: Share of the other ones that must show a picture: when all is solved, and with nothing written yet.
PICTURES = {"solved": 0.7, "stub": 0.35}
#: Seconds that a check may take, by whether it times; and how far a loaded machine may be above them.
BOUND = {False: 0.3, True: 3.0}
SLACK = 4
TIMING = """
import json, time
_taken = {}
for _question in %s:
    _start = time.perf_counter()
    _card = check(_question)
    _card._repr_mimebundle_()
    _taken[_question] = time.perf_counter() - _start
print(json.dumps(_taken))
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PYTHON.exists(), reason="no student environment: run `make`"),
]
each_lab = pytest.mark.parametrize("lab", LABS, indirect=True, scope="module")
each_question = pytest.mark.parametrize(("lab", "question"), QUESTIONS, indirect=["lab"], scope="module")


@pytest.fixture(scope="module")
def lab(request) -> Lab:
    return Lab(request.param)


@pytest.fixture(scope="module")
def drive(tmp_path_factory):
    """Return ``drive(notebook, folder, **variables)``: the notebook with its outputs, run in a folder of its own."""
    kernels = tmp_path_factory.mktemp("jupyter")
    (kernels / "kernels" / "student").mkdir(parents=True)
    spec = {
        "argv": [str(PYTHON), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "student",
        "language": "python",
    }
    (kernels / "kernels" / "student" / "kernel.json").write_text(json.dumps(spec))

    def run(notebook, folder, **variables):
        place = {"metadata": {"path": str(folder)}}
        client = NotebookClient(notebook, kernel_name="student", timeout=300, allow_errors=True, resources=place)
        return client.execute(env=os.environ | variables)

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("JUPYTER_PATH", str(kernels))
        yield run


@pytest.fixture(scope="module")
def stub(lab, drive, tmp_path_factory):
    folder = unzipped(tmp_path_factory.mktemp("stub"), lab.name) / "labs"
    notebook = folder / lab.name / lab.released.name
    return drive(nbformat.read(notebook, 4), notebook.parent, PYTHONPATH=str(folder))


@pytest.fixture(scope="module")
def solved_folder(lab, tmp_path_factory):
    return tmp_path_factory.mktemp("solved")


@pytest.fixture(scope="module")
def solved(lab, drive, solved_folder):
    notebook = source_notebook(lab)
    notebook.cells.append(nbformat.v4.new_code_cell(TIMING % list(lab.questions), id="timing"))
    return drive(notebook, solved_folder)


def outputs(notebook):
    return [(cell.id, output) for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def errors(notebook):
    return [(cell, output.ename, output.evalue) for cell, output in outputs(notebook) if output.output_type == "error"]


def card(notebook, question):
    """The text of a question's card."""
    (cell,) = [cell for cell in notebook.cells if cell.id == f"{question}_check"]
    (output,) = cell.outputs
    assert output.data["text/html"].startswith("<")
    return output.data["text/plain"]


def text(notebook, cell_id):
    (cell,) = [cell for cell in notebook.cells if cell.id == cell_id]
    return "".join(output.get("text", "") + output.get("data", {}).get("text/plain", "") for output in cell.outputs)


def looks(notebook):
    """Ids of the cells that are there to look at a picture."""
    return {cell.id for cell in notebook.cells if LOOK_TAG in cell.metadata.get("tags", ())} - TEXT_ONLY


def pictures(notebook):
    """Ids of the cells that show a figure."""
    kinds = ("image/png", "image/svg+xml", "<svg", "<img")
    return {cell for cell, output in outputs(notebook) if any(kind in str(output.get("data", "")) for kind in kinds)}


def number(lab: Lab) -> str:
    """The lab's number: ``lab2_layers`` gives ``2``."""
    return re.match(r"lab(\d+)_", lab.name)[1]


def exported(lab: Lab) -> tuple[str, ...]:
    """Names of the files that the lab's last cell writes."""
    return tuple(getattr(lab.asks, "EXPORTS", {}))


@each_lab
def test_the_untouched_notebook_of_the_labs_own_zip_runs_through_without_an_error(stub):
    assert errors(stub) == []


@each_lab
def test_it_says_what_it_starts_from(lab, stub):
    network = any("vgg_cpu.py" in earlier.asks.EXPORTS for earlier in lab.earlier)
    parts = ["Layers"] * bool(lab.starts_from) + ["Network"] * network
    why = "finished ones (ONNX Runtime), since no lab beside this one has exported its own yet."
    assert text(stub, "setup_given") == "".join(f"{part}: {why}\n" for part in parts)


@each_lab
def test_nothing_is_written_to_standard_error(stub, solved):
    for notebook in (stub, solved):
        assert [(cell, output.text) for cell, output in outputs(notebook) if output.get("name") == "stderr"] == []


@each_question
def test_every_check_of_the_untouched_notebook_says_what_is_to_do(lab, stub, question):
    said = card(stub, question)
    assert said.startswith(f"[ ] {question}: to do"), said
    assert f"waiting for you: lab {number(lab)}, " in said


@each_lab
def test_the_untouched_notebook_says_that_there_is_nothing_to_export_yet(lab, stub):
    said = text(stub, "export_look") if exported(lab) else ""
    assert all(name in said for name in exported(lab))
    assert "Not finished yet" in said or not exported(lab)


@each_lab
def test_the_solved_notebook_runs_through_without_an_error(solved):
    assert errors(solved) == []


@each_question
def test_every_check_of_the_solved_notebook_says_all_right(solved, question):
    said = card(solved, question)
    assert said.startswith(f"[+] {question}: right"), said


@each_lab
def test_the_overview_of_the_solved_notebook_has_every_point(lab, solved):
    points = {kind: sum(q.points for q in lab.questions.values() if q.bonus == kind) for kind in (False, True)}
    bonus = f", +{points[True]:g} bonus" if points[True] else ""
    assert points[False] == 100
    assert f"100 / 100 points{bonus}" in text(solved, "overview_look")


@each_lab
def test_figures_are_drawn_and_say_in_words_what_they_show(stub, solved):
    for state, notebook in (("solved", solved), ("stub", stub)):
        drawn = pictures(notebook) & looks(notebook)
        assert len(drawn) >= PICTURES[state] * len(looks(notebook)), (state, sorted(looks(notebook) - drawn))
    for cell, output in outputs(solved):
        if "text/html" in output.get("data", {}) and "<img" in output.data["text/html"]:
            assert 'alt="' in output.data["text/html"], cell


@each_lab
def test_the_solved_notebook_exports_the_courses_files(lab, solved, solved_folder):
    for name in exported(lab):
        (file,) = solved_folder.rglob(f"stu_upload/{name}")
        compile(file.read_text(), name, "exec")
    assert "Not finished yet" not in (text(solved, "export_look") if exported(lab) else "")


@each_lab
def test_a_check_answers_within_a_blink(lab, solved):
    taken = json.loads(text(solved, "timing"))
    for question, seconds in taken.items():
        bound = BOUND[lab.questions[question].speed is not None]
        print(f"{question:<26}{seconds:6.3f} s of {bound} s")
        assert seconds < bound * SLACK, question
    assert taken.keys() == lab.questions.keys()
    sys.stdout.flush()
