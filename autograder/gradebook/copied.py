"""A gradebook copied whole from one database into another: from a file into a server, and back."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbgrader.api import Base
from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, create_engine, func, insert, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from aics.language import tr
from autograder.course.paths import driven
from autograder.gradebook.errors import GradebookUnusable
from autograder.gradebook.failures import explained, unusable

#: Rows that are read and written at a time.
BATCH = 5_000
#: Where nbgrader notes which edition of its tables a database has.
EDITION = Table("alembic_version", MetaData(), Column("version_num", String(32), nullable=False))
#: All tables, each behind those that it refers to.
TABLES: Sequence[Table] = (*Base.metadata.sorted_tables, EDITION)


class Copying:
    """One gradebook on its way into another database; what is in the way is said before anything is written."""

    def __init__(self, source: str, target: str) -> None:
        """Look at both; GradebookUnusable where the source is no gradebook, or the target holds one with rows.

        Parameters
        ----------
        source, target : str
            SQLAlchemy addresses; a target without a scheme is the path of an SQLite file.
        """
        self.source, self.target = source, addressed(target)
        with explained(source), closing_engine(source) as engine, reading(engine) as connection:
            if missing := _missing(connection):
                raise GradebookUnusable(
                    tr(
                        "{database} holds no gradebook of this nbgrader: it has no {missing}.",
                        database=shown(source),
                        missing=missing,
                    )
                )
            self.counts = _counts(connection)
        with explained(self.target), closing_engine(self.target) as engine, reading(engine) as connection:
            if rows := sum(_counts(connection).values()):
                raise GradebookUnusable(
                    tr(
                        "{database} has {count:,} rows already, and they would be lost: name an empty database, "
                        "or a file that is not there.",
                        database=shown(self.target),
                        count=rows,
                    )
                )

    @property
    def address(self) -> str:
        """The target's address as people may see it: without its password."""
        return make_url(self.target).render_as_string()

    def run(self) -> Iterator[int]:
        """Copy all rows in one transaction; yields how many were written, as they are. Nothing is there until the end.

        Raises GradebookUnusable where a database fails, or holds other rows than it was given.
        """
        with _fresh(self.target) as fresh, closing_engine(self.source) as source, closing_engine(fresh) as target:
            yield from self._copied(source, target, fresh)

    def _copied(self, source: Engine, target: Engine, address: str) -> Iterator[int]:
        with explained(self.source), reading(source) as old, explained(address), target.begin() as new:
            for table in TABLES:
                table.create(new, checkfirst=True)
                new.execute(table.delete())  # nbgrader's own rows of a gradebook without students
            for table in TABLES:
                for rows in self._batches(old, table):
                    new.execute(insert(table), rows)
                    yield len(rows)
            if (wanted := _counts(old)) != (found := _counts(new)):
                raise unusable(
                    address, tr("holds other rows than it was given: {found}, not {wanted}", found=found, wanted=wanted)
                )

    def _batches(self, old: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
        with explained(self.source):
            result = old.execution_options(yield_per=BATCH).execute(select(table))
            for rows in result.mappings().partitions():
                yield [dict(row) for row in rows]


def addressed(target: str) -> str:
    """The SQLAlchemy address of a database that was named by its address, or by the path of an SQLite file."""
    return driven(target) if "://" in target else f"sqlite:///{Path(target).expanduser().resolve()}"


def shown(address: str) -> str:
    """An address as people may see it: a file's path, or a server's without the password."""
    file = _file(address)
    return str(file) if file else make_url(address).render_as_string()


@contextmanager
def closing_engine(address: str) -> Iterator[Engine]:
    """An engine whose connections are closed at the end; a file that is not there is not made."""
    file = _file(address)
    made = not (file and file.exists())
    engine = create_engine(address)
    try:
        yield engine
    finally:
        engine.dispose()
        if made and file and file.exists() and not file.stat().st_size:
            file.unlink()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the database, whatever others write meanwhile."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
            yield connection
        else:
            yield connection.execution_options(isolation_level="REPEATABLE READ")


@contextmanager
def _fresh(target: str) -> Iterator[str]:
    """Where to write: a server's database itself, since it takes all or nothing; beside a file, which is replaced."""
    file = _file(target)
    if file is None:
        yield target
        return
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        yield f"sqlite:///{beside}"
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def _file(address: str) -> Path | None:
    """The file of an SQLite address; GradebookUnusable where it is no address at all."""
    try:
        url = make_url(address)
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise unusable(address, f"{type(error).__module__}.{type(error).__name__}: {error}") from None
    return Path(url.database) if url.drivername.startswith("sqlite") and url.database else None


def _missing(connection: Connection) -> str:
    """The first table or column of nbgrader's that a database lacks, in words; empty where it lacks none."""
    there = inspect(connection)
    for table in TABLES:
        if not there.has_table(table.name):
            return f"table {table.name}"
        columns = {column["name"] for column in there.get_columns(table.name)}
        if lacking := [column.name for column in table.columns if column.name not in columns]:
            return f"{table.name}.{lacking[0]}"
    return ""


def _counts(connection: Connection) -> Mapping[str, int]:
    """Table -> rows; without the course and the edition, which nbgrader notes in an empty gradebook, too."""
    there, counted = inspect(connection), [table for table in TABLES if table.name not in ("course", EDITION.name)]
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in counted
        if there.has_table(table.name)
    }
