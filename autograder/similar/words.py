"""All that the page of pairs and its command say, in one table, so that another language is another table."""

from __future__ import annotations

from aics.language import words

SAID = {
    "title": "{lab}: pairs that look alike",
    "nobody": "Nobody's {lab} is in {folder}. `autograder grade HAND_INS` puts hand-ins there.",
    "one": "Only {student} handed in {lab} that can be read from {folder}: a pair takes two. Nothing was written.",
    "unreadable": "{student}: left out, since {file} cannot be read: {why}",
    "cut": "{student}: of {questions} only the first {most:,} characters were compared.",
    "no_library": "Code was not compared, only shared rare mistakes: "
    "`.venv/bin/python -m pip install -e '.[similarity]'` brings what compares it.",
    "written": "{file} (hand-ins: {students}, pairs shown: {shown} of {pairs:,})",
    "skip": "Skip to the pairs",
    "evidence": "This page is evidence, never a verdict.",
    "evidence.about": "Two who have worked alone may write alike, above all where a stub has one natural answer; two "
    "who were taught together may err together; a hand-in in a group is the same file twice. Read both, ask both, and "
    "decide yourself. Nothing here has changed a grade, and nothing will.",
    "made": "Made {when} from the hand-ins in {folder}.",
    "contents": "On this page",
    "handins": "hand-ins",
    "pairs.all": "pairs in the class",
    "mistakes.all": "rare mistakes that several made",
    "median": "bits of the middle pair",
    "most": "bits of the first pair",
    # how pairs are ranked
    "bits": "How pairs are ranked",
    "bits.about": "In bits: one for what every second pair of this class shares, ten for what one pair in a thousand "
    "does. In each question a pair gets the bits of its code (of all pairs that answered it, how many are at least as "
    "alike; a short line has few bits, however few have it), and those of a rare mistake that both made (of all who "
    "answered, how many made it). Code is compared without names, blanks and comments, and without what stands in the "
    "notebook or in the solution. A question that everybody answers alike adds nothing.",
    "bits.spread": "All pairs of the class, by their bits. Pairs of people who work alone form one hill; what stands "
    "far to its right is worth a look, and the hill itself is not.",
    "bits.bar": "{low:g} to {high:g}",
    "bits.bits": "bits of a pair",
    "bits.pairs": "pairs",
    # how alike independent answers are
    "usual": "How often right answers look alike",
    "usual.about": "What pairs of right answers share here, question by question: as a part of the shorter answer, "
    "beyond the notebook's own lines and the solution's. Where half of all pairs share most of it, a shared answer "
    "says nothing.",
    "usual.question": "question",
    "usual.right": "right answers",
    "usual.half": "every second pair shares",
    "usual.twentieth": "one pair in twenty shares",
    "usual.percent": "{share} %",
    "usual.same": "the same but for names",
    "usual.few": "too few right answers to say",
    # pairs
    "pairs": "Pairs",
    "pairs.none": "No two hand-ins share anything that few others have.",
    "pairs.about": "The {count} pairs with the most bits. Beside each stands what the two share with their next: a "
    "pair that is close to those numbers does not stand out.",
    "pair": "{names}: {bits:.0f} bits",
    "pair.next": "{one} shares at most {next_one:.0f} with anybody else, {other} {next_other:.0f}",
    "pair.same_file": "Both handed in the same file, byte by byte. A group's hand-in does that.",
    "pair.mistakes": "Rare mistakes that both made",
    "pair.little": "Also, with less than {bits:g} bits each: {questions}.",
    "sure": "{name}",
    "maybe": "perhaps {name}",
    "maybe.about": "The name is a guess.",
    "mistake.title": "{question}: {title}.",
    "mistake.count": "{count} of {asked} made it: {bits:.1f} bits.",
    "mistake.others": "{count} of {asked} made it: {bits:.1f} bits (also {names}).",
    "alike.count": "They share {part:.0%} of the shorter answer beyond the notebook and the solution.",
    "alike.as_alike": "As alike as this or more, of the {answered:,} pairs that answered: {count:,}.",
    "alike.bits": "{bits:.1f} bits",
    "own_cells": "cells that they added",
    "feedback": "feedback page",
    # mistakes
    "mistakes": "Rare mistakes",
    "mistakes.about": "Mistakes that at most {rare:.0%} of those who answered have made, and at least two. Who makes "
    "the same few is worth a look; one alone is not.",
    "mistakes.none": "No rare mistake was made twice.",
    "mistake": "mistake",
    "who": "who",
    "of": "of",
}


say = words(SAID)
