"""What Dagster knows: assets, their checks, the job and its schedule."""

from datetime import timedelta

import dagster as dg

from service.flags import RUN_NIGHTS, is_on
from service.owner import COST_TAGS
from service.sales.assets import daily_revenue, days, order_files, orders
from service.sales.checks import checks
from service.tables import Tables

daily = dg.define_asset_job(
    "daily",
    selection=dg.AssetSelection.assets(orders, daily_revenue),
    tags=COST_TAGS,
    description="Yesterday, from the files to the revenue.",
)


@dg.schedule(job=daily, cron_schedule="0 2 * * *", default_status=dg.DefaultScheduleStatus.RUNNING)
def every_night(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """The day that is over; asked twice, it runs once. A flag can stop it."""
    yesterday = context.scheduled_execution_time - timedelta(days=1)
    day = yesterday.strftime(days.fmt)
    if not is_on(RUN_NIGHTS, daily.name):
        return dg.SkipReason(f"The flag {RUN_NIGHTS.name} is off: {day} is not made.")
    return dg.RunRequest(run_key=day, partition_key=day)


defs = dg.Definitions(
    assets=[order_files, orders, daily_revenue],
    asset_checks=checks,
    jobs=[daily],
    schedules=[every_night],
    resources={"tables": Tables(source=dg.EnvVar("SOURCE"), lake=dg.EnvVar("LAKE"))},
    # DuckDB uses all processors by itself; a process for each step would only start slowly.
    executor=dg.in_process_executor,
)
