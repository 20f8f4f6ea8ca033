"""``python -m autograder.attacks``: print every attempt, by the guard that stops it."""

from rich.console import Console
from rich.table import Column, Table

from aics.language import tr
from autograder.attacks import GUARDS, attempts
from autograder.cells import prose


def main() -> None:
    """Print one table for each guard, then how many attempts there are."""
    console = Console()
    for guard, keeps in GUARDS.items():
        name, *heads = tr("name | lab | what it tries").split(" | ")
        title = tr("{guard}: {keeps}", guard=guard, keeps=tr(keeps))
        table = Table(Column(name, no_wrap=True), *heads, title=title, title_justify="left")
        for exhibit in attempts(guard).values():
            table.add_row(exhibit.name, exhibit.lab, prose(tr(exhibit.purpose)))
        console.print(table)
    console.print(tr("{count} attempts", count=len(attempts())))


if __name__ == "__main__":
    main()
