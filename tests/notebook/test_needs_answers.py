"""A cell that needs code which is not written yet."""

from __future__ import annotations

import pytest

from aics.notebook.needs_answers import needs_answers


def test_it_says_which_stub_is_empty_and_hides_nothing_else(capsys):
    with needs_answers():
        raise NotImplementedError("lab 2, relu: return the output")
    assert "lab 2, relu" in capsys.readouterr().out
    with pytest.raises(ValueError, match="real"), needs_answers():
        raise ValueError("a real mistake")
