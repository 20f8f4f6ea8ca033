"""What a program sees to be wrong with a translation."""

import polib
import pytest

from autograder.authoring.translate.faults import faults


def found(english, said, where="notebook.py:prose-1", comment=""):
    entry = polib.POEntry(msgid=english, msgstr=said, occurrences=[(where, "")], tcomment=comment)
    return [fault.partition(":")[0] for fault in faults(entry, "zh")]


RIGHT = "用 NumPy 求 `x` 的均值：$\\bar x = \\frac1n \\sum x_i$（见 [实验 1](lab1.ipynb)）。**这一步**很快。"
ENGLISH = (
    "Take the mean of `x` by NumPy: $\\bar x = \\frac1n \\sum x_i$ (see [lab 1](lab1.ipynb)). **This step** is fast."
)


def test_a_right_translation_has_none():
    assert found(ENGLISH, RIGHT) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("`x`", "`y`"), "`x` is missing"),
        (("\\sum", "\\prod"), "formula $\\bar x = \\frac1n \\sum x_i$ is missing"),
        (("(lab1.ipynb)", "(lab2.ipynb)"), "link lab1.ipynb is missing"),
        (("均值", "中值"), "'mean' is rendered by none of 均值, 平均, 意味, 指, 表示, 是"),
        (("。**这", ",**这"), "half-width punctuation after Chinese"),
        (("很快", "很 快"), "a space between Chinese characters"),
        (("用 NumPy", "用NumPy"), "no space between Chinese and Latin"),
        (("：$", "： $"), "a space beside full-width punctuation"),
        (("**这一步**很快", "**这一步。**很快"), "emphasis that does not come out"),
    ],
)
def test_each_fault_is_seen(change, fault):
    assert change[0] in RIGHT
    assert fault in " ".join(found(ENGLISH, RIGHT.replace(*change)))


def test_blanks_headings_and_rows_of_tables_are_kept():
    said = found("{n} of {total}", "{n} 共 {all}", "room.py")
    assert sorted(said) == ["blank {all} is not in the English", "blank {total} is missing"]
    assert found("## One\n\n|a|b|\n|-|-|\n", "一\n\n|甲|乙|\n|-|-|\n") == ["0 x heading, and the English has 1"]


def test_what_a_person_has_looked_at_is_no_fault():
    assert found(ENGLISH, RIGHT.replace("`x`", "它"), comment="looked at: x is named in the sentence before") == []


def test_the_same_as_the_english_is_kept_on_purpose():
    assert found("cat photo", "cat photo") == []
