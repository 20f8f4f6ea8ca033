"""All that an oral sheet says, and what the command says of it."""

from __future__ import annotations

from collections.abc import Mapping

from aics.language import words

SAID = {
    "title": "{lab}: about the student's own code",
    "about": "The same questions that the student's notebook asks with check.own, and what the student's code gave in "
    "the sandbox. Code shares a process with what watches it and could forge that; your own eye is the check.",
    "student": "{student}",
    "points": "({score} of {most} points)",
    "case": "On public case {case}: {words}.",
    "answer": "The code gives: {right}",
    "answered.right": "In the notebook: {given}, which is right.",
    "answered.wrong": "In the notebook: {given}, which is not what the code gives.",
    "said": "Said:",
    "none": "No question can be made of this cell.",
    "not_right": "Not right yet, and not asked about: {names}.",
    "nothing": "Nothing here is right yet.",
    "no_handins": "There are no hand-ins for {lab} in {folder}. `autograder grade` puts them there.",
    "no_student": "There is no hand-in of {student} for {lab}. There are: {there}.",
    "unreadable": "{student}: the notebook in {file} cannot be read.",
    "written": "{file}: {students} students, {count} questions",
}


say = words(SAID)


#: The looks of the page: black on white, to be printed, a student's part on pages of its own.
STYLE = """
body { font: 15px/1.45 system-ui, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  color: #111; background: #fff; max-width: 46rem; margin: 2rem auto;
  padding: 0 1rem }
h1 { font-size: 1.3rem } h2 { font-size: 1.2rem; border-bottom: 1px solid #999 }
h3 { font-size: 1rem; margin: 1.5rem 0 .3rem }
pre { font: 12px/1.4 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; background: #f3f3f3;
  padding: .5rem .7rem; margin: .3rem 0 }
code { font-family: ui-monospace, monospace; font-size: .92em } mark { background: #ffe9a8; color: inherit }
.answer { font-weight: 600 } .said { border-bottom: 1px dotted #777; height: 1.6em; color: #555 }
@media print { section { break-before: page } section:first-of-type { break-before: avoid }
  body { margin: 0; max-width: none } article { break-inside: avoid } }
"""
#: Kinds of what may be answered in a notebook -> key of `SAID`.
ANSWERED: Mapping[bool, str] = {True: "answered.right", False: "answered.wrong"}
