"""Which words of a code cell are its reader's, and that nothing but them changes."""

import ast

import pytest

from autograder.authoring.translate.code_words import pieces, translated

CELL = '''# One value for each channel.
# Mind the order.
def mean(image):
    """Average the pixels.

    image : (H, W, 3)  ->  mean : (3,)
    """
    ### BEGIN SOLUTION
    # what nobody may read
    return np.mean(image, axis=(0, 1))  # "the answer itself"
    ### END SOLUTION
    raise NotImplementedError("lab 1, mean: return the mean colour")


print(f"took {seconds:.1f} s for {len(images)} images")  # as long as that
show(album["cat photo"], title="before", mode="nearest_neighbour")
'''


def texts(source, **options):
    return [piece.text for piece in pieces(source, **options)]


def test_comments_docstrings_and_sentences_are_messages_and_solutions_are_not():
    assert texts(CELL) == [
        "One value for each channel.\nMind the order.",
        "Average the pixels.\n\nimage : (H, W, 3)  ->  mean : (3,)\n",
        "lab 1, mean: return the mean colour",
        "took {seconds:.1f} s for {len(images)} images",
        "as long as that",
        "cat photo",
    ]


def test_a_single_word_is_a_message_only_where_a_picture_shows_it():
    assert set(texts(CELL, look=True)) - set(texts(CELL)) == {"before"}


def test_only_the_words_change_and_the_cell_stays_python():
    said = {text: f"“{text.upper()}”" for text in texts(CELL) if "\n" not in text and "{" not in text}
    new = translated(CELL, lambda text: said.get(text, text))
    assert ast.dump(ast.parse(CELL)) != ast.dump(ast.parse(new))
    for before, after in said.items():
        new = new.replace(after, before)
    assert new == CELL


@pytest.mark.parametrize("margin", ["", "    "])
def test_a_docstring_and_a_comment_keep_their_margin(margin):
    inside = f"{margin}    "
    lines = ['"""One.', "", f"{inside}two", f'{inside}"""', f"{inside}# three", f"{inside}# four", f"{inside}pass", ""]
    body = inside + "\n".join(lines)
    source = (f"class A:\n{margin}def f():\n" if margin else "def f():\n") + body
    new = translated(source, lambda text: text.upper())
    assert new == source.replace("One", "ONE").replace("two", "TWO").replace("three", "THREE").replace("four", "FOUR")


def test_a_text_with_quotation_marks_and_letters_of_any_language_stays_a_text():
    new = translated('print("one cell of many")', lambda _: '他说 "好" \\ 是')
    assert ast.literal_eval(ast.parse(new).body[0].value.args[0]) == '他说 "好" \\ 是'
