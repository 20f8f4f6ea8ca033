"""What a lab adds to `make test` is read off the files that it leaves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.course import labs
from docs.make import price

LAB = labs()[0]
JUNIT = f"""<testsuites><testsuite>
<testcase classname="tests.labs.test_questions" name="test_it[{LAB.name}-one]" time="1.5" />
<testcase classname="tests.labs.test_questions" name="test_it[{LAB.name}-two]" time="2.5" />
<testcase classname="tests.{LAB.name}.test_scope" name="test_scope[{LAB.name}]" time="10" />
<testcase classname="tests.card.test_card" name="test_a_card" time="0.25" />
</testsuite></testsuites>"""


@pytest.fixture
def tests(tmp_path: Path) -> list[price.Test]:
    (tmp_path / "shared.xml").write_text(JUNIT)
    return price.tests_of(tmp_path / "shared.xml")


def test_a_labs_own_tests_and_those_that_every_lab_gets_are_counted_apart(tests: list[price.Test]) -> None:
    assert price.row(LAB, tests)[2:] == ["2", "4", "1", "10"]


def test_the_table_has_a_row_for_each_lab_and_the_sum_of_all_tests(tests: list[price.Test]) -> None:
    lines = price.table(tests).splitlines()
    assert [line.split(" | ")[0] for line in lines[2:-2]] == [f"| `{lab.name}`" for lab in labs()]
    assert lines[-1] == "All 4 tests took 14 seconds together, two at once on each core."


def test_the_page_has_the_block_with_its_headings_and_a_row_for_each_lab_in_it() -> None:
    page = price.PAGE.read_text("utf-8")
    block = page.split(price.BEGIN)[1].split(price.END)[0]
    assert block.splitlines()[0] == f"| {' | '.join(price.HEADINGS)} |"
    assert set(re.findall(r"^\| `(\w+)`", block, re.M)) <= {lab.name for lab in labs()}
    assert price.filled(page, block) == page


def test_a_page_without_the_block_is_refused_in_a_sentence() -> None:
    with pytest.raises(SystemExit, match=r"architecture.md has no block"):
        price.filled("no block", "")
