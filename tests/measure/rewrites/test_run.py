"""Right answers of a tiny lab and rewrites of them: all pass where the check is right, and what is refused is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.authoring.public_cases import build_reference
from autograder.measure.rewrites import run
from autograder.measure.rewrites.run import Rewrites
from autograder.measure.rewrites.table import rows_of
from autograder.measure.rewrites.trial import AS_IT_IS, RightAnswers, Trial
from docs.make.tables import printed
from tests.authoring.tiny_lab import Tiny, added, write_tiny

#: An alternative that is right, and one that is not; the last uses what no answer may.
RIGHT = '"""Added up."""\n\n\ndef double(x):\n    total = x + x\n    return total\n'
WRONG = '"""Three times."""\n\n\ndef double(x):\n    return x * 3\n'
DELEGATED = (
    '"""By SciPy."""\n\nimport scipy.special\n\n\ndef double(x):\n    return x + x + 0 * scipy.special.zeta(2)\n'
)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tiny]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        made = added(write_tiny(tmp_path_factory.mktemp("checkout")), monkeypatch)
        build_reference(made.lab, made.lab.reference)
        for name, source in (("right", RIGHT), ("wrong", WRONG), ("delegated", DELEGATED)):
            (made.folder / "alternatives" / f"double__{name}.py").write_text(source)
        yield made


@pytest.fixture(scope="module")
def tried(tiny: Tiny) -> dict[str, list[Trial]]:
    answers = RightAnswers(tiny.lab, "double")
    names = ["solution", "right", "wrong", "delegated"]
    return dict(zip(names, answers.trials(names, 5), strict=True))


def test_a_right_answer_and_its_rewrites_pass(tried: dict[str, list[Trial]]) -> None:
    for name in ("solution", "right"):
        assert [trial.rule for trial in tried[name]].count(AS_IT_IS) == 1
        assert len(tried[name]) == 6
        assert not [trial for trial in tried[name] if trial.refused]


def test_a_wrong_one_is_refused_with_the_reason(tried: dict[str, list[Trial]]) -> None:
    own, *others = tried["wrong"]
    assert (own.refused, own.diff) == (True, "")
    assert own.why == "hidden case 1: values, hidden case 2: values, its own check"
    assert all(trial.refused for trial in others)


def test_what_an_answer_may_not_use_is_read(tried: dict[str, list[Trial]]) -> None:
    assert tried["delegated"][0].why == "uses scipy.special.zeta"
    assert all(trial.uses for trial in tried["delegated"])


def test_rows_count_answers_and_rewrites_apart(tried: dict[str, list[Trial]], tiny: Tiny) -> None:
    every = [trial for several in tried.values() for trial in several]
    (row,) = rows_of([tiny.lab.name], every)
    assert (row["answers"], row["answers_refused"], row["rewrites"], row["rewrites_refused"]) == (4, 2, 20, 10)


def test_the_part_prints_a_diff_of_each_that_is_refused(tiny: Tiny, tried: dict[str, list[Trial]]) -> None:
    part = Rewrites([tiny.lab], 5)
    assert part.count == 1 + len(tiny.lab.alternatives)
    part.shares._found[part.shares.pieces[0]] = list(tried.values())
    shown = printed(part.shown())
    assert not part.holds
    assert "return x * 3" in shown
    assert "24 right answers and rewrites of them, 12 refused." in shown
    assert part.written()["labs"][0]["rewrites"] == 20
    assert run.MOST > 5
