"""All that the notebooks and commands say of parameters by student."""

from __future__ import annotations

from aics.language import noted, words

#: The first line of a stub whose question has parameters, behind its "# ".
FIRST = noted("{question}, drawn for you: {drawn}")
SAID = {
    "no_student": "Everybody gets other parameters for {question}, and this notebook has none yet. Close it and type "
    "in a terminal: aics mine YOUR-ID {notebook}",
    "stranger": "Nobody in this class is called {student!r}. Type the id that your teacher gave you, your number, "
    "login or e-mail address.",
    "none": "Nothing differs from student to student in this class: there is no {file}.",
    "broken": "{file} cannot be read ({why}). Take data/ from the labs' zip again.",
    "not_varying": "{notebook}: everybody in this class is asked the same in {lab}. Nothing was changed.",
    "made": "{notebook}: drawn for {student}: {questions}",
    "already": "{notebook} was drawn for {other}. To make it another student's, begin with a fresh copy.",
    "rewritten": "{notebook}: the cell of {question} is filled in already: its text stays, and the parameters are "
    "{drawn}.",
    "no_notebooks": "There is no notebook of a lab here whose questions differ: {labs}. Name the file.",
}

#: ``say(key, **values)``: the sentence for a key of the table, in the language spoken.
say = words(SAID)


def drawn_words(drawn: dict[str, object]) -> str:
    """Return parameters as a reader has them: ``row = top, column = left``."""
    return ", ".join(f"{name} = {value}" for name, value in drawn.items())
