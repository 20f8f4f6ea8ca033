"""Outputs are counted as well as weighed, and what is left out is said."""

from __future__ import annotations

from autograder.grading.shown import Shown


def printed(text: str) -> dict[str, object]:
    return {"output_type": "stream", "name": "stdout", "text": text}


def test_few_outputs_are_kept_as_they_are():
    outputs = [printed("a"), printed("b")]
    assert Shown().kept(outputs) == outputs


def test_of_very_many_outputs_the_first_are_kept_and_a_line_counts_the_others():
    *kept, line = Shown().kept([printed(str(n)) for n in range(30_000)])
    assert [output["text"] for output in kept] == [str(n) for n in range(100)]
    assert line["text"].startswith("29900 more outputs of this cell are left out")


def test_a_hand_in_has_a_limit_of_its_own():
    shown = Shown()
    lengths = [len(shown.kept([printed("x")] * 90)) for _ in range(20)]
    assert lengths == [90] * 11 + [11] + [1] * 8  # with the line


def test_outputs_are_weighed_too():
    shown = Shown(characters=1000)
    assert shown.kept([printed("x" * 600)]) == [printed("x" * 600)]
    (line,) = shown.kept([printed("x" * 600), printed("x")])
    assert line["text"].startswith("2 more outputs")
    assert shown.kept([printed("x")]) == [printed("x")]
