"""The README of the zip that students get: how to install, what to do when that fails, how long each lab takes."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from aics.language import language, listed, noted, plural, sentences, tr, words
from aics.version import __version__
from autograder.authoring.section_time import sections
from autograder.course import ROOT, Lab
from autograder.course.exam import Exam

TITLE = noted("""\
# The AICS labs, version {version}""")
INSTALL = noted("""\
You need Python 3.11 or newer. Unzip, open a terminal in this folder, and type once:

Linux and macOS:

    python3 -m venv .venv
    .venv/bin/pip install -e "./labs{extra}"

Windows, in PowerShell:

    py -m venv .venv
    .venv\\Scripts\\pip install -e "./labs{extra}"

(Or with conda, on any system: `conda env create -f environment.yml`, then `conda activate aics`.) From then on, also
offline:

    .venv/bin/jupyter lab labs              (Linux and macOS)
    .venv\\Scripts\\jupyter lab labs          (Windows)""")
OPEN = noted("""\
Open a lab's notebook, fill in the cells that say "your code here", and run the check below each. The last check,
`check()`, says what is left and which file to hand in. In a terminal, with `.venv\\Scripts\\aics` on Windows:

    .venv/bin/aics check NOTEBOOK    the same, from a fresh kernel
    .venv/bin/aics pack NOTEBOOK     one small file to hand in

AGENTS.md tells AI assistants how to help here, and has the course's rule for using them.""")
HOURS = noted("""\
The hours are estimates, made from the length of the prose and of the lab's own solution, for somebody who knows Python
and NumPy and is new to the subject. No class has been timed yet; take twice as long if you like. Each section of a
notebook says how long it takes and how hard it is.""")
FAILURES = noted("""\
## When the installation fails

- *Downloads are slow or time out:* use a mirror near you, `pip install -i MIRROR-URL -e "./labs{extra}"`.
- *"requires a different Python":* your Python is older than 3.11. Install a newer one beside it, and make `.venv` with
  that one: `python3.12 -m venv .venv`, or on Windows `py -3.12 -m venv .venv`.
- *"No module named venv" or "ensurepip is not available":* on Debian and Ubuntu, `sudo apt install python3-venv`.
- *"No matching distribution found":* pip itself is too old. Type `.venv/bin/python -m pip install --upgrade pip`, and
  then the line above again.
- *Anything else:* delete `.venv` and begin again; if it fails once more, send your teacher the last twenty lines.""")
LACKS = noted("A lab that lacks something says what to type.")
ONE = noted('`"./labs[lab2]"` installs what lab 2 needs, and no more.')
WRONG = noted("""\
## When you think that a question was graded wrongly

Your feedback page says what was found, on which case and with which numbers. If it is wrong, say so in your notebook: a
text cell (in JupyterLab `B`, then `M`) whose first line is

    regrade: {question}

with the question's own name, and below it, in a sentence or two, why. Save the notebook and send it where your course
takes such requests. A text cell below the check that has the tag `regrade` means the same.""")
COLAB = noted("""\
## Google Colab

Upload this zip and a lab's notebook, and run this before the notebook's first cell:

    !unzip -q labs.zip && pip install -q onnx onnxruntime
    import sys; sys.path.insert(0, "/content/aics-labs/labs")""")
DATA = noted("""\
## Data and licences

All labs work with what is in data/. Whole data sets and larger weights, if you want them: `.venv/bin/aics data`.

LICENSE says under which licences all this is; `.venv/bin/aics --version` says the version.""")
ORDER = noted(
    "Do them in this order. Each opens without the others, too: what you have not written yourself is there, finished."
)
ALONE = noted("It opens without the other labs: what it starts from is there, finished.")
PREVIEWS = noted(
    "To read a lab without running it, open its preview: the prose, and the pictures that a finished lab draws."
)
MINE = noted("""\
In this course everybody gets other parameters for some questions. Before you open a notebook, make it yours, with the
id that your teacher knows you by (`.venv\\Scripts\\aics` on Windows); this needs no network:

    .venv/bin/aics mine YOUR-ID""")
#: Languages that JupyterLab itself can speak, each with what its language pack is called by.
PACKS = {"zh": "zh-CN"}
PACK = noted("""\
JupyterLab's own menus are in your language once its language pack is there and chosen, in Settings > Language:

    .venv/bin/pip install jupyterlab-language-pack-{pack}
    .venv\\Scripts\\pip install jupyterlab-language-pack-{pack}      (Windows)""")
LEVELS = {"easy": "{number} easy", "moderate": "{number} moderate", "hard": "{number} hard"}
say_level = words(LEVELS)


def readme(
    labs: Sequence[Lab],
    *,
    previews: Collection[Lab] = (),
    exams: Mapping[str, Exam] | None = None,
    mine: bool = False,
) -> str:
    """Return the README of a zip with these labs.

    previews : the labs with a page in ``previews/``, to which a link leads
    exams : lab -> its exam, for those that are one
    mine : with the command that makes a notebook a student's own
    """
    several, put = len(labs) > 1, {"extra": extra(labs)}
    pack = PACKS.get(language())
    parts = [
        tr(TITLE, version=__version__),
        *(exams[lab.name].notice for lab in labs if exams and lab.name in exams),
        tr(INSTALL, **put),
        tr(MINE) if mine else "",
        tr(OPEN),
        tr(PACK, pack=pack) if pack else "",
        tr("## The labs"),
        _table(labs, previews),
        sentences(tr(HOURS), tr(ORDER) if several else tr(ALONE)),
        tr(PREVIEWS) if previews else "",
        tr(FAILURES, **put),
        sentences(tr(ONE) if several else "", tr(LACKS)),
        tr(WRONG, question=next(iter(labs[0].questions))),
        tr(COLAB),
        tr(DATA),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def extra(labs: Sequence[Lab]) -> str:
    """What follows ``./labs`` in pip's line: ``[lab2]``, ``[all]``, or nothing for a lab that needs nothing more."""
    known = tomllib.loads((ROOT / "labs" / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    name = "all" if len(labs) > 1 else labs[0].name.partition("_")[0]
    return f"[{name}]" if name in known else ""


def _table(labs: Sequence[Lab], previews: Collection[Lab]) -> str:
    head = (tr("lab"), tr("about"), tr("sections")) + (tr("to read"),) * bool(previews)
    rows = [head, ("---",) * len(head), *(_row(lab, previews) for lab in labs)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(lab: Lab, previews: Collection[Lab]) -> tuple[str, ...]:
    told = sections(lab)
    count = Counter(section.level for section in told)
    hours = max(1, round(sum(section.minutes for section in told) / 60))
    about = plural("1 hour", "{count} hours", hours)
    levels = listed(say_level(level, number=count[level]) for level in LEVELS if count[level])
    link = f"[{tr('preview')}](previews/{lab.name}.html)" if lab in previews else ""
    return (lab.name, about, levels) + (link,) * bool(previews)
