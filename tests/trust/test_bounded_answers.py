"""Answers that hang, crash or run whoever reads them without limits; the grader loses one question by them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.attacks import Exhibit, attempts

from .handins import assert_gains_nothing, lab_named
from .naive import READERS, read_naively

EXHIBITS = attempts("bounded_answers").values()
LAB = lab_named("lab2_layers")
RELU = next(code.source for code in LAB.misconceptions if code.question == "relu")
HONEST = Exhibit(name="honest", guard="bounded_answers", source=RELU, cell="relu", asked=("relu",))


def harmed(done):
    """Whether the reader hung, crashed, or ran the student's code."""
    return done.status != "ok" or "marker" in str(done.outputs)


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_succeeds_with_a_naive_reader(exhibit, bench):
    assert harmed(read_naively(bench, LAB, exhibit))


@pytest.mark.parametrize("reader", READERS)
def test_a_naive_reader_reads_what_an_honest_hand_in_answers(reader, bench):
    done = read_naively(bench, LAB, replace(HONEST, reader=reader), patience=20)

    assert (done.status, "graded" in str(done.outputs)) == ("ok", True)


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_gains_nothing_from_the_grader(exhibit, bench):
    assert_gains_nothing(bench, exhibit)
