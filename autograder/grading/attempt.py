"""Run one hand-in's cells in a sandboxed kernel and judge each question where its test cell stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from aics.check.ask import Answer, ask_each
from aics.check.judge import Mistake, Rule, judge, judge_in_turn, stopped
from aics.check.loops import spells_loop
from aics.check.measure import measure_of, measured
from aics.check.messages import say
from aics.check.refusal import not_allowed
from aics.check.speed_verdict import judge_speed, not_timed
from aics.check.verdict import Verdict
from autograder.course import Lab
from autograder.course.question import Case, Question, Speed
from autograder.grading.allowed import Beyond, beyond_allowed
from autograder.grading.bench import Bench, hidden_packages
from autograder.grading.line import NoAnswer
from autograder.grading.original import unasked
from autograder.grading.outcome import Outcome, Patience
from autograder.grading.own import own_questions_of, with_own
from autograder.grading.reading import Reading
from autograder.grading.room import Outputs, room_of
from autograder.grading.shown import Shown
from autograder.grading.steps import Step
from autograder.grading.stops import Stop, Stops
from autograder.grading.timing import ReferenceSilent, WrongWhenTimed, speed_reading
from autograder.sandbox import FreezeError
from autograder.sandbox.books import waiting_is_known
from autograder.sandbox.execution import Execution

#: Seconds that the student's own check of one question may take, for trusted code.
CHECK = 30.0


class Attempt:
    """One run of one hand-in.

    Parameters
    ----------
    lab : Lab
    steps : sequence of Step
        Of the hand-in in the released skeleton (see `autograder.intake.repair`).
    bench : Bench
        The worker's sandboxes: a fresh one for the student, a lasting one for the reference.
    draw : callable
        ``draw(question) -> numpy Generator`` of the hidden cases.
    only : collection of str, optional
        Questions to ask; all where it is None.
    trusted : bool
        The code is the instructor's own: skip the public cases here and let the student's own check
        speak of them instead (`Outcome.own_checks`), as `autograder prove` does.
    values_only : bool
        Leave the timing out: a speed question gives all its points to right values.
    beside : collection of str
        Names of files that lay beside the notebook and were not taken.
    own : float, optional
        Ask about the cells of right answers: so many points of extra credit for what is answered rightly.
    """

    def __init__(
        self,
        lab: Lab,
        steps: Sequence[Step],
        bench: Bench,
        draw: Callable[[str], np.random.Generator],
        *,
        only: Collection[str] | None = None,
        trusted: bool = False,
        values_only: bool = False,
        patience: Patience = Patience(),
        beside: Collection[str] = (),
        own: float | None = None,
    ) -> None:
        """Nothing runs yet."""
        self._lab, self._steps, self._bench, self._draw = lab, steps, bench, draw
        self._only, self._values_only, self._patience = only, values_only, patience
        self._trusted, self._own = trusted, own
        self._outcome = Outcome()
        self._beyond = Beyond()
        self._replay: list[str] = []
        self._used = 0.0
        self._shown = Shown()
        self._stops = Stops(beside)
        self._silent: Answer | None = None  # the question's first answer that brought nothing to compare

    def run(self) -> Outcome:
        """Run every cell in order, and ask each question where it stands."""
        self._bench.fresh_student(self._lab)
        self._run(self._steps)
        self._bench.end_student()
        return self._outcome

    def run_pieces(self, pieces: Iterable[Sequence[Step]]) -> Iterator[Outcome]:
        """Run these steps as well, piece after piece in the same sandbox: as one who edits a cell and runs it again.

        Yields what each piece brought. Take all of them: the sandbox ends with the last.
        """
        self._bench.fresh_student(self._lab)
        self._run(self._steps)
        for piece in pieces:
            self._outcome = Outcome()
            self._run(piece, before=self._steps)
            yield self._outcome
        self._bench.end_student()

    def _run(self, steps: Sequence[Step], before: Sequence[Step] = ()) -> None:
        asked = [s.question for s in steps if s.question and (self._only is None or s.question in self._only)]
        hidden = hidden_packages(self._lab)
        self._beyond = beyond_allowed(self._lab, [*before, *steps], asked, hidden, trusted=self._trusted)
        for number, step in enumerate(steps):
            if not step.question:
                self._cell(number, step)
            elif self._only is None or step.question in self._only:
                verdict = unasked(self._lab.rule(step.question), step) or self._question(_as_asked(self._lab, step))
                if not verdict.score and step.question in self._beyond.absent:
                    verdict = not_allowed(self._lab.rule(step.question), self._beyond.absent[step.question])
                verdict = replace(verdict, notes=(*verdict.notes, *self._outcome.failed_cells))
                self._outcome.verdicts[step.question] = self._stops.told(
                    verdict, self._silent, self._beyond.module(step.question)
                )

    def _cell(self, number: int, step: Step) -> None:
        """Run a cell that is not graded; a hang or crash costs the kernel, not the hand-in."""
        if self._over():
            self._stopped(step, Execution(status="timeout", detail=say("time_used_up")))
            return
        if not self._bench.student.kernel.alive():
            self._begin_again()  # a thread or process of an earlier cell ended it
        with self._counted():
            done = self._bench.student.kernel.execute(step.source, self._patience.cell)
        self._outcome.outputs[number] = self._shown.kept(done.outputs)
        if done.status in ("ok", "error"):
            self._replay.append(step.source)
        if done.status == "ok":
            return
        self._stopped(step, done)
        if done.status != "error":
            self._begin_again()

    def _stopped(self, step: Step, done: Execution) -> None:
        """Note a cell that stopped."""
        stop = Stop.of(step.name, step.source, done)
        self._stops.add(stop)
        self._outcome.failed_cells.append(stop.note)

    def _begin_again(self) -> None:
        """A fresh kernel with every cell that had run, the culprit left out."""
        self._bench.fresh_student(self._lab)
        for source in self._replay:
            if self._over():
                return
            with self._counted():
                done = self._bench.student.kernel.execute(source, self._patience.cell)
            if done.status not in ("ok", "error"):
                self._replay.remove(source)
                self._begin_again()
                return

    @contextmanager
    def _counted(self) -> Iterator[None]:
        """Count what the hand-in's sandbox uses meanwhile; what the grader does between is no time of the hand-in's."""
        allowance = self._bench.student.kernel.allowance(self._patience.hand_in)
        try:
            yield
        finally:
            self._used += allowance.used()

    def _over(self) -> bool:
        """Whether the hand-in has used its whole time up."""
        return self._used >= self._patience.hand_in

    def _question(self, question: Question) -> Verdict:
        rule, self._silent = self._lab.rule_of(question), None
        if question.name in self._beyond.there:
            return not_allowed(rule, self._beyond.there[question.name])
        if self._over():
            return stopped(rule, "budget")
        if not self._bench.student.kernel.alive():
            self._begin_again()
        try:
            with self._bench.student.serving(self._lab.name):
                verdict = self._judged(question, rule)
                if self._own is not None and verdict.passed:
                    verdict = self._with_own(verdict, self._own)
            if not self._bench.student.idle():
                self._begin_again()
            return verdict
        except NoAnswer as silence:
            status = self._why(silence)
            limits = self._bench.limits
            self._begin_again()
            return stopped(
                rule,
                status,
                seconds=self._patience.question,
                megabytes=limits.memory_bytes / 1e6,
                kilobytes=limits.output_bytes / 1e3,
            )

    def _with_own(self, verdict: Verdict, points: float) -> Verdict:
        """The verdict with what is due for answers about the cell of a right answer."""
        left = self._bench.student.kernel.allowance(self._patience.question).left
        with self._counted():
            cases = self._bench.own_cases(self._lab, verdict.question)
            asked = own_questions_of(self._bench.student.line, verdict.question, self._steps, left, cases)
        self._outcome.own[verdict.question] = asked
        return with_own(verdict, asked, self._steps, points)

    def _why(self, silence: NoAnswer) -> str:
        """What the sandbox says of the end, where it knows better than the line does."""
        seen = self._bench.student.kernel.wait(0.3).status
        return seen if seen in ("memory", "flood", "died") else silence.why

    def _judged(self, question: Question, rule: Rule) -> Verdict:
        """Public cases first, because they can name the misconception; then the hidden ones; then speed."""
        known = self._bench.public_question(self._lab, question.name)
        rng = self._draw(question.name)
        if not self._trusted and question is self._lab.questions[question.name]:
            with self._asking(question, known.expected) as one:
                answers = ask_each(one, known.cases)
            verdict = judge(rule, known.cases, known.expected, answers, known.mistakes, known.pairs)
            if verdict.rung:
                return verdict
        elif self._trusted:
            self._outcome.own_checks[question.name] = self._bench.student.line.tell(
                {"do": "check", "question": question.name, "values_only": self._values_only},
                self._bench.student.kernel.allowance(CHECK).left,
            )
        hidden = question.hidden_cases(rng)
        expected = [question.expected(**case) for case in hidden]
        with self._asking(question, expected) as one:
            verdict = judge_in_turn(rule, hidden, expected, one)
        if verdict.rung or question.speed is None or self._values_only:
            return verdict
        return self._timed(question.speed, rule, verdict, rng, known.mistakes)

    @contextmanager
    def _asking(self, question: Question, expected: Sequence[Outputs]) -> Iterator[Callable[[Case], Answer]]:
        """Yield ``one(case) -> answer`` of the student's code; what the answers cost meanwhile is the hand-in's."""
        room, measure = room_of(question, expected), measure_of(self._lab.name, question.name)
        left = self._bench.student.kernel.allowance(self._patience.question).left

        def one(case: Case) -> Answer:
            answer = measured(measure, case, self._bench.student.line.ask(question.name, case, left, room))
            if answer.missing or answer.raised:
                self._silent = self._silent or answer
            return answer

        with self._counted():
            yield one

    def _timed(
        self, speed: Speed, rule: Rule, verdict: Verdict, rng: np.random.Generator, mistakes: Sequence[Mistake]
    ) -> Verdict:
        def right(case: Case, expected: Outputs, answer: Answer) -> bool:
            return judge(rule, [case], [_floats(expected)], [answer]).passed

        def measure() -> Reading:
            with self._bench.reference(self._lab).serving(self._lab.name) as reference:
                return speed_reading(
                    self._bench.student, reference, rule.name, lambda: speed.case(rng), right, speed.limits
                )

        try:
            try:
                reading = measure()
            except ReferenceSilent:
                reading = measure()  # with a fresh reference
        except WrongWhenTimed as wrong:
            return judge(rule, [wrong.case], [_floats(wrong.expected)], [wrong.answer])
        except FreezeError:
            return stopped(rule, "thawed")
        if not reading.stands(speed.limits):
            return not_timed(verdict, "reference")
        if not waiting_is_known():
            verdict = replace(verdict, notes=(*verdict.notes, say("cpu_only")))
        return judge_speed(
            verdict,
            rule,
            reading.ratio,
            against="reference",
            mistakes=mistakes,
            looped=lambda: any(spells_loop(s.source) for s in self._steps if s.grade_id == f"{rule.name}_code"),
        )


def _as_asked(lab: Lab, step: Step) -> Question:
    """A step's question, as the original course asks it where the hand-in is of that course."""
    question = lab.questions[step.question]
    return question.of_original(step.original) if step.original else question


def _floats(values: Outputs) -> dict[str, np.ndarray]:
    return {k: v.astype(np.float64) if v.dtype.kind == "f" else v for k, v in values.items()}
