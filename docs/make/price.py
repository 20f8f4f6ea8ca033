"""Fill docs/architecture.md with what each lab adds to `make test`, as its last run measured it.

    make test && python -m docs.make.price

`make test` leaves the seconds of each test in build/tests/. A test in tests/<lab>/ is the lab's own; where a test
elsewhere has the lab's name among its parameters, every lab gets one like it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from autograder.course import ROOT, Lab, labs
from autograder.measure.prove import known_code

PAGE = ROOT / "docs" / "architecture.md"
MEASURED = ROOT / "build" / "tests"
BEGIN, END = "<!-- price: begin (python -m docs.make.price) -->\n", "<!-- price: end -->"
HEADINGS = ("lab", "rows of its proof", "tests every lab gets", "seconds", "its own tests", "seconds")


class Test(NamedTuple):
    """One test: the module that it is in, its name with parameters, and how many seconds it took."""

    module: str
    name: str
    seconds: float


def tests_of(file: Path) -> list[Test]:
    """The tests of one of pytest's JUnit files."""
    cases = ElementTree.parse(file).iter("testcase")
    return [Test(case.attrib["classname"], case.attrib["name"], float(case.attrib["time"])) for case in cases]


def row(lab: Lab, tests: Sequence[Test]) -> list[str]:
    """A lab's row: how many tests of either kind it has, and the seconds that they take one after another."""
    own = [test for test in tests if lab.name in test.module]
    shared = [test for test in tests if lab.name in test.name and test not in own]
    rows = sum(len(code.questions) for code in known_code(lab))
    return [f"`{lab.name}`", f"{rows}", *_told(shared), *_told(own)]


def table(tests: Sequence[Test]) -> str:
    """All labs' rows, and a last one for all tests that there are."""
    rows = [HEADINGS, ["---"] * len(HEADINGS), *(row(lab, tests) for lab in labs())]
    lines = [f"| {' | '.join(cells)} |" for cells in rows]
    count, seconds = _told(tests)
    return "\n".join([*lines, "", f"All {count} tests took {seconds} seconds together, two at once on each core.", ""])


def filled(page: str, text: str, opening: str = BEGIN, closing: str = END, name: str = PAGE.name) -> str:
    """The page of that name with the block between the two lines written anew."""
    before, begin, rest = page.partition(opening)
    _, end, after = rest.partition(closing)
    if not (begin and end):
        raise SystemExit(f"{name} has no block {opening.strip()} ... {closing}.")
    return before + begin + text + end + after


def _told(tests: Sequence[Test]) -> list[str]:
    return [f"{len(tests):,}", f"{sum(test.seconds for test in tests):,.0f}"]


def main() -> None:
    """Fill the block from the files of the last run."""
    files = sorted(MEASURED.glob("*.xml"))
    if not files:
        raise SystemExit(f"{MEASURED.relative_to(ROOT)}/ has no measured tests. `make test` leaves them there.")
    tests = [test for file in files for test in tests_of(file)]
    PAGE.write_text(filled(PAGE.read_text("utf-8"), table(tests)), "utf-8")


if __name__ == "__main__":
    main()
