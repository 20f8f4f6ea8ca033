"""All that the page for grading by hand says, and its command; another language is another table."""

from __future__ import annotations

from aics.language import noted, tr, words

SAID = {
    "no_question": "{lab} has no answer in words called {question!r}. There are: {names}.",
    "adds_up": "{file}: the criteria of {question} add up to {sum:g} points, and the question has {points:g}.",
    "nothing": "No answers to {question} are in the gradebook of {folder}. `autograder grade HAND_INS` puts them "
    "there.",
    "all": "Grading by hand",
    "written": "Answers in words",
    "none": "Nobody's answer is in the gradebook.",
    "regrades.open": "Open regrade requests: {count}",
    "regrades.decided": "Decided regrade requests: {count}",
    "waiting": "{waiting} of {count} wait",
    "points_between": "Points lie between 0 and {most:g}.",
    "no_group": "These answers are not there any more: the page is read anew.",
    "graded_by": "Graded by {grader}.",
    "stale": "Meanwhile {grader} gave: {points}.",
    "somebody": "Somebody",
    "parameters": "Own parameters: {drawn}",
    "title": "{question}: grading by hand",
    "answers_to": "Answers to {question}",
    "address": "{what}: {address}",
    "how": "Whoever has this address can grade. Ctrl-C ends it; what was saved is kept.",
}
#: What the page's script says; it fills in the values itself.
PAGE = {
    "answer": noted("Answer {place} of {count}"),
    "wrote": noted("{count} students wrote this"),
    "wrote_one": noted("1 student wrote this"),
    "waits": noted("waits"),
    "left": noted("{left} of {count} wait"),
    "done": noted("All answers are graded."),
    "criteria": noted("Criteria"),
    "points": noted("Points"),
    "of": noted("of {most}"),
    "comment": noted("Comment, which the student reads"),
    "grader": noted("Graded by"),
    "who": noted("Your name, before anything is saved:"),
    "save": noted("Save and go on (Enter)"),
    "saved": noted("Saved. Points: {points}; students: {count}."),
    "model": noted("Model answer (m)"),
    "asked": noted("The question (q)"),
    "blind": noted("Names (b)"),
    "formgrader": noted("in formgrader"),
    "conflict": noted("{said} o keeps yours, t takes theirs."),
    "failed": noted("Not saved: {why}"),
    "keys": noted(
        "1 to 9: give or take a criterion · + and \N{MINUS SIGN}: half a point more or less of the last one "
        "· p: points · c: comment · Enter: save, go on · j, k: next, previous · n: next that waits · b: names "
        "· m: model answer · q: the question · Esc: leave a field"
    ),
}


say = words(SAID)


def on_page() -> dict[str, str]:
    """Return what the page's script says, in the language spoken."""
    return {key: tr(message) for key, message in PAGE.items()}
