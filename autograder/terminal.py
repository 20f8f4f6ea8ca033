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
from aics.language import listed, noted, plural, sentences, tr, words
from autograder.cells import prose
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

#: How a hand-in went through that was not graded just now.
STATUS = {"unchanged": "(unchanged)", "failed": "(failed)"}
#: A row of the proof that does not hold.
ROW = {
    "row": "[bold red]{kind} {name}[/] on {question}: {score:g} / {most:g}: {why}",
    "row.named": "[bold red]{kind} {name}[/] on {question}: {score:g} / {most:g}, caught, named: {why}",
    "row.caught": "[bold red]{kind} {name}[/] on {question}: {score:g} / {most:g}, caught, NOT named: {why}",
    "row.only_named": "[bold red]{kind} {name}[/] on {question}: {score:g} / {most:g}, NOT caught, named: {why}",
    "row.missed": "[bold red]{kind} {name}[/] on {question}: {score:g} / {most:g}, NOT caught, NOT named: {why}",
}
#: Versions that the sandbox tells.
VERSIONS = noted("bubblewrap | kernel | instructor's Python | students' Python")
#: Kinds of known code.
KINDS = (noted("solution"), noted("stub"), noted("misconception"), noted("alternative"))
say_status, say_row = words(STATUS), words(ROW)


@contextmanager
def progress(console: Console, title: str, total: int) -> Iterator[Callable[..., None]]:
    """Show a progress bar, and yield the function that moves it on by one, with a word on what failed so far."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn(tr("elapsed | left | remaining").split(" | ")[1]),
        TimeRemainingColumn(),
        TextColumn("[bold]{task.fields[failed]}"),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(title, total=total, failed="")
        yield lambda failed="": bar.update(task, advance=1, failed=failed)


def failures(students: Sequence[str]) -> str:
    """Return how many hand-ins failed so far, and whose was the last; "" where none did."""
    if not students:
        return ""
    return tr("{count} failed, last {student}", count=len(students), student=escape(one_line(students[-1], 20)))


def scores(done: GradedClass) -> RenderableType:
    """Return a table with a line for each hand-in, and below it one for each question that lost points."""
    heads = tr("student | question | points | why").split(" | ")
    table = Table(*heads, title=tr("Scores"), title_justify="left", pad_edge=False)
    table.columns[1].no_wrap = True
    table.columns[2].justify = "right"
    for graded in done.graded:
        if not graded.rows:
            table.add_row(escape(graded.student), "", "-", prose(escape(" ".join(graded.remarks))), style="bold")
            continue
        total = done.totals.get((graded.student, graded.lab), Total())
        said = [say_status(graded.status)] if graded.status != "graded" else []
        said += [tr("and {points:g} in words wait for a person", points=total.waiting)] if total.waiting else []
        table.add_row(escape(graded.student), escape(graded.lab), total.figure, prose(" ".join(said)), style="bold")
        if graded.late:
            table.add_row("", "", "", prose(escape(graded.late)))
        for line in _lost([row for row in graded.rows if row.score < row.max_score]):
            table.add_row("", *map(prose, line))
        for row in (row for row in graded.rows if row.untimed):
            table.add_row("", row.question, _points([row]), prose(tr("not timed: the machine was too busy")))
    return table


def _lost(rows: Sequence[Row]) -> Iterator[tuple[str, str, str]]:
    """Question, points and why; what is missing, and a reason that three have in common, take one line."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault("stubs" if row.unfilled else "absent" if absent(row.reason) else _why(row), []).append(row)
    for key, group in groups.items():
        named = listed(row.question for row in group[:3]) + (" ..." if len(group) > 3 else "")
        if key == "stubs":
            stubs = plural("{count} stubs", "{count} stubs", len(group))
            yield stubs, _points(group), tr("still untouched: {names}", names=named)
        elif key == "absent" and len(group) > 1:
            names = dict.fromkeys(name for row in group for name in absent(row.reason).split(", "))
            yield _questions(group), _points(group), escape(say("not_in_file", names=listed(names)))
        elif len(group) > 2:
            yield _questions(group), _points(group), escape(tr("{names}: {why}", names=named, why=key))
        else:
            yield from ((row.question, _points([row]), escape(_why(row))) for row in group)


def _questions(rows: Sequence[Row]) -> str:
    return plural("{count} question", "{count} questions", len(rows))


def _why(row: Row) -> str:
    if not row.misconception:
        return row.reason
    return tr("{mistake}: {why}", mistake=row.misconception.replace("_", " "), why=row.reason)


def _points(rows: Sequence[Row]) -> str:
    return f"{sum(row.score for row in rows):g} / {sum(row.max_score for row in rows):g}"


def arrivals(found: Sequence[Arrival]) -> RenderableType:
    """Return a table of who became whom, and when it was handed in."""
    heads, title = tr("file | handed in | student").split(" | "), tr("Who handed in")
    table = Table(*heads, title=title, title_justify="left", pad_edge=False)
    for arrival in found:
        table.add_row(escape(arrival.file), arrival.when, escape(arrival.student))
    return table


def roster(path: Path, people: People) -> RenderableType:
    """Return a table of the roster, and below it what is wrong with it and who is not in it."""
    heads = tr("student | name | e-mail | number | login | numbers of systems | handed in as").split(" | ")
    table = Table(*heads, pad_edge=False)
    for student in people.roster.students:
        numbers = [f"{s} {n}" for s in ("moodle", "canvas", "brightspace", "github") if (n := getattr(student, s))]
        seen = [one_line(f"{p.name} {p.number}") for p, of in people.known.items() if of == student.id]
        cells = (student.id, student.name, student.email, student.number, student.login)
        table.add_row(*map(escape, (*cells, listed(numbers), listed(seen))))
    lines = [tr("{path}: {students}", path=path, students=many(people.roster.students))]
    lines += [tr("[bold]twice[/]: {what}", what=escape(fault)) for fault in people.roster.faults()]
    lines += [
        tr("[bold]same name[/]: {name}: only numbers tell them apart", name=escape(n))
        for n in people.roster.namesakes()
    ]
    ids = {student.id for student in people.roster.students}
    strange = [(one_line(f"{p.name} {p.number}"), of) for p, of in people.known.items() if of not in ids]
    lines += [
        tr("[bold]unknown[/]: {name}, graded as {student}", name=escape(n), student=escape(of)) for n, of in strange
    ]
    return Group(*([table] if people.roster.students else []), *lines)


def remarks(done: GradedClass) -> list[str]:
    """Return a line for each remark on what was handed in, and one on what could not be timed."""
    lines = [_remark(escape(g.student), line) for g in done.graded if g.rows for line in g.remarks]
    lines += [_remark(_whose(r), r.sentence) for r in done.remarks]
    if untimed := sum(row.untimed for g in done.graded for row in g.rows):
        lines.append(
            tr(
                "[bold]{count} of the answers could not be timed[/], and no points were taken from them: other work "
                "kept this machine busy. Once it has time, the same command with --untimed measures them.",
                count=untimed,
            )
        )
    lines += [older(old) for old in done.outdated]
    return lines + [f"[bold]{escape(exam.said('graded'))}[/]" for exam in done.exams]


def _remark(whose: str, sentence: str) -> str:
    return tr("[bold]{whose}[/]: {what}", whose=whose, what=escape(sentence))


def _whose(remark: Remark) -> str:
    """The student, and the file where it is known; the file alone where it is nobody's."""
    if not (remark.student and remark.path):
        return escape(remark.student or remark.path)
    return tr("{student}[/], {file}[bold]", student=escape(remark.student), file=escape(remark.path))


def older(old: OldGrades) -> str:
    """Return the line on grades that are older than the rules."""
    names = listed(old.students[:8])
    if len(old.students) > 8:
        names = tr("{names} and {count} more", names=names, count=len(old.students) - 8)
    return plural(
        "1 student's grades of {lab} are older than the rules ({names}). To renew them: [bold]{command}[/]",
        "{count} students' grades of {lab} are older than the rules ({names}). To renew them: [bold]{command}[/]",
        len(old.students),
        lab=old.lab,
        names=escape(names),
        command=old.command,
    )


def misjudged(found: Sequence[Misjudged], draws: int, kept: int = 0) -> str:
    """Return a line for each piece of known code that a draw misjudges, and the count; `kept` were tried before."""
    lines = [
        tr(
            "[bold red]{kind} {name}[/] on {question}, draw {draw}: {why}",
            kind=tr(m.kind),
            name=m.name,
            question=m.question,
            draw=m.draw,
            why=escape(m.reason),
        )
        for m in found
    ]
    lines.append(
        tr("{draws} draws: {count} pieces of known code are misjudged by one of them.", draws=draws, count=len(found))
    )
    held = [tr("{count} draws of single questions held from an earlier run.", count=kept)] if kept else []
    return "\n".join([*lines, *held])


def proofs(rows: Sequence[Proof], kept: int = 0) -> RenderableType:
    """Return a table with a line for each lab and each question, and below it every row that does not hold.

    `kept` of the rows were proved by an earlier run.
    """
    heads = tr("question | solution | stub | other ways | caught | named").split(" | ")
    table = Table(*heads, pad_edge=False)
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
    count = {kind: sum(r.kind == kind for r in rows) for kind in ("misconception", "alternative")}
    total = tr(
        "{misconceptions} misconceptions, {alternatives} alternatives, {count} rows do not hold.",
        misconceptions=count["misconception"],
        alternatives=count["alternative"],
        count=len(bad),
    )
    if kept:
        total = sentences(
            total,
            tr(
                "{kept} of {count} rows were proved before and kept; --again proves all from nothing.",
                kept=kept,
                count=len(rows),
            ),
        )
    return Group(table, *map(_not_held, bad), total)


def _not_held(row: Proof) -> str:
    """The line on a row that does not hold; of a mistake, whether it was caught and named, too."""
    key = "row"
    if row.kind == "misconception":
        key = "row.named" if row.caught and row.named else "row.caught" if row.caught else "row.missed"
        key = "row.only_named" if row.named and not row.caught else key
    about = {"name": row.name, "question": row.question, "score": row.score, "most": row.max_score}
    return say_row(key, kind=tr(row.kind), why=escape(row.reason), **about)


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
    levels = Table(*tr("isolation | holds | why | to get it").split(" | "), pad_edge=False)
    for level in findings.levels:
        holds = tr("yes") if level.holds else tr("no")
        levels.add_row(level.level, holds, prose(escape(level.why)), prose(escape(level.remedy)))
    things = Table(*tr("what | found").split(" | "), pad_edge=False)
    names = dict(zip(VERSIONS.split(" | "), tr(VERSIONS).split(" | "), strict=True))
    for name, found in findings.things.items():
        things.add_row(names.get(name) or tr(name), prose(escape(_found(found))))
    return Group(levels, things, *map(older, findings.outdated))


def _found(what: str) -> str:
    """What was found; "missing: " at its beginning is what `Findings.ready` looks for."""
    if what.startswith("missing: "):
        return tr("missing: {what}", what=what.removeprefix("missing: "))
    return tr("missing") if what == "missing" else what
