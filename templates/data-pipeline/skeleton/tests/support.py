"""Runs the pipeline on files of its own, in this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg

from example import ROWS, deliver
from service.definitions import defs
from service.tables import Tables

DAY = "2026-03-04"


class Pipeline:
    """The job, with folders and an instance that nobody else uses."""

    def __init__(self, folder: Path, instance: dg.DagsterInstance) -> None:
        self.source = folder / "source"
        self.tables = Tables(source=str(self.source), lake=str(folder / "lake"))
        self.instance = instance

    def deliver(self, rows: tuple[str, ...] = ROWS, day: str = DAY) -> None:
        """Somebody puts a file there."""
        deliver(self.source, day, rows)

    def run(self, day: str = DAY, **tags: str) -> dg.ExecuteInProcessResult:
        """One day, from the file to the end."""
        job = dg.Definitions(
            assets=defs.assets,
            asset_checks=defs.asset_checks,
            jobs=defs.jobs,
            resources={"tables": self.tables},
        ).resolve_job_def("daily")
        return job.execute_in_process(
            partition_key=day, instance=self.instance, raise_on_error=False, tags=tags
        )

    def rows(self, table: str, day: str = DAY) -> list[tuple[Any, ...]]:
        """What a table has of a day."""
        return self.tables.ask(
            "select * from read_parquet($file)", file=str(self.tables.file(table, day))
        )


@contextmanager
def pipeline(folder: Path) -> Iterator[Pipeline]:
    """A pipeline that has not run yet."""
    home = folder / "dagster"
    home.mkdir()
    with dg.DagsterInstance.local_temp(str(home)) as instance:
        yield Pipeline(folder, instance)


def failed_checks(result: dg.ExecuteInProcessResult) -> set[str]:
    """Names of the checks that did not pass."""
    return {
        evaluation.check_name
        for evaluation in result.get_asset_check_evaluations()
        if not evaluation.passed
    }
