"""Orders of a day as they were delivered, and what they brought."""

from datetime import timedelta

import dagster as dg

from service.owner import COST_TAGS
from service.tables import Tables

days = dg.DailyPartitionsDefinition(start_date="2026-01-01")

# A day is done at 2:00 of the next; the one before it is then 26 hours old.
fresh = dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=30))

order_files = dg.AssetSpec(
    "order_files",
    description="What the shop delivers: one CSV file for each day.",
    partitions_def=days,
    group_name="sales",
)


@dg.asset(
    deps=[order_files], partitions_def=days, group_name="sales", tags=COST_TAGS, kinds={"duckdb"}
)
def orders(context: dg.AssetExecutionContext, tables: Tables) -> dg.MaterializeResult[None]:
    """Orders with types: a value that does not fit stops the run."""
    day = context.partition_key
    return tables.write(
        "orders",
        day,
        """
        select order_id, country, amount, ordered_at
        from read_csv($file, header = true, columns = {
            'order_id': 'bigint', 'country': 'varchar',
            'amount': 'decimal(18, 2)', 'ordered_at': 'timestamp'
        })
        order by order_id
        """,
        file=str(tables.source_file("orders", day)),
    )


@dg.asset(
    deps=[orders],
    partitions_def=days,
    group_name="sales",
    tags=COST_TAGS,
    kinds={"duckdb"},
    freshness_policy=fresh,
)
def daily_revenue(context: dg.AssetExecutionContext, tables: Tables) -> dg.MaterializeResult[None]:
    """Number and sum of the orders of a day, by country."""
    day = context.partition_key
    return tables.write(
        "daily_revenue",
        day,
        """
        select $day::date as day, country, count(*) as orders, sum(amount) as revenue
        from read_parquet($file)
        group by country
        order by country
        """,
        file=str(tables.file("orders", day)),
        day=day,
    )
