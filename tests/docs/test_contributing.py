"""The recipes of CONTRIBUTING.md can be followed: what they name is there, and their example works."""

from __future__ import annotations

import re
import shlex
import textwrap

import pytest
import typer

from aics import open_lab
from aics.check import checker
from autograder.authoring.build import build
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.cli import app
from autograder.course import ROOT, ClassFolder, labs
from tests.authoring.tiny_lab import Tiny, added, write_tiny

PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
BLOCKS = [
    (kind, textwrap.dedent(text)) for _, kind, text in re.findall(r"^( *)```(\w+)\n(.*?)^\1```", PAGE, re.M | re.S)
]
COMMANDS = [
    line.split("  #")[0].strip() for kind, text in BLOCKS if kind == "sh" for line in text.splitlines() if line.strip()
]
#: What stands for something in the recipes, and one thing that it can stand for.
STANDS_FOR = {
    "QUESTION__MISTAKE": "relu__absolute_value",
    "QUESTION__WAY": "relu__copy_and_where",
    "QUESTION__TRICK": "flip__forged_statistics",
    "TRICK": "patched_comparisons",
    "GUARD": "judged_outside",
    "QUESTION": "relu",
    "DEMO": "convolution",
    "LEVEL": "none",
    "LAB": "lab2_layers",
}
#: Files that a command in the recipes writes.
WRITTEN = {"dist/lab2_layers.zip", "proofs.json", "labs/fr"}
#: The commands of the autograder, with everything they know.
KNOWN = {
    name: {option for parameter in command.params for option in [*parameter.opts, *parameter.secondary_opts]}
    for name, command in typer.main.get_command(app).commands.items()  # type: ignore[attr-defined]
}


def filled(text: str) -> str:
    for word, instance in STANDS_FOR.items():
        text = text.replace(word, instance)
    return text


def paths(text: str) -> list[str]:
    """What looks like a path of the checkout: a folder of it, or a file in one."""
    tops = "|".join(path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith("."))
    return [filled(path) for path in re.findall(rf"(?<![\w./])((?:{tops})/[\w./-]*[\w/])", text)]


@pytest.mark.parametrize("path", sorted(set(paths(PAGE)) - WRITTEN))
def test_a_path_that_is_named_is_there(path: str) -> None:
    if (
        path.startswith(("solutions/lab2_layers/misconceptions/", "solutions/lab2_layers/alternatives/"))
        and "__" in path
    ):
        question = path.rpartition("/")[2].partition("__")[0]
        assert list((ROOT / path).parent.glob(f"{question}__*.py"))
    else:
        assert any((ROOT / path.replace(STANDS_FOR["LAB"], lab.name)).exists() for lab in labs())


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_known(command: str) -> None:
    program, *words = shlex.split(filled(command))
    if program == "make":
        assert all(re.search(rf"^{word}:", MAKEFILE, re.M) for word in words)
    elif program == ".venv/bin/autograder":
        assert {word for word in words[1:] if word.startswith("--")} <= KNOWN[words[0]]
    else:
        assert program == ".venv/bin/python"
        if words[0] != "-m":
            assert (ROOT / words[0]).is_file()
            return
        module = ROOT.joinpath(*words[1].split(".")).with_suffix(".py")
        assert words[1] == "pytest" or module.exists()


@pytest.fixture
def followed(tmp_path, monkeypatch: pytest.MonkeyPatch) -> Tiny:
    """The tiny lab with the example's question, mistake and other way put where the recipe says."""
    notebook, ask, cases, oracle, question = EXAMPLE
    tiny = added(write_tiny(tmp_path), monkeypatch)
    (tiny.folder / "cases.py").write_text(f"import numpy as np\n\n\n{cases}")
    (tiny.folder / "oracles.py").write_text(f"import numpy as np\n\n\n{oracle}")
    for path, more in {
        tiny.folder / "notebook.py": f"\n{notebook}",
        tmp_path / "labs" / "aics" / tiny.lab.name / "asks.py": f"\n\n{ask}",
        tiny.folder
        / "questions.py": "import cases as own_cases\nimport oracles\nfrom aics.check.output import Output\n"
        f"QUESTIONS.append(\n{question.replace('cases.leaky', 'own_cases.leaky')})\n",
    }.items():
        path.write_text(path.read_text() + more)
    (tiny.folder / "misconceptions" / "leaky_relu__nothing_leaks.py").write_text(
        '"""Negative inputs were set to zero. A leaky ReLU lets a share of them through."""\n\n'
        "def leaky_relu(x, slope):\n    return np.maximum(x, 0)\n"
    )
    monkeypatch.setattr(checker, "data_folder", lambda: tmp_path / "data")
    build(tiny.lab, ClassFolder(tmp_path / "class"))
    return tiny


#: The pieces of the question that the recipe adds, in its order.
EXAMPLE = [text for kind, text in BLOCKS if kind == "python" and "leaky_relu" in text]


def test_the_example_question_builds_and_its_mistake_is_named(followed: Tiny) -> None:
    assert followed.lab.questions["leaky_relu"].points == 2
    cells = solution_cells(followed.lab)
    check = open_lab(followed.lab.name)
    assert check.verdict("leaky_relu", run_cells(cells)).score == 2
    (mistake,) = [m for m in followed.lab.misconceptions if m.question == "leaky_relu"]
    found = check.verdict("leaky_relu", run_cells(cells, {"leaky_relu_code": mistake.source}))
    assert (found.score, found.misconception) == (0, "nothing_leaks")


def test_the_example_mistake_is_one_of_the_bank() -> None:
    (example,) = [text for kind, text in BLOCKS if kind == "python" and text.startswith('"""')]
    bank = (ROOT / "solutions/lab2_layers/misconceptions/relu__absolute_value.py").read_text("utf-8")
    assert example.splitlines()[0] == bank.splitlines()[0]
