from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from support import DAY, failed_checks, pipeline


def test_turns_a_file_into_revenue_by_country(tmp_path: Path) -> None:
    with pipeline(tmp_path) as sales:
        sales.deliver()
        result = sales.run()
        assert result.success
        assert failed_checks(result) == set()
        assert sales.rows("daily_revenue") == [
            (date(2026, 3, 4), "DE", 2, Decimal("15.50")),
            (date(2026, 3, 4), "FR", 1, Decimal("20.25")),
        ]
        assert sales.rows("orders")[2][3] == datetime(2026, 3, 4, 23, 59, 59)


def test_writes_a_day_again_in_its_place(tmp_path: Path) -> None:
    with pipeline(tmp_path) as sales:
        sales.deliver()
        sales.run()
        sales.deliver(rows=("7,IT,1.00,{day} 01:00:00",))
        sales.run()
        assert sales.rows("daily_revenue") == [(date(2026, 3, 4), "IT", 1, Decimal("1.00"))]
        assert [file.name for file in (tmp_path / "lake" / "orders").iterdir()] == [
            f"{DAY}.parquet"
        ]


def test_lets_no_order_through_that_came_twice(tmp_path: Path) -> None:
    with pipeline(tmp_path) as sales:
        sales.deliver(rows=("1,DE,10.00,{day} 08:00:00", "1,DE,10.00,{day} 08:00:00"))
        result = sales.run()
        assert not result.success
        assert failed_checks(result) == {"order_ids_are_unique"}
        assert not sales.tables.file("daily_revenue", DAY).exists()


def test_lets_no_order_through_of_another_day(tmp_path: Path) -> None:
    with pipeline(tmp_path) as sales:
        sales.deliver(rows=("1,DE,10.00,2026-03-05 00:00:00",))
        result = sales.run()
        assert not result.success
        assert failed_checks(result) == {"orders_are_of_their_day"}
        assert not sales.tables.file("daily_revenue", DAY).exists()


def test_warns_of_a_day_without_orders_and_goes_on(tmp_path: Path) -> None:
    with pipeline(tmp_path) as sales:
        sales.deliver(rows=())
        result = sales.run()
        assert result.success
        assert failed_checks(result) == {"there_are_orders"}
        assert sales.rows("daily_revenue") == []


def test_says_which_file_is_missing(tmp_path: Path) -> None:
    with pipeline(tmp_path) as sales:
        result = sales.run()
        assert not result.success
        [failure] = [event for event in result.all_events if event.is_step_failure]
        assert f"{sales.source}/orders/{DAY}.csv is not there" in str(failure.event_specific_data)


def test_stops_at_a_value_that_does_not_fit_and_leaves_what_was_there(tmp_path: Path) -> None:
    with pipeline(tmp_path) as sales:
        sales.deliver()
        sales.run()
        before = sales.rows("orders")
        sales.deliver(rows=("1,DE,ten,{day} 08:00:00",))
        assert not sales.run().success
        assert sales.rows("orders") == before
