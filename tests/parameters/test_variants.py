"""`autograder prove --parameters`: known code is judged rightly whichever parameters a student has."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.authoring.own_release import forms, own_release
from autograder.course import Lab, labs
from autograder.measure.own_variants import own_variants, rows_of

ALL = own_variants(labs())


@pytest.mark.parametrize("variant", ALL, ids=lambda v: f"{v.lab}-{v.question}-{'-'.join(str(x) for _, x in v.drawn)}")
def test_every_variant_is_proved(variant):
    rows = rows_of(Lab(variant.lab), variant.question, dict(variant.drawn))
    assert [row for row in rows if not row.holds] == []
    assert {row.kind for row in rows} == {"solution", "alternative", "misconception", "stub"}


def test_a_mistake_that_one_variant_lets_through_does_not_hold(monkeypatch):
    """Halves that are rounded each by itself are right to the left of odd crops, so that variant asks one case more."""

    def of_the_default(lab, question, number):
        cases = Lab(lab.name).questions[question].hidden_cases(np.random.default_rng(number))
        return cases, [lab.questions[question].expected(**case) for case in cases]

    monkeypatch.setattr("autograder.measure.own_variants.drawn", of_the_default)
    rows = rows_of(Lab("lab1_preprocessing"), "center_crop", {"row": "bottom", "column": "left"})
    assert [row.name.partition(" ")[0] for row in rows if not row.holds] == ["halves_subtracted"]


@pytest.mark.parametrize("lab", [lab.name for lab in labs() if any(lab.parameters.values())])
def test_the_form_of_the_default_is_the_committed_notebook(lab):
    """Byte for byte: a class that has nothing differ gets what it always got."""
    known = Lab(lab)
    varying = [name for name, parameters in known.parameters.items() if parameters]
    default = known.having({name: known.parameters[name].default for name in varying})
    plain = {form.cell: form.plain for form in forms(known, varying)}
    for cell in own_release(default).cells:
        if cell.id in plain:
            first, _, rest = cell.source.partition("\n")
            assert plain[cell.id] == (rest if "drawn for you" in first else cell.source)
