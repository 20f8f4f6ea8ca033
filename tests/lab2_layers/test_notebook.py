"""The built notebook, driven from top to bottom in a real kernel of the students' environment."""

from __future__ import annotations

import json
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.build.source import source_notebook
from autograder.course import ROOT, Lab

LAB = Lab("lab2_layers")
PYTHON = ROOT / ".venv-student" / "bin" / "python"
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


@pytest.fixture(scope="module")
def drive(tmp_path_factory):
    """Return ``drive(notebook, folder)``: the notebook with its outputs, run in a folder of its own."""
    kernels = tmp_path_factory.mktemp("jupyter")
    (kernels / "kernels" / "student").mkdir(parents=True)
    spec = {
        "argv": [str(PYTHON), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "student",
        "language": "python",
    }
    (kernels / "kernels" / "student" / "kernel.json").write_text(json.dumps(spec))

    def run(notebook, folder):
        place = {"metadata": {"path": str(folder)}}
        client = NotebookClient(notebook, kernel_name="student", timeout=300, allow_errors=True, resources=place)
        return client.execute()

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("JUPYTER_PATH", str(kernels))
        yield run


@pytest.fixture(scope="module")
def stub(drive, tmp_path_factory):
    return drive(nbformat.read(LAB.released, 4), tmp_path_factory.mktemp("stub"))


@pytest.fixture(scope="module")
def solved_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("solved")


@pytest.fixture(scope="module")
def solved(drive, solved_folder):
    notebook = source_notebook(LAB)
    notebook.cells.append(nbformat.v4.new_code_cell(TIMING % list(LAB.questions), id="timing"))
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


def pictures(notebook):
    """Ids of the cells that show a figure."""
    kinds = ("image/png", "image/svg+xml", "<svg", "<img")
    return {cell for cell, output in outputs(notebook) if any(kind in str(output.get("data", "")) for kind in kinds)}


def test_the_untouched_notebook_runs_through_without_an_error(stub):
    assert errors(stub) == []


def test_nothing_is_written_to_standard_error(stub, solved):
    for notebook in (stub, solved):
        assert [(cell, output.text) for cell, output in outputs(notebook) if output.get("name") == "stderr"] == []


@pytest.mark.parametrize("question", LAB.questions)
def test_every_check_of_the_untouched_notebook_says_what_is_to_do(stub, question):
    said = card(stub, question)
    assert said.startswith(f"[ ] {question}: to do"), said
    assert "waiting for you: lab 2, " in said


def test_the_untouched_notebook_says_that_there_is_nothing_to_export_yet(stub):
    assert "layers_1.py" in text(stub, "export_look")


def test_the_solved_notebook_runs_through_without_an_error(solved):
    assert errors(solved) == []


@pytest.mark.parametrize("question", LAB.questions)
def test_every_check_of_the_solved_notebook_says_all_right(solved, question):
    said = card(solved, question)
    assert said.startswith(f"[+] {question}: right"), said


def test_the_overview_of_the_solved_notebook_has_every_point(solved):
    assert "100 / 100 points, +10 bonus" in text(solved, "overview_look")


def test_figures_are_drawn_and_say_in_words_what_they_show(stub, solved):
    looks = {cell.id for cell in solved.cells if cell.id.endswith("_look")} - {"overview_look", "export_look"}
    assert len(pictures(solved) & looks) >= 15, sorted(looks - pictures(solved))
    assert len(pictures(stub)) >= 8
    for cell, output in outputs(solved):
        if "text/html" in output.get("data", {}) and "<img" in output.data["text/html"]:
            assert 'alt="' in output.data["text/html"], cell


def test_the_solved_notebook_exports_the_courses_files(solved, solved_folder):
    for name in ("layers_1.py", "layers_2.py"):
        (file,) = solved_folder.rglob(f"stu_upload/{name}")
        compile(file.read_text(), name, "exec")


def test_a_check_answers_within_a_blink(solved):
    taken = json.loads(text(solved, "timing"))
    for question, seconds in taken.items():
        bound = BOUND[LAB.questions[question].speed is not None]
        print(f"{question:<26}{seconds:6.3f} s of {bound} s")
        assert seconds < bound * SLACK, question
    assert taken.keys() == LAB.questions.keys()
    sys.stdout.flush()
