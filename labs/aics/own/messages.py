"""All that is said of questions about one's own code, one table."""

from __future__ import annotations

from typing import Any

from aics.language import words
from aics.own.asked import Asked

WORDS = {
    "title": "{question}: about your own code",
    "case": 'Your code runs on public case {case}, {words}. `check.case("{question}", {case})` shows it.',
    # questions; those with .last are of a line that runs several times
    "shape": "What shape does `{name}` have after line {line}?",
    "shape.last": "What shape does `{name}` have after line {line} has run for the last time?",
    "part": "What shape does `{name}` have in line {line}?",
    "value": "Which integer does `{name}` in line {line} give?",
    "value.last": "Which integer does `{name}` in line {line} give the last time that it is computed?",
    "changed": "What shape would `{name}` in line {line} have with `{instead}` in the place of `{other}`? "
    'If it would raise an exception, answer "error".',
    "input": "With `{instead}` in the place of `{other}` in this case, what shape would `{name}` have after "
    "line {line}?",
    "input.last": "With `{instead}` in the place of `{other}` in this case, what shape would `{name}` have after "
    "line {line} has run for the last time?",
    "first": "Which line of `{function}` is the first to put an array of shape {name} into a name?",
    "needed": "Which line makes `{function}` right for more than one entry (`{name}` is one)? It is the first with a "
    "piece that no single entry of this case needs, and that all of them together do need: without it each entry alone "
    "has the same answer, and all have another one or an exception. A piece is an operation, an argument, an index, a "
    "statement, or the head of a loop, whose body then runs once.",
    "needed_by_more": "Which line makes `{function}` right for more than one entry (`{name}` is the one of this case)? "
    "It is the first with a piece that this entry does not need, and that several would need: without it the one entry "
    "has the same answer, and several have another one or an exception. A piece is an operation, an argument, an "
    "index, a statement, or the head of a loop, whose body then runs once.",
    "count": "How many times does line {line} run?",
    "held": "Which integer does `{name}` hold when `{function}` returns?",
    "held.last": "Which integer does `{name}` hold when `{function}` returns?",
    "length": "How many entries does `{name}` have when `{function}` returns?",
    "length.last": "How many entries does `{name}` have when `{function}` returns?",
    "dtype": "Which dtype does `{name}` have after line {line}?",
    "dtype.last": "Which dtype does `{name}` have after line {line} has run for the last time?",
    "view": "Is `{name}` of line {line} a view of `{other}`, so that both share memory when `{function}` returns?",
    # forms of answers
    "form.shape": "a shape, such as (2, 3)",
    "form.shape or error": 'a shape, such as (2, 3), or "error"',
    "form.line": "the number of a line, from 1",
    "form.integer": "an integer",
    "form.dtype": 'a dtype, such as "float32"',
    "form.yes or no": '"yes" or "no"',
    "yes": "yes",
    "no": "no",
    # what is right, where the number of a line alone says too little
    "line.piece": "{right}, where `{other}` could be left out",
    "line.rest": "{right}, where `{other}` could be `{instead}`",
    # what becomes of an answer
    "right": "Right: {right}.",
    "again": "Not what your code gives. Follow it on this case line by line; there is one more try.",
    "told": "Your code gives {right}.",
    "unread": "This cannot be read. Answer with {form}.",
    "open": "Answer with {form}.",
    "how": "To answer, run this in a cell of its own, with your answers in the place of the dots:",
    "written": "Write your answers out, as numbers and texts: only what stands in the cell can be handed in.",
    "cell": "the cell with its lines numbered",
    # what the grader says on the card
    "graded": "About the own code {right} of {count} answered rightly: +{due} bonus.",
    "graded.no_points": "About the own code {right} of {count} answered rightly.",
    # what is said in the place of a card
    "off": "Questions about your own code are not part of this course.",
    "hint": '`check.own("{question}")` asks a short question or two about your own code.',
    "not_yet": "{question} is not right yet. Questions about your own code come after that.",
    "no_file": "The notebook's cell for {question} was not found. Run its cell, then this line, in the lab's own "
    "notebook.",
    "none": "No question can be made of your cell for {question}. That says nothing of your code.",
    "too_many": "{question} has {count} to answer; {given} answers came.",
}

#: ``say(key, **values)``: the sentence for a key of the table, in the language spoken.
say = words(WORDS)


def question_words(asked: Asked) -> str:
    """Return a question as a sentence."""
    key = f"{asked.kind}.last" if asked.last and f"{asked.kind}.last" in WORDS else asked.kind
    names = {"name": asked.name, "other": asked.other, "instead": asked.instead}
    return say(key, line=asked.line, function=asked.function, **names)


def right_words(asked: Asked) -> str:
    """Return what is right, as a person reads it."""
    if asked.form == "yes or no":
        return say("yes" if asked.right else "no")
    if asked.form == "line" and asked.other:
        key = "line.rest" if asked.instead else "line.piece"
        return say(key, right=asked.right, other=asked.other, instead=asked.instead)
    return f"{asked.right}"


def form_words(asked: Asked) -> str:
    """Return what an answer must look like."""
    return say(f"form.{asked.form}")


def call_words(question: str, count: int) -> str:
    """Return the line that answers, with dots where the answers go."""
    return f"check.own({question!r}, {', '.join(['...'] * count)})".replace("'", '"')


def plain(value: Any) -> str:
    """Return an answer that was given, cut to what fits on a line."""
    return f"{value!r}"[:60]
