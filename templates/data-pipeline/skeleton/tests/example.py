"""Invented orders, for tests and for `make example`."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

HEADER = "order_id,country,amount,ordered_at"
ROWS = ("1,DE,10.00,{day} 08:00:00", "2,DE,5.50,{day} 09:30:00", "3,FR,20.25,{day} 23:59:59")


def deliver(source: Path, day: str, rows: tuple[str, ...] = ROWS) -> Path:
    """Puts the orders of one day where the pipeline looks for them."""
    file = source / "orders" / f"{day}.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join([HEADER, *rows, ""]).format(day=day), encoding="utf-8")
    return file


if __name__ == "__main__":
    today = datetime.now(UTC).date()
    for ago in (1, 2, 3):
        deliver(Path(os.environ["SOURCE"]), (today - timedelta(days=ago)).isoformat())
