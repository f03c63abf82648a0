"""Every flag, with what holds while nobody says otherwise.

A kill switch is on by default: a lost file must not turn anything off.
"""

import os
from pathlib import Path

from service.flagging import Flag, follow_flags, release_flags

# Whether nights begin a run. Off, Dagster shows each of them as skipped.
RUN_NIGHTS = Flag("run-nights", default=True)


def is_on(flag: Flag, job: str) -> bool:
    """Whether it is on for a job: read when it is asked, which is once a night."""
    file = os.environ.get("FLAGS_FILE")
    if not file:
        return flag.default
    follow_flags(Path(file))
    try:
        return flag.is_on(job)
    finally:
        release_flags()
