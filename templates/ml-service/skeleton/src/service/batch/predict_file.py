"""From a file of cases to a file of predictions, part by part."""

import csv
import hashlib
import io
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from service.batch.progress import Progress, read_progress, write_progress
from service.predictions.predictor import Predictor
from service.predictions.schema import FEATURES, Parcel

HEADER = ["row", "probability", "late", "model_version", "error"]

Row = tuple[int, dict[str, str]]


class BatchError(Exception):
    """Why a file cannot be dealt with; says what to do."""


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _rows(file: Path) -> Iterator[Row]:
    with file.open(encoding="utf-8", newline="") as content:
        reader = csv.DictReader(content)
        absent = [name for name in FEATURES if name not in (reader.fieldnames or [])]
        if absent:
            raise BatchError(f"{file} has no column {', '.join(absent)}")
        yield from enumerate(reader, start=1)


def _as_parcel(row: dict[str, str]) -> Parcel | str:
    """A parcel, or what is wrong with it."""
    try:
        return Parcel.model_validate({name: row[name] for name in FEATURES})
    except ValidationError as error:
        return "; ".join(f"{one['loc'][0]}: {one['msg']}" for one in error.errors())


def _answers(part: list[Row], predictor: Predictor) -> list[list[object]]:
    read = [(number, _as_parcel(row)) for number, row in part]
    parcels = [one for _, one in read if isinstance(one, Parcel)]
    predictions = iter(predictor.predict(parcels) if parcels else [])
    version = predictor.card.version
    lines: list[list[object]] = []
    for number, one in read:
        if isinstance(one, str):
            lines.append([number, "", "", version, one])
        else:
            prediction = next(predictions)
            lines.append([number, prediction.probability, int(prediction.late), version, ""])
    return lines


def _write(lines: list[list[object]], to: BinaryIO) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    to.write(text.getvalue().encode())
    to.flush()
    os.fsync(to.fileno())


def predict_file(source: Path, target: Path, predictor: Predictor, *, part: int) -> Progress:
    """Writes a line for each row of the source, also for those that are rejected.

    Until it is done the target is called `.partial`. Started again after an
    interruption it goes on after the last part that was written, and the target
    is the same as without one. Raises BatchError when it must not go on.
    """
    partial = target.with_name(f"{target.name}.partial")
    record = target.with_name(f"{target.name}.progress.json")
    fresh = Progress(input_sha256=_sha256(source), model_sha256=predictor.card.sha256)
    done = read_progress(record)
    if done is None and target.exists():
        raise BatchError(f"{target} exists already; name another file, or remove it")
    if done and not done.is_of(fresh):
        raise BatchError(
            f"{record} is about another input or another model; finish with those, "
            f"or remove it together with {partial}"
        )
    if done and target.exists():
        # Only the last step was missing.
        record.unlink()
        return done
    done = done or fresh
    rows = islice(_rows(source), done.rows, None)
    with partial.open("r+b" if partial.exists() else "w+b") as to:
        to.truncate(done.bytes)
        to.seek(done.bytes)
        if done.bytes == 0:
            _write([list(HEADER)], to)
        while chunk := list(islice(rows, part)):
            lines = _answers(chunk, predictor)
            _write(lines, to)
            done = done.model_copy(
                update={
                    "rows": done.rows + len(chunk),
                    "rejected": done.rejected + sum(1 for line in lines if line[-1]),
                    "bytes": to.tell(),
                }
            )
            write_progress(done, record)
    write_progress(done, record)
    partial.replace(target)
    record.unlink()
    return done
