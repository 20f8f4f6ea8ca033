"""The container recipe's own steps, in a Debian that has nothing yet; then a hand-in is graded there.

No container engine is asked for: a bare Debian's root takes the image's place, and bubblewrap that of an engine which
gives no user namespaces. Making the Debian and both environments takes minutes.
"""

from __future__ import annotations

import os
import re
import subprocess

import pytest

from autograder.course import ROOT
from tests.scale.containerfile import script

pytestmark = pytest.mark.slow

CONTEXT = "/home/user/aics"
HAND_IN = """
import sys, nbformat
sys.path.insert(0, "labs")
from autograder.authoring.source import source_notebook
from autograder.course import Lab
nbformat.write(source_notebook(Lab("lab1_preprocessing")), "/class/ada.ipynb")
"""
#: What an engine does that gives no user namespaces to what it runs.
REFUSING = "bwrap --dev-bind / / --unshare-user --unshare-pid --proc /proc --disable-userns"


def bare(command: str) -> str:
    """What a script says in a Debian without Python; skips where none can be made."""
    environment = {**os.environ, "BARE_USER": "root", "BARE_PACKAGES": "ca-certificates", "COLUMNS": "200"}
    done = subprocess.run(
        [ROOT / ".ci" / "bare", "env", "COLUMNS=200", "sh", "-c", command],
        env=environment,
        capture_output=True,
        text=True,
        timeout=1800,
    )
    if done.returncode == 69:
        pytest.skip(done.stdout.strip().splitlines()[-1])
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def said() -> dict[str, str]:
    """What the container says: its levels and a graded hand-in, with user namespaces and without."""
    if os.geteuid() != 0:
        pytest.skip("only root can make a bare Debian")
    steps = script(ROOT / "docs" / "deploy" / "Containerfile", CONTEXT)
    steps.run(f".venv/bin/python - <<'END'{HAND_IN}END")
    for name, line, before in (
        ("open", "doctor", ""),
        ("strict", "grade /class/ada.ipynb --values-only", ""),
        ("refusing", "doctor || true", REFUSING),
        ("refused", "grade /class/ada.ipynb --values-only 2>&1 || true", REFUSING),
        ("reduced", "grade /class/ada.ipynb --values-only --isolation reduced --again", REFUSING),
    ):
        steps.lines.append(f"echo '=== {name}'")
        steps.enter(line, before)
    parts = re.split(r"^=== (\w+)\n", bare("\n".join(steps.lines)), flags=re.M)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def holds(doctor: str) -> dict[str, str]:
    return dict(re.findall(r"^│\s*(\w+)\s*│\s*(yes|no)\b", doctor, re.M))


def test_where_user_namespaces_are_given_it_grades_strictly(said: dict[str, str]) -> None:
    assert holds(said["open"]) == {"strict": "yes", "reduced": "yes", "none": "yes"}
    assert re.search(r"ada .* 100 / 100", said["strict"])


def test_where_they_are_refused_it_says_so_and_grades_at_the_level_that_holds(said: dict[str, str]) -> None:
    assert holds(said["refusing"]) == {"strict": "no", "reduced": "yes", "none": "yes"}
    assert "isolation level 'strict' does not hold here" in said["refused"]
    assert "Traceback" not in said["refused"]
    assert re.search(r"ada .* 100 / 100", said["reduced"])
