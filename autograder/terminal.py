"""What the commands print on a terminal: tables, remarks, progress bars."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from aics.check.messages import say
from autograder.gradebook.total import Total
from autograder.grading.original import absent
from autograder.intake.exports import many
from autograder.intake.handin import one_line

if TYPE_CHECKING:
    from autograder.gradebook.grade_path import Arrival, GradedClass
    from autograder.gradebook.outdated import OldGrades
    from autograder.grading.record import Row
    from autograder.intake.handin import Remark
    from autograder.intake.people import People
    from autograder.measure.doctor import Findings
    from autograder.measure.draws import Misjudged
    from autograder.measure.prove import Proof


@contextmanager
def progress(console: Console, title: str, total: int) -> Iterator[Callable[..., None]]:
    """Show a progress bar, and yield the function that moves it on by one, with a word on what failed so far."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("[bold]{task.fields[failed]}"),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(title, total=total, failed="")
        yield lambda failed="": bar.update(task, advance=1, failed=failed)


def failures(students: Sequence[str]) -> str:
    """Return how many hand-ins failed so far, and whose was the last; "" where none did."""
    return f"{len(students)} failed, last {escape(one_line(students[-1], 20))}" if students else ""


def scores(done: GradedClass) -> RenderableType:
    """Return a table with a line for each hand-in, and below it one for each question that lost points."""
    table = Table("student", "question", "points", "why", title="Scores", title_justify="left", pad_edge=False)
    table.columns[1].no_wrap = True
    table.columns[2].justify = "right"
    for graded in done.graded:
        if not graded.rows:
            table.add_row(escape(graded.student), "", "-", escape(" ".join(graded.remarks)), style="bold")
            continue
        total = done.totals.get((graded.student, graded.lab), Total())
        said = [f"({graded.status})"] if graded.status != "graded" else []
        said += [f"and {total.waiting:g} in words wait for a person"] if total.waiting else []
        table.add_row(escape(graded.student), escape(graded.lab), total.figure, " ".join(said), style="bold")
        if graded.late:
            table.add_row("", "", "", escape(graded.late))
        for line in _lost([row for row in graded.rows if row.score < row.max_score]):
            table.add_row("", *line)
        for row in (row for row in graded.rows if row.untimed):
            table.add_row("", row.question, _points([row]), "not timed: the machine was too busy")
    return table


def _lost(rows: Sequence[Row]) -> Iterator[tuple[str, str, str]]:
    """Question, points and why; what is missing, and a reason that three have in common, take one line."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault("stubs" if row.unfilled else "absent" if absent(row.reason) else _why(row), []).append(row)
    for key, group in groups.items():
        named = ", ".join(row.question for row in group[:3]) + (" ..." if len(group) > 3 else "")
        if key == "stubs":
            yield f"{len(group)} stubs", _points(group), f"still untouched: {named}"
        elif key == "absent" and len(group) > 1:
            names = dict.fromkeys(name for row in group for name in absent(row.reason).split(", "))
            yield f"{len(group)} questions", _points(group), escape(say("not_in_file", names=", ".join(names)))
        elif len(group) > 2:
            yield f"{len(group)} questions", _points(group), escape(f"{named}: {key}")
        else:
            yield from ((row.question, _points([row]), escape(_why(row))) for row in group)


def _why(row: Row) -> str:
    return f"{row.misconception.replace('_', ' ')}: {row.reason}" if row.misconception else row.reason


def _points(rows: Sequence[Row]) -> str:
    return f"{sum(row.score for row in rows):g} / {sum(row.max_score for row in rows):g}"


def arrivals(found: Sequence[Arrival]) -> RenderableType:
    """Return a table of who became whom, and when it was handed in."""
    table = Table("file", "handed in", "student", title="Who handed in", title_justify="left", pad_edge=False)
    for arrival in found:
        table.add_row(escape(arrival.file), arrival.when, escape(arrival.student))
    return table


def roster(path: Path, people: People) -> RenderableType:
    """Return a table of the roster, and below it what is wrong with it and who is not in it."""
    table = Table("student", "name", "e-mail", "number", "login", "numbers of systems", "handed in as", pad_edge=False)
    for student in people.roster.students:
        numbers = [f"{s} {n}" for s in ("moodle", "canvas", "brightspace", "github") if (n := getattr(student, s))]
        seen = [one_line(f"{p.name} {p.number}") for p, of in people.known.items() if of == student.id]
        cells = (student.id, student.name, student.email, student.number, student.login)
        table.add_row(*map(escape, (*cells, ", ".join(numbers), ", ".join(seen))))
    lines = [f"{path}: {many(people.roster.students)}"]
    lines += [f"[bold]twice[/]: {escape(fault)}" for fault in people.roster.faults()]
    lines += [f"[bold]same name[/]: {escape(n)}: only numbers tell them apart" for n in people.roster.namesakes()]
    ids = {student.id for student in people.roster.students}
    strange = [(one_line(f"{p.name} {p.number}"), of) for p, of in people.known.items() if of not in ids]
    lines += [f"[bold]unknown[/]: {escape(name)}, graded as {escape(of)}" for name, of in strange]
    return Group(*([table] if people.roster.students else []), *lines)


def remarks(done: GradedClass) -> list[str]:
    """Return a line for each remark on what was handed in, and one on what could not be timed."""
    lines = [f"[bold]{escape(g.student)}[/]: {escape(line)}" for g in done.graded if g.rows for line in g.remarks]
    lines += [f"[bold]{escape(r.student or r.path)}[/]{_file(r)}: {escape(r.sentence)}" for r in done.remarks]
    if untimed := sum(row.untimed for g in done.graded for row in g.rows):
        lines.append(
            f"[bold]{untimed} of the answers could not be timed[/], and no points were taken from them: other work "
            "kept this machine busy. Once it has time, the same command with --untimed measures them."
        )
    lines += [older(old) for old in done.outdated]
    return lines + [f"[bold]{escape(exam.said('graded'))}[/]" for exam in done.exams]


def _file(remark: Remark) -> str:
    return escape(f", {remark.path}") if remark.student and remark.path else ""


def older(old: OldGrades) -> str:
    """Return the line on grades that are older than the rules."""
    names = ", ".join(old.students[:8]) + (f" and {len(old.students) - 8} more" if len(old.students) > 8 else "")
    whose = "1 student's grades" if len(old.students) == 1 else f"{len(old.students)} students' grades"
    return f"{whose} of {old.lab} are older than the rules ({escape(names)}). To renew them: [bold]{old.command}[/]"


def misjudged(found: Sequence[Misjudged], draws: int, kept: int = 0) -> str:
    """Return a line for each piece of known code that some draw misjudges, and the count.

    `kept` of all draws, each of one question, were tried by an earlier run.
    """
    lines = [f"[bold red]{m.kind} {m.name}[/] on {m.question}, draw {m.draw}: {escape(m.reason)}" for m in found]
    lines.append(f"{draws} draws: {len(found)} pieces of known code are misjudged by one of them.")
    return "\n".join([*lines, f"{kept} draws of single questions held from an earlier run."] if kept else lines)


def proofs(rows: Sequence[Proof], kept: int = 0) -> RenderableType:
    """Return a table with a line for each lab and each question, and below it every row that does not hold.

    `kept` of the rows were proved by an earlier run.
    """
    table = Table("question", "solution", "stub", "other ways", "caught", "named", pad_edge=False)
    table.columns[0].no_wrap = True
    for lab in dict.fromkeys(r.lab for r in rows):
        table.add_section()
        ours = [r for r in rows if r.lab == lab]
        questions = list(dict.fromkeys(r.question for r in ours))
        if len(questions) > 1:
            table.add_row(lab, *_tally(ours), style="bold")
        for question in questions:
            table.add_row(question, *_tally([r for r in ours if r.question == question]))
    bad = [r for r in rows if not r.holds]
    lines = [
        f"[bold red]{r.kind} {r.name}[/] on {r.question}: {r.score:g} / {r.max_score:g}"
        f"{'' if r.kind != 'misconception' else ', caught' if r.caught else ', NOT caught'}"
        f"{'' if r.kind != 'misconception' else ', named' if r.named else ', NOT named'}: {escape(r.reason)}"
        for r in bad
    ]
    count = {kind: sum(r.kind == kind for r in rows) for kind in ("misconception", "alternative")}
    total = (
        f"{count['misconception']} misconceptions, {count['alternative']} alternatives, {len(bad)} rows do not hold."
    )
    if kept:
        total += f" {kept} of {len(rows)} rows were proved before and kept; --again proves all from nothing."
    return Group(table, *lines, total)


def _tally(rows: Sequence[Proof]) -> list[str]:
    """Points of the solution and the stub, alternatives that hold, mistakes caught and named, each as part / whole."""
    of = {kind: [r for r in rows if r.kind == kind] for kind in ("solution", "stub", "alternative", "misconception")}
    points = [(sum(r.score for r in of[kind]), sum(r.max_score for r in of[kind])) for kind in ("solution", "stub")]
    counts = [
        (sum(r.holds for r in of["alternative"]), len(of["alternative"])),
        (sum(r.caught for r in of["misconception"]), len(of["misconception"])),
        (sum(r.named for r in of["misconception"]), len(of["misconception"])),
    ]
    return [f"{part:g} / {whole:g}" for part, whole in points + counts]


def doctor(findings: Findings) -> RenderableType:
    """Return tables of isolation levels, versions and data, with what to do about each gap."""
    levels = Table("isolation", "holds", "why", "to get it", pad_edge=False)
    for level in findings.levels:
        levels.add_row(level.level, "yes" if level.holds else "no", escape(level.why), escape(level.remedy))
    things = Table("what", "found", pad_edge=False)
    for name, found in findings.things.items():
        things.add_row(name, escape(found))
    return Group(levels, things, *map(older, findings.outdated))
