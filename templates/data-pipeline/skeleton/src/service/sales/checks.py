"""What must hold of the data. A check that blocks keeps bad rows from going on."""

from decimal import Decimal

import dagster as dg

from service.sales.assets import daily_revenue, orders
from service.tables import Tables


def _found(count: int, what: str) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        passed=count == 0,
        severity=dg.AssetCheckSeverity.ERROR,
        description=f"{count} {what}",
        metadata={"found": count},
    )


@dg.asset_check(asset=orders, blocking=True)
def order_ids_are_unique(
    context: dg.AssetCheckExecutionContext, tables: Tables
) -> dg.AssetCheckResult:
    """An order that came twice would be counted twice."""
    [(count,)] = tables.ask(
        "select count(*) - count(distinct order_id) from read_parquet($file)",
        file=str(tables.file("orders", context.partition_key)),
    )
    return _found(count, "orders came more than once")


@dg.asset_check(asset=orders, blocking=True)
def orders_are_of_their_day(
    context: dg.AssetCheckExecutionContext, tables: Tables
) -> dg.AssetCheckResult:
    """A file under the wrong name would count for a wrong day."""
    day = context.partition_key
    [(count,)] = tables.ask(
        """
        select count(*) from read_parquet($file)
        where ordered_at::date is distinct from $day::date
        """,
        file=str(tables.file("orders", day)),
        day=day,
    )
    return _found(count, f"orders are not of {day}")


@dg.asset_check(asset=orders)
def there_are_orders(context: dg.AssetCheckExecutionContext, tables: Tables) -> dg.AssetCheckResult:
    """A day without any is possible, and rarely true."""
    [(count,)] = tables.ask(
        "select count(*) from read_parquet($file)",
        file=str(tables.file("orders", context.partition_key)),
    )
    return dg.AssetCheckResult(
        passed=count > 0,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"{count} orders",
        metadata={"found": count},
    )


@dg.asset_check(asset=daily_revenue, blocking=True, additional_deps=[orders])
def revenue_is_that_of_the_orders(
    context: dg.AssetCheckExecutionContext, tables: Tables
) -> dg.AssetCheckResult:
    """Nothing is lost or counted twice on the way."""
    day = context.partition_key
    [(ordered,)] = tables.ask(
        "select coalesce(sum(amount), 0) from read_parquet($file)",
        file=str(tables.file("orders", day)),
    )
    [(told,)] = tables.ask(
        "select coalesce(sum(revenue), 0) from read_parquet($file)",
        file=str(tables.file("daily_revenue", day)),
    )
    difference = Decimal(told) - Decimal(ordered)
    return dg.AssetCheckResult(
        passed=difference == 0,
        severity=dg.AssetCheckSeverity.ERROR,
        description=f"{told} of {ordered}",
        metadata={"difference": float(difference)},
    )


checks = [
    order_ids_are_unique,
    orders_are_of_their_day,
    there_are_orders,
    revenue_is_that_of_the_orders,
]
