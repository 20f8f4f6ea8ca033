"""A cell that runs answers says in one line why it cannot go on."""

from __future__ import annotations

import pytest

from aics.notebook.needs_answers import needs_answers

STUB = """
def halve(x):
    return x.size // 2

class Layer:
    def forward(self, x):
        raise ValueError("rows\\nand columns")
"""
HALF, MEND = "This picture needs half, which raised", "run its cell again, and mend it if it fails."
UNUSABLE = "This picture cannot be made of what your answers returned ({}). The checks above say what to mend."
LOOKS = {
    "halve(1)": f"{HALF} AttributeError: 'int' object has no attribute 'size'",
    "Layer().forward(1)": f"{HALF} ValueError: rows and columns",
    "double(1)": f"This picture needs double, which is not defined: {MEND}",
    "Layer().backward()": f"This picture needs Layer.backward, which is not defined: {MEND}",
    "len(None)": UNUSABLE.format("TypeError: object of type 'NoneType' has no len()"),
    "raise SystemExit(1)": UNUSABLE.format("SystemExit: 1"),
}


def looked_at(look: str) -> None:
    """Run a stub, its check and a cell that looks at the answer, as a kernel does that keeps the cells it has run."""
    namespace = {"__name__": "__main__", "In": ["", STUB, 'check("half")', look]}
    exec(STUB, namespace)
    with needs_answers():
        exec(look, namespace)


def test_it_says_which_stub_is_empty(capsys):
    with needs_answers():
        raise NotImplementedError("lab 2, relu: return the output")
    assert (
        capsys.readouterr().out == "Not yet: this needs a stub that is still empty (lab 2, relu: return the output).\n"
    )


@pytest.mark.parametrize("look", LOOKS)
def test_it_names_the_question_or_the_function_that_it_could_not_use(look, capsys):
    looked_at(look)
    assert capsys.readouterr().out == LOOKS[look] + "\n"


def test_a_long_message_and_one_that_cannot_be_shown_stay_one_line(capsys):
    class Odd(Exception):
        def __str__(self):
            raise ValueError

    for error in (ValueError("x\n" * 1000), Odd()):
        with needs_answers():
            raise error
        said = capsys.readouterr().out
        assert said.count("\n") == 1
        assert len(said) < 400


def test_whoever_interrupts_it_wants_it_to_end():
    with pytest.raises(KeyboardInterrupt), needs_answers():
        raise KeyboardInterrupt
