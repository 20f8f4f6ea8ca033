"""``python -m autograder.attacks``: print every attempt, by the guard that stops it."""

from rich.console import Console
from rich.table import Column, Table

from autograder.attacks import GUARDS, attempts


def main() -> None:
    """Print one table for each guard, then how many attempts there are."""
    console = Console()
    for guard, keeps in GUARDS.items():
        table = Table(
            Column("name", no_wrap=True), "lab", "what it tries", title=f"{guard}: {keeps}", title_justify="left"
        )
        for exhibit in attempts(guard).values():
            table.add_row(exhibit.name, exhibit.lab, exhibit.purpose)
        console.print(table)
    console.print(f"{len(attempts())} attempts")


if __name__ == "__main__":
    main()
