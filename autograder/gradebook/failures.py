"""Why nbgrader or the gradebook's database gave up, and what to do about it: one line each."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from nbgrader.api import InvalidEntry, MissingEntry
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from aics.language import tr, words
from autograder.gradebook.errors import GradebookError, GradebookUnusable

#: How what a database or its driver says is known.
SIGNS = (
    (r"database is locked", "locked"),
    (r"readonly database|not authorized|permission denied for|read-only transaction", "read_only"),
    (r"unable to open database file", "cannot_open"),
    (r"database or disk is full", "full"),
    (r"not a database|malformed|disk I/O error", "damaged"),
    (r"No module named 'psycopg2'", "psycopg2"),
    (r"No module named 'psycopg'", "psycopg"),
    (r"No module named|Can't load plugin: sqlalchemy.dialects", "driver"),
    (r"Could not parse SQLAlchemy URL", "address"),
    (r"authentication failed|no password supplied|no pg_hba.conf entry|role .* does not exist", "user"),
    (r'database "[^"]*" does not exist', "none"),
    (r"\((psycopg2?|MySQLdb|pymysql)\.(Operational|Interface)Error\)", "silent"),
)
#: What that means for whoever grades.
MEANINGS = {
    "locked": "The gradebook {address} is locked by another program: close it, then run the same command "
    "again: what was graded is kept.",
    "read_only": "The gradebook {address} may not be written: give yourself the right to, then run the same "
    "command again: what was graded is kept.",
    "cannot_open": "The gradebook {address} cannot be opened: there must be a file that you may read and write, or "
    "a folder where it can be made.",
    "full": "The gradebook {address} cannot grow, because the disk is full: make room, then run the same "
    "command again: what was graded is kept.",
    "damaged": "The gradebook {address} is damaged: put a copy of it back, or move it away. Without one, the "
    "same command writes all grades that were computed anew; points and comments given by hand stood "
    "in that file only.",
    "psycopg2": "The gradebook {address} needs a driver that is not installed: `.venv/bin/pip install "
    "'psycopg2-binary'` brings it.",
    "psycopg": "The gradebook {address} needs a driver that is not installed: `.venv/bin/pip install -e "
    "'.[postgres]'` brings it.",
    "driver": "The gradebook {address} is of a database for which no driver is installed: use a file's "
    "address, sqlite:///..., or postgresql://....",
    "address": "The gradebook {address} is no address of a database, such as postgresql://user@host/course.",
    "user": "The gradebook {address} does not let this user in: see that AICS_GRADEBOOK names the right user "
    "and password, then run the same command again: what was graded is kept.",
    "none": "The gradebook {address} is on a server that answers, but there is no such database: make it "
    "with `createdb`, then run the same command again: what was graded is kept.",
    "silent": "The gradebook {address} does not answer: see that its server runs, and that AICS_GRADEBOOK "
    "names it rightly, then run the same command again: what was graded is kept.",
    "other": "The gradebook {address} cannot be used: {what}.",
}
say = words(MEANINGS)
#: The line of a traceback that says what was wrong.
RAISED = re.compile(r"(?m)^ *((?:\w+\.)*\w*(?:Error|Exception|TooLong)\b.*)$")


@contextmanager
def explained(address: str) -> Iterator[None]:
    """Raise GradebookUnusable for whatever the database at `address` raises meanwhile."""
    try:
        yield
    except (SQLAlchemyError, ImportError) as error:
        raise unusable(address, f"{type(error).__module__}.{type(error).__name__}: {error}") from error


@contextmanager
def explained_of_one(address: str) -> Iterator[None]:
    """The same while one hand-in is written: a GradebookError where the fault is that hand-in's only."""
    try:
        yield
    except (SQLAlchemyError, InvalidEntry, MissingEntry, OSError) as error:
        raise failure(address, "".join(traceback.format_exception(error))) from error


def failure(address: str, said: str) -> GradebookError:
    """The error for what nbgrader said when it gave up: its log with tracebacks in it.

    What concerns one hand-in only must not stop the class, so the gradebook is to blame where that is known.
    """
    raised = [line for line in RAISED.findall(said) if "NbGraderException" not in line]
    if _meaning(said) and any("sqlalchemy" in line or "sqlite3" in line for line in raised):
        return unusable(address, said)
    errors = [line.removeprefix("[ERROR] ") for line in said.splitlines() if line.startswith("[ERROR]")]
    return GradebookError((raised or errors or [said.strip() or tr("it stopped without a word")])[-1][:1000])


def unusable(address: str, said: str) -> GradebookUnusable:
    """The error for a database that said this."""
    first = (RAISED.findall(said) or [said])[0][:300]
    return GradebookUnusable(say(_meaning(said) or "other", address=_shown(address), what=first))


def _meaning(said: str) -> str:
    return next((key for pattern, key in SIGNS if re.search(pattern, said)), "")


def _shown(address: str) -> str:
    """An address as people may see it: a file's path, or a server's without the password."""
    try:
        url = make_url(address)
    except ArgumentError:
        return address
    return (url.database or "") if url.drivername.startswith("sqlite") else url.render_as_string()
