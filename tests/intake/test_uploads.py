"""Course files of several attempts in one folder, as Blackboard lays them: the newest that can be read counts."""

from __future__ import annotations

import pytest

from tests.intake.files import LAYERS_1, found, write
from tests.intake.release import by_id

FIRST, SECOND = (f"Lab 9_alan_attempt_2025-0{month}-01-10-30-00_" for month in (1, 2))
CUT = f"{LAYERS_1}\n    def backward("
FLATTEN = "class FlattenLayer(object):\n    def forward(self, x):\n        return x + {}\n"


def test_the_newest_attempt_counts_and_the_older_one_is_named(tmp_path):
    for attempt, number in ((FIRST, 1), (SECOND, 2)):
        write(tmp_path / f"{attempt}layers_2.py", FLATTEN.format(number))
    (handin,), (remark,) = found(tmp_path)
    assert "x + 2" in by_id(handin.notebook, "flatten_code").source
    assert handin.handed_in.month == 2
    assert remark.sentence == f"set aside: {SECOND}layers_2.py is graded, it is newer"


@pytest.mark.parametrize("cut", [FIRST, SECOND])
def test_one_that_is_cut_off_takes_nothing_away(tmp_path, cut):
    for attempt in (FIRST, SECOND):
        write(tmp_path / f"{attempt}layers_1.py", CUT if attempt == cut else LAYERS_1)
    (handin,), remarks = found(tmp_path)
    newest = f"{SECOND}layers_1.py"
    assert by_id(handin.notebook, "relu_code").source == LAYERS_1.strip()
    assert handin.remarks == [f"{newest} is newer but cannot be read: {FIRST}layers_1.py is graded"] * (cut == SECOND)
    aside = f"set aside: {newest} is graded, this one cannot be read to its end"
    assert [remark.sentence for remark in remarks] == [aside] * (cut == FIRST)


def test_a_file_that_only_an_older_attempt_has_is_read(tmp_path):
    write(tmp_path / f"{FIRST}layers_1.py", LAYERS_1)
    for attempt, number in ((FIRST, 1), (SECOND, 2)):
        write(tmp_path / f"{attempt}layers_2.py", FLATTEN.format(number))
    (handin,), _ = found(tmp_path)
    assert by_id(handin.notebook, "relu_code").source == LAYERS_1.strip()
    assert "x + 2" in by_id(handin.notebook, "flatten_code").source
    assert f"layers_1.py is not in this attempt: {FIRST}layers_1.py, of an older one, is read" in handin.remarks
