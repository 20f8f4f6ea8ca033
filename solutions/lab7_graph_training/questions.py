"""Lab 7's questions in notebook order; each group of them has a file of its own beside this one."""

from __future__ import annotations

import layers_questions
import normalization_questions
import optimizers_questions
import planning_questions
import rules_questions
import saver_questions
import state_questions
import watching_questions

from autograder.course.question import Question, Written

#: What an answer may use too: the graph, and how a session finds what a node waits for.
ALLOWED = ("aics.graph", "aics.lab7_graph_training.session.waits_for")

#: As the notebook asks them.
ORDER = (
    *("walk", "variables", "initializers", "op_gradients", "gradients", "full_layer", "optimizers", "batch_norm"),
    *("dropout", "mnist_cnn", "saver", "event_file", "graph_def", "gradient_summary", "lstm"),
    "stalled_sigmoids",
)
_ALL: list[Question | Written] = [
    *planning_questions.QUESTIONS,
    *state_questions.QUESTIONS,
    *rules_questions.QUESTIONS,
    *layers_questions.QUESTIONS,
    *optimizers_questions.QUESTIONS,
    *saver_questions.QUESTIONS,
    *watching_questions.QUESTIONS,
    *normalization_questions.QUESTIONS,
    Written(name="stalled_sigmoids", points=5),
]
QUESTIONS: list[Question | Written] = sorted(_ALL, key=lambda question: ORDER.index(question.name))
