"""All that is said of regrade requests, in one table, so that another language is another table."""

from __future__ import annotations

from aics.language import words

SAID = {
    # what cannot be taken
    "column": "{file}, line 1: no column `{column}`. The columns are {columns}, in any order; others are passed over.",
    "no_file": "There is no file {file}.",
    "no_csv": "{where}: this is no CSV that can be read ({why}). Save it as CSV in UTF-8.",
    "no_lab": "{where}: there is no lab {lab!r}. There are: {labs}.",
    "no_question": "{where}: {lab} has no question {question!r}. There are: {questions}.",
    "names_none": "{where}: names no question, and no check is above it. Its first line is `regrade: QUESTION`.",
    "no_student": "{where}: no hand-in of {student!r} for {lab} is in the gradebook. `autograder report {lab}` lists "
    "whose are; `autograder roster` says who goes by which name.",
    "no_handin": "{where}: {student} has no graded answer to {question} of {lab}. `autograder grade` puts it into the "
    "gradebook.",
    "twice": "{where}: {student} asked about {question} of {lab} already, in {before}. One of the two is enough.",
    "open": "{where}: {student} asks about {question} of {lab} already, and request {number} is still open. Decide "
    "that one first, then take this one.",
    # what was taken
    "line": "{file}, line {line}",
    "cell": "{file}, cell {cell}",
    "request": "Request {number}",
    "taken": "new requests: {count}; taken before: {known}; open now: {open}",
    "none": "No regrade request is open.",
    "none.all": "There are no regrade requests. `autograder regrade take FILE` takes them in.",
    # one request
    "no_number": "There is no regrade request {number}. `autograder regrade list --all` lists those that there are.",
    "title": "Request {number}: {name}, {question} of {lab}",
    "asked": "Asked on {when}, {source}:",
    "says_nothing": "(no reason given)",
    "gradebook.grader": "In the gradebook: {points}, by the grader.",
    "gradebook.person": "In the gradebook: {points}, given by a person.",
    "gradebook.waiting": "In the gradebook: {points}, a person is to give or to confirm them.",
    "points": "{points:g} of {most:g} points",
    "points.bonus": "{points:g} of {most:g} bonus",
    "verdict": "The verdict, made on {when} at isolation level {isolation}:",
    "words": "It is an answer in words, which a person grades:",
    "no_verdict": "The grader has no verdict on it.",
    "answer": "The answer:",
    "evidence": "Page: {page}\nNotebook: {notebook}",
    "rules": "Version of the rules: {version}.",
    "rules.same": "They are those of today.",
    "rules.changed": "The rules have changed since: the question, its cases, or what asks and judges. The verdict may "
    "be another today:",
    "rules.handin": "The hand-in that lies there now has other code, or none, so this verdict is of an earlier one:",
    "again": "autograder grade {submitted} --lab {lab} --student {student} --only {question}",
    "again.whole": "autograder grade {submitted} --lab {lab} --student {student}",
    "how": "To decide: autograder regrade decide {number} --keep, or --points P; with --comment TEXT for the student",
    # decisions
    "kept": "kept",
    "changed": "points changed",
    "decision.kept": "Decided on {when} by {grader}: kept, {before:g} -> {points:g}.",
    "decision.changed": "Decided on {when} by {grader}: changed, {before:g} -> {points:g}.",
    "decision.comment": "To the student: {comment}",
    "decided.kept": "Request {number}: {student}, {question} of {lab}: kept, {before:g} -> {points:g} of {most:g}.",
    "decided.changed": "Request {number}: {student}, {question} of {lab}: changed, {before:g} -> {points:g} of "
    "{most:g}.",
    "renew": "The feedback page is renewed by: autograder grade {submitted} --lab {lab} --student {student}",
    "signed.kept": "Regrade request: the points stay. Decided by {grader}.",
    "signed.changed": "Regrade request: {before:g} -> {points:g} points. Decided by {grader}.",
    "which": "Say --keep, or --points with a number: one of the two.",
    "between": "Points for {question} lie between 0 and {most:g}.",
    "not_asked": "The original course does not ask {question}, so there are no points to give for it.",
    "no_grader": "Say who decides: --grader NAME.",
    "already": "Request {number} was decided on {when} by {grader}. --again decides it anew; both are kept.",
    "meanwhile": "The points were {before:g} when this was read, and are {points:g} now: look at it again.",
    "state.open": "undecided",
    # the table and the page
    "blind": "a student",
    "left": "open requests: {count}",
    "points.label": "Points, which stay unless you change them",
    "of": "of {most:g}",
    "comment": "Comment, which the student reads",
    "grader": "Decided by",
    "save": "Decide, and go on to the next",
    "again.label": "Decide it anew; both decisions are kept",
    "asks": "What the student says",
    "decisions": "Decisions",
    "list": "Regrade requests",
    "list.one": "Regrade requests: {number}",
    "number": "no.",
    "when": "asked",
    "student": "student",
    "question": "question",
    "says": "what the student says",
    "state": "decision",
}


say = words(SAID)
