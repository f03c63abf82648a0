"""Tables in files: one folder each, one Parquet file for each day."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

Rows = list[tuple[Any, ...]]


class Tables(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Where files come from, and where tables are."""

    source: str
    lake: str

    def source_file(self, name: str, day: str) -> Path:
        """What others put there for one day; fails when they did not."""
        file = Path(self.source) / name / f"{day}.csv"
        if not file.is_file():
            raise dg.Failure(
                f"{file} is not there. Ask whoever delivers {name}, "
                f"then run the partition {day} again."
            )
        return file

    def file(self, table: str, day: str) -> Path:
        """One day of a table."""
        return Path(self.lake) / table / f"{day}.parquet"

    def write(
        self, table: str, day: str, query: str, /, **parameters: str
    ) -> dg.MaterializeResult[None]:
        """Puts the rows of a query into the place of that day, all or none."""
        file = self.file(table, day)
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(".unfinished")
        with _database() as database:
            rows = database.sql(query, params=parameters)
            columns = list(zip(rows.columns, map(str, rows.types), strict=True))
            rows.write_parquet(str(unfinished))
            count = database.read_parquet(str(unfinished)).count("*").fetchall()[0][0]
        unfinished.replace(file)
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": count,
                "dagster/column_schema": dg.TableSchema(
                    [dg.TableColumn(name, kind) for name, kind in columns]
                ),
                "bytes": file.stat().st_size,
                "path": dg.MetadataValue.path(str(file)),
            }
        )

    def ask(self, query: str, /, **parameters: str) -> Rows:
        """The rows of a query."""
        with _database() as database:
            return database.sql(query, params=parameters).fetchall()


@contextmanager
def _database() -> Iterator[duckdb.DuckDBPyConnection]:
    # What is not in the image already is not fetched while data is read.
    with duckdb.connect(
        config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    ) as database:
        yield database
