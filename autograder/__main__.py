"""`autograder`, and `python -m autograder`: from the first letter to the exit status."""

from __future__ import annotations

import signal
import sys

from rich.markup import escape

from aics.language import language, tr
from aics.language.spoken import ENGLISH
from aics.streams import write_any_letter
from autograder.cli import app
from autograder.command_line import err
from autograder.course import CourseError
from autograder.gradebook.errors import GradebookError
from autograder.sandbox.errors import SandboxError


def main() -> None:
    """Run the command; what a user can mend is one clear message, not a traceback."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # like Ctrl-C: exit status 130
    write_any_letter()
    try:
        _run()
    except (CourseError, SandboxError, GradebookError) as error:
        _say_failure(error, str(error))
        sys.exit(2)
    except OSError as error:  # no space, no permission, a broken disk
        _say_failure(error, tr("{what}. Mend this and run the same command again.", what=where(error)))
        sys.exit(2)


def _run() -> None:
    if language() == ENGLISH:
        app()
    from autograder.authoring.translate.help import spoken

    spoken(app)()


def where(error: OSError) -> str:
    """Return which file, if the error says so, and what is wrong.

    >>> where(FileNotFoundError(2, "No such file or directory", "roster.csv"))
    'roster.csv: No such file or directory'
    >>> where(OSError(28, "No space left on device"))
    'No space left on device'
    """
    what = f"{error.strerror or error}".rstrip(".")
    return what if error.filename is None else f"{error.filename}: {what}"


def _say_failure(error: Exception, words: str) -> None:
    err.print(f"[bold red]{type(error).__name__}[/]: {escape(words)}", highlight=False, soft_wrap=True)


if __name__ == "__main__":
    main()
