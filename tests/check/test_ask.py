"""Whatever a student's code returns or does, an answer is plain data."""

from __future__ import annotations

import linecache
import textwrap

import numpy as np
import pytest

from aics.check.ask import NAME_LIMIT, TEXT_LIMIT, Answer, Raised, ask, ask_each

CELL = "<cell 7>"
X = np.arange(6.0).reshape(2, 3)


def call(student, *, x):
    """A question's ask: it calls the student's function."""
    return {"y": student(x)}


def asked(source, **case):
    """The answer of a cell's `student`, its source known to linecache as in a kernel."""
    source = textwrap.dedent(source).lstrip("\n")
    linecache.cache[CELL] = (len(source), None, source.splitlines(keepends=True), CELL)
    namespace = {"np": np}
    exec(compile(source, CELL, "exec"), namespace)
    return ask(call, namespace, case or {"x": X})


def returned(expression):
    return asked(f"student = lambda x: {expression}")


def test_names_that_the_notebook_lacks_are_named_and_nothing_is_called():
    def two(ReLULayer, conv, *, x):  # noqa: ARG001 - their names are what is asked for
        raise AssertionError("called")

    assert ask(two, {"ReLULayer": 1}, {"x": X}) == Answer(missing=("conv",))
    assert ask(two, {}, {"x": X}).missing == ("ReLULayer", "conv")


NUMBERS = [
    # expression, dtype, shape
    ("x", np.float64, (2, 3)),
    ("x.astype('f4')", np.float32, (2, 3)),
    ("np.float64(2)", np.float64, ()),
    ("2.5", np.float64, ()),
    ("3", np.int64, ()),
    ("True", np.bool_, ()),
    ("x > 1", np.bool_, (2, 3)),
    ("x + 1j", np.complex128, (2, 3)),
    ("np.zeros((0, 4))", np.float64, (0, 4)),
    ("np.matrix(x)", np.float64, (2, 3)),
    ("np.ma.masked_less(x, 3)", np.float64, (2, 3)),
    ("x.view(np.recarray)", np.float64, (2, 3)),
    ("x.T[::-1]", np.float64, (3, 2)),
    ("x.astype(np.longdouble)", np.float64, (2, 3)),
    ("x.astype(np.clongdouble)", np.complex128, (2, 3)),
]


@pytest.mark.filterwarnings("ignore:the matrix subclass")
@pytest.mark.parametrize(("expression", "dtype", "shape"), NUMBERS)
def test_numbers_come_back_as_plain_arrays_that_can_travel(expression, dtype, shape):
    array = returned(expression).values["y"]
    assert type(array) is np.ndarray
    assert (array.dtype, array.shape) == (dtype, shape)


def test_a_masked_array_shows_what_lies_under_its_mask():
    np.testing.assert_array_equal(returned("np.ma.masked_less(x, 3)").values["y"], X)


MISFITS = [
    ("None", "NoneType"),
    ("[1.0, 2.0]", "list"),
    ("(x, x)", "tuple"),
    ("'6'", "str"),
    ("2j", "complex"),
    ("np.array([None])", "array of object"),
    ("np.array(['a'])", "array of <U1"),
    ("10**30", "array of object"),
    ("np.datetime64('2026-01-01')", "array of datetime64[D]"),
    ("np.zeros(2, [('a', 'f4')])", "array of [('a', '<f4')]"),
]


@pytest.mark.parametrize(("expression", "kind"), MISFITS)
def test_what_is_no_array_of_numbers_is_told_by_its_type(expression, kind):
    assert returned(expression) == Answer(misfit=("y", kind))


def test_the_line_of_the_student_that_raised_is_kept():
    answer = asked(
        """
        def helper(x):
            return x[9]  # beyond

        def student(x):
            return helper(x)
        """
    )
    assert answer.raised.type == "IndexError"
    assert (answer.raised.line, answer.raised.number) == ("return x[9]  # beyond", 2)


def test_an_error_inside_numpy_is_told_at_the_students_line():
    answer = asked("def student(x):\n    return np.linalg.inv(x)\n")
    assert (answer.raised.type, answer.raised.line) == ("LinAlgError", "return np.linalg.inv(x)")


ENDINGS = ["raise ValueError('no')", "raise SystemExit(1)", "exit()", "1 / 0", "student(x)"]


@pytest.mark.parametrize("statement", ENDINGS)
def test_an_exception_becomes_an_answer(statement):
    assert asked(f"def student(x):\n    {statement}\n").raised is not None


def test_interrupting_a_check_ends_it():
    with pytest.raises(KeyboardInterrupt):
        asked("def student(x):\n    raise KeyboardInterrupt\n")


def test_an_exception_whose_message_raises_is_told_without_it():
    answer = asked(
        """
        class Rude(Exception):
            def __str__(self):
                raise RuntimeError("no message")

        def student(x):
            raise Rude
        """
    )
    assert (answer.raised.type, answer.raised.message) == ("Rude", "(its message cannot be shown)")


def test_an_object_that_refuses_to_become_an_array_is_an_exception_of_the_student():
    answer = asked(
        """
        class Odd(np.ndarray):
            def __array_finalize__(self, other):
                pass
            @property
            def dtype(self):
                raise RuntimeError("no dtype")

        def student(x):
            return x.view(Odd)
        """
    )
    assert type(answer.values["y"]) is np.ndarray


def test_long_text_of_a_student_is_cut():
    answer = asked(f"class {'E' * 300}(Exception): pass\ndef student(x):\n    raise {'E' * 300}('m' * 10**6)\n")
    assert len(answer.raised.type) == NAME_LIMIT
    assert len(answer.raised.message) == TEXT_LIMIT


@pytest.mark.parametrize(
    ("kind", "message", "unfilled"),
    [
        *(("NotImplementedError", "", True), ("ValueError", "", False)),
        ("NameError", "name 'x' is not defined", False),
        ("NameError", "name '________' is not defined", True),  # a blank of the original course's files
        ("NameError", "name '__all__' is not defined", False),
    ],
)
def test_what_an_unfilled_stub_raises(kind, message, unfilled):
    assert Raised(type=kind, message=message).unfilled is unfilled


def test_every_ask_gets_fresh_copies_of_its_inputs():
    case = {"x": X.copy()}
    first = asked("def student(x):\n    x += 1\n    return x\n", **case)
    np.testing.assert_array_equal(case["x"], X)
    np.testing.assert_array_equal(first.values["y"], X + 1)


def test_an_answer_is_a_copy_that_later_code_cannot_change():
    kept = []

    def student(x):
        kept.append(x)
        return x

    answer = ask(call, {"student": student}, {"x": X})
    kept[0][:] = -1
    np.testing.assert_array_equal(answer.values["y"], X)


@pytest.mark.parametrize(("first", "asked_times"), [("missing", 1), ("unfilled", 1), ("crash", 3), ("values", 3)])
def test_a_stub_is_asked_once_and_other_code_on_every_case(first, asked_times):
    answers = {
        "missing": Answer(missing=("relu",)),
        "unfilled": Answer(raised=Raised(type="NotImplementedError", message="")),
        "crash": Answer(raised=Raised(type="ValueError", message="")),
        "values": Answer(values={"y": X}),
    }
    seen = []

    def one(case):
        seen.append(case)
        return answers[first]

    assert ask_each(one, [{}, {}, {}]) == [answers[first]] * 3
    assert len(seen) == asked_times
