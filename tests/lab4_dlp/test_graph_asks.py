"""Each question on graphs stands on its own, names itself while it is empty, and is asked about what it must be."""

from __future__ import annotations

import nbformat
import numpy as np
import pytest

from aics.check.judge import judge
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.public_cases import public_cases
from autograder.authoring.start import working_folder
from autograder.course import Lab

LAB = Lab("lab4_dlp")
#: The questions on graphs, among those of the lab.
GRAPH = [name for name in LAB.questions if getattr(LAB.asks, name).__module__ == "aics.lab4_dlp.graph_asks"]


def stub_of(question: str) -> str:
    name = f"{question}_code"
    return next(c.source for c in nbformat.read(LAB.released, 4).cells if c.id == name)


def run(exchanged):
    with working_folder(LAB) as folder:
        return run_cells(solution_cells(LAB), exchanged, beside=folder)


def verdict(question: str, namespace):
    cases = public_cases(LAB.questions[question])
    answers = [LAB.answer(question, namespace, case) for case in cases]
    expected = [LAB.questions[question].expected(**case) for case in cases]
    return judge(LAB.rule(question), cases, expected, answers)


@pytest.mark.parametrize("question", GRAPH)
def test_a_question_is_judged_while_the_others_are_still_empty(question):
    namespace = run({f"{name}_code": stub_of(name) for name in LAB.questions if name != question})
    assert verdict(question, namespace).passed


@pytest.mark.parametrize("question", GRAPH)
def test_an_empty_stub_names_itself(question):
    namespace = run({f"{question}_code": stub_of(question)})
    assert f"lab 4, {question}:" in verdict(question, namespace).reason


def test_the_package_has_no_working_copy_of_what_students_write():
    import aics.graph
    import aics.kernels

    for module in (aics.graph, aics.kernels):
        assert not {"OpBuilder", "KernelRegistry", "Session", "OnnxConv", "agreement_bound"} & set(vars(module))


def finding(question: str, namespace):
    """The output that failed, and its first wrong value."""
    evidence = verdict(question, namespace).evidence
    return evidence.output, evidence.got[evidence.marks][0]


def test_a_definition_that_is_no_opdef_is_told():
    namespace = run({})
    namespace["OpBuilder"].finalize = lambda _self: "Op"
    assert finding("op_builder", namespace) == ("OpDef from finalize", False)


def test_an_operators_answer_says_where_each_name_stands_and_what_its_default_is():
    steps = [["attr", "a"], ["input", "x"], ["attr", "b", 0], ["output", "y"], ["attr", "c", None], ["set_shape_fn"]]
    case = {"about": "", "steps": steps, "more": [["input", "z"]], "names": []}
    found = LAB.answer("op_builder", run({}), case).values
    assert [found[f"position of attribute {name}"] for name in "abc"] == [0, 1, 2]
    assert [found[f"REQUIRED as default of {name}"] for name in "abc"] == [True, False, False]
    assert [found[f"None as default of {name}"] for name in "abc"] == [False, False, True]
    assert found["default of b"] == 0
    assert not {"default of a", "default of c"} & found.keys()
    assert (found["number of inputs"], found["number of inputs, once the builder went on"]) == (1, 1)


def test_a_default_of_another_kind_is_told_as_it_is():
    namespace = run({})
    proper = namespace["OpBuilder"].attr
    namespace["OpBuilder"].attr = lambda self, name, *default: proper(self, name, *map(str, default))
    found = verdict("op_builder", namespace)
    assert found.rung == "type"
    assert found.reason.startswith("default of ")


def test_a_kernel_that_is_no_registered_class_is_told():
    namespace = run({})
    proper = namespace["KernelRegistry"].find
    namespace["KernelRegistry"].find = lambda self, node: proper(self, node)()
    assert finding("kernel_dispatch", namespace) == ("class from find", False)


def test_the_kernel_that_came_instead_is_named():
    namespace = run({})
    namespace["KernelRegistry"].find = lambda self, _node: self.kernels["Conv", "dlp"]
    kernels, names = [["Conv", "dlp"], ["Conv", "npu"]], []
    found = LAB.answer(
        "kernel_dispatch",
        namespace,
        {"about": "", "kernels": kernels, "asked": ["Conv", "npu:0"], "names": names},
    ).values
    assert [found[f"kernel for Conv on {kind}"] for kind in ("dlp", "npu")] == [True, False]


def test_a_session_that_gives_a_bare_array_is_told():
    namespace = run({})
    proper = namespace["Session"].run
    namespace["Session"].run = lambda self, fetches, feeds: proper(self, fetches, feeds)[0]
    assert finding("session_run", namespace) == ("list from run", False)


def test_a_session_with_too_few_answers_is_told():
    namespace = run({})
    proper = namespace["Session"].run
    namespace["Session"].run = lambda self, fetches, feeds: proper(self, fetches, feeds)[:-1]
    assert finding("session_run", namespace) == ("length of the list", 0)


def test_any_name_of_a_circle_is_enough_but_one_must_be_there():
    namespace = run({})
    case = next(c for c in public_cases(LAB.questions["session_run"]) if c["names"] and isinstance(c["names"][0], list))
    answer = LAB.answer("session_run", namespace, case)
    assert answer.values["mention of knot-one or knot-two or knot-three"]
    answer = LAB.answer("session_run", namespace, {**case, "names": [["somebody", "else"]]})
    assert not answer.values["mention of somebody or else"]


def test_a_kernel_whose_outputs_differ_in_shape_is_told_by_the_first_that_does():
    case = public_cases(LAB.questions["swap_speed"])[0]

    class Kernel:
        def __init__(self, _node):
            self.turns = 0

        def compute(self, *_):
            self.turns += 1
            return np.zeros(self.turns)

    found = LAB.asks.swap_speed(Kernel, **case)
    assert found["outputs of all rounds"].shape == (2,)
    Kernel.compute = lambda *_: [np.zeros(1)]
    assert LAB.answer("swap_speed", {"OnnxConv": Kernel}, case).misfit == ("outputs of all rounds", "list")


def test_a_kernel_sees_the_same_locked_weight_in_all_turns_and_other_inputs():
    seen = []

    class Kernel:
        def __init__(self, node):
            assert node.inputs[0].shape[1:] == case["x"].shape[1:]
            assert node.inputs[1].shape == case["weights"].shape[1:]

        def compute(self, x, weight, bias):
            seen.append((x.copy(), weight, bias))
            return np.zeros(1)

    case = public_cases(LAB.questions["swap_speed"])[0]
    LAB.asks.swap_speed(Kernel, **{**case, "rounds": 3})
    assert len(seen) == 4
    assert seen[0][1] is seen[1][1] is seen[2][1]
    assert seen[3][1] is not seen[0][1]
    assert not any(array.flags.writeable for _, *pair in seen for array in pair)
    assert len({x.tobytes() for x, _, _ in seen[:3]}) == 3
