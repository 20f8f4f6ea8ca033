"""A sentence that was kept is known again, in whatever language it was said."""

import pytest

from aics.check.messages import MESSAGES, say
from aics.handin.notebook_file import UNWRITTEN, Answer
from aics.language import is_made_of, languages, speaking, tr, values_in


@pytest.mark.parametrize("language", languages())
def test_the_values_of_a_sentence_are_found_again(language):
    with speaking(language):
        said = say("not_in_file", names="relu, softmax_loss")
    assert values_in(MESSAGES["not_in_file"], said) == ["relu, softmax_loss"]
    assert values_in(MESSAGES["not_here"], said) is None
    assert is_made_of(MESSAGES["not_in_file"], said[:-6])
    assert not is_made_of(MESSAGES["not_here"], said)


@pytest.mark.parametrize("language", languages())
def test_what_stands_where_nobody_has_written_is_no_answer(language):
    with speaking(language):
        assert not Answer(name="why", source=f"{tr(UNWRITTEN)}\n", code=False).filled
    assert Answer(name="why", source="因为……", code=False).filled
