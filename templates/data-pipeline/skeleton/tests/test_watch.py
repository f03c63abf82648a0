from pathlib import Path
from typing import Any

import pytest
from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import RunEvent
from openlineage.client.serde import Serde
from openlineage.client.transport import Transport
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import format_trace_id

from conftest import Logs
from service.about import NAME
from service.definitions import defs
from service.logs import configure_logging
from service.owner import COST_TAGS
from service.telemetry import Telemetry
from service.watch.lineage import Lineage
from service.watch.metrics import Metrics
from service.watch.runs import EndedRun, EndedRuns
from service.watch.traces import Traces
from support import DAY, pipeline

TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01", "request_id": "backfill-7"}


class Receiver(Transport):
    """Keeps what it gets, as it would leave the process."""

    def __init__(self, fails: bool = False) -> None:
        self.events: list[dict[str, Any]] = []
        self._fails = fails

    def emit(self, event: Any) -> None:
        """What OpenLineage's client calls."""
        if self._fails:
            raise ConnectionError("nobody is there")
        assert isinstance(event, RunEvent)
        self.events.append(Serde.to_dict(event))

    def told(self) -> list[tuple[str, str]]:
        """States by job."""
        return [(event["job"]["name"], event["eventType"]) for event in self.events]


def lineage_to(receiver: Receiver) -> Lineage:
    folders = {
        key: f"/data/{key.to_user_string()}"
        for key in defs.resolve_asset_graph().get_all_asset_keys()
    }
    return Lineage(OpenLineageClient(transport=receiver), defs, folders)


def telemetry() -> tuple[Telemetry, InMemorySpanExporter, InMemoryMetricReader]:
    spans, metrics = InMemorySpanExporter(), InMemoryMetricReader()
    tracers = TracerProvider()
    tracers.add_span_processor(SimpleSpanProcessor(spans))
    meters = MeterProvider(metric_readers=[metrics])
    started = Telemetry(tracers.get_tracer("test"), meters.get_meter("test"), tracers, meters)
    return started, spans, metrics


def measured(reader: InMemoryMetricReader, name: str, **attributes: str) -> list[float]:
    data = reader.get_metrics_data()
    assert data is not None
    return [
        point.value
        for resource in data.resource_metrics
        for scope in resource.scope_metrics
        for metric in scope.metrics
        if metric.name == name
        for point in metric.data.data_points
        if attributes.items() <= (point.attributes or {}).items()
    ]


def test_tells_of_each_run_once_even_after_a_restart(tmp_path: Path) -> None:
    told: list[EndedRun] = []
    with pipeline(tmp_path) as sales:
        sales.deliver()
        sales.run()
        assert EndedRuns(sales.instance, [told.append]).once() == 1
        assert EndedRuns(sales.instance, [told.append]).once() == 0
        sales.deliver(day="2026-03-05")
        sales.run(day="2026-03-05")
        assert EndedRuns(sales.instance, [told.append]).once() == 1
    assert [ended.tags["dagster/partition"] for ended in told] == [DAY, "2026-03-05"]
    assert [ended.outcome for ended in told] == ["success", "success"]


def test_lineage_leads_from_the_file_to_the_revenue(tmp_path: Path) -> None:
    receiver = Receiver()
    with pipeline(tmp_path) as sales:
        sales.deliver()
        sales.run()
        EndedRuns(sales.instance, [lineage_to(receiver)]).once()
    assert receiver.told() == [
        ("daily", "START"),
        ("daily.daily_revenue", "START"),
        ("daily.daily_revenue", "COMPLETE"),
        ("daily.orders", "START"),
        ("daily.orders", "COMPLETE"),
        ("daily.checks", "START"),
        ("daily.checks", "COMPLETE"),
        ("daily", "COMPLETE"),
    ]
    [revenue] = [one for one in receiver.events if one["job"]["name"] == "daily.daily_revenue"][1:]
    assert [one["name"] for one in revenue["inputs"]] == ["/data/orders"]
    [output] = revenue["outputs"]
    assert output["name"] == "/data/daily_revenue"
    assert [one["name"] for one in output["facets"]["schema"]["fields"]] == [
        "day",
        "country",
        "orders",
        "revenue",
    ]
    assert output["outputFacets"]["outputStatistics"]["rowCount"] == 2
    parent = revenue["run"]["facets"]["parent"]["job"]
    assert (parent["namespace"], parent["name"]) == (NAME, "daily")
    assert revenue["run"]["facets"]["nominalTime"]["nominalStartTime"].startswith(DAY)
    tags = {one["key"]: one["value"] for one in revenue["job"]["facets"]["tags"]["tags"]}
    assert tags == COST_TAGS
    [checks] = [one for one in receiver.events if one["job"]["name"] == "daily.checks"][1:]
    held = {
        one["name"]: {
            told["assertion"]: told["success"]
            for told in one["inputFacets"]["dataQualityAssertions"]["assertions"]
        }
        for one in checks["inputs"]
    }
    assert held == {
        "/data/orders": {
            "order_ids_are_unique": True,
            "orders_are_of_their_day": True,
            "there_are_orders": True,
        },
        "/data/daily_revenue": {"revenue_is_that_of_the_orders": True},
    }
    [orders] = [one for one in receiver.events if one["job"]["name"] == "daily.orders"][1:]
    assert [one["name"] for one in orders["inputs"]] == ["/data/order_files"]


def test_lineage_tells_what_was_not_written(tmp_path: Path) -> None:
    receiver = Receiver()
    with pipeline(tmp_path) as sales:
        sales.deliver(rows=("1,DE,1.00,{day} 08:00:00",) * 2)
        sales.run()
        EndedRuns(sales.instance, [lineage_to(receiver)]).once()
    assert ("daily.orders", "COMPLETE") in receiver.told()
    assert ("daily.daily_revenue", "FAIL") in receiver.told()
    assert receiver.told()[-1] == ("daily", "FAIL")


def test_a_receiver_that_is_away_keeps_nothing_else_from_being_told(
    tmp_path: Path, logs: Logs
) -> None:
    configure_logging("info", "test", "1")
    told: list[EndedRun] = []
    with pipeline(tmp_path) as sales:
        sales.deliver()
        sales.run()
        assert (
            EndedRuns(sales.instance, [lineage_to(Receiver(fails=True)), told.append]).once() == 1
        )
    assert len(told) == 1
    assert "lineage was not sent" in [line["msg"] for line in logs()]


def test_a_run_is_one_trace_of_whoever_began_it_and_one_line(tmp_path: Path, logs: Logs) -> None:
    configure_logging("info", "test", "1")
    started, spans, _ = telemetry()
    with pipeline(tmp_path) as sales:
        sales.deliver()
        sales.run(**PARENT)
        EndedRuns(sales.instance, [Traces(sales.instance, started)]).once()
    finished = spans.get_finished_spans()
    assert {"daily", "orders", "daily_revenue"} <= {span.name for span in finished}
    assert {format_trace_id(span.context.trace_id) for span in finished if span.context} == {TRACE}
    [line] = [line for line in logs() if line["msg"] == "run ended"]
    assert line["trace_id"] == TRACE
    assert line["request_id"] == "backfill-7"
    assert (line["outcome"], line["partition"], line["failed_checks"]) == ("success", DAY, [])


def test_counts_nothing_as_0_and_failures_by_outcome(tmp_path: Path) -> None:
    started, _, metrics = telemetry()
    daily = {"pipeline.job": "daily"}
    with pipeline(tmp_path) as sales:
        Metrics(sales.instance, defs, started.meter)
        assert measured(metrics, "pipeline.runs", **daily, outcome="failure") == [0]
        sales.run()
        sales.deliver()
        sales.run()
        assert measured(metrics, "pipeline.runs", **daily, outcome="failure") == [1]
        assert measured(metrics, "pipeline.runs", **daily, outcome="success") == [1]


def test_knows_how_old_data_is_and_how_old_it_may_be(tmp_path: Path) -> None:
    started, _, metrics = telemetry()
    with pipeline(tmp_path) as sales:
        Metrics(sales.instance, defs, started.meter)
        assert measured(metrics, "pipeline.asset.data.time") == []
        sales.deliver()
        sales.run()
        # An older day that is written later makes nothing newer.
        sales.deliver(day="2026-03-01", rows=("1,DE,1.00,{day} 08:00:00",))
        sales.run(day="2026-03-01")
        [end] = measured(metrics, "pipeline.asset.data.time", asset="daily_revenue")
        assert end == pytest.approx(1_772_668_800)
        assert measured(metrics, "pipeline.asset.freshness.limit", asset="daily_revenue") == [
            108_000
        ]
        assert measured(metrics, "pipeline.asset.rows", asset="orders") == [1]


def test_a_check_that_failed_is_1_until_it_passes(tmp_path: Path) -> None:
    started, _, metrics = telemetry()
    check = {"asset": "orders", "check": "order_ids_are_unique", "check.severity": "error"}
    with pipeline(tmp_path) as sales:
        Metrics(sales.instance, defs, started.meter)
        sales.deliver(rows=("1,DE,1.00,{day} 08:00:00",) * 2)
        sales.run()
        assert measured(metrics, "pipeline.asset.check.failed", **check) == [1]
        sales.deliver()
        sales.run()
        assert measured(metrics, "pipeline.asset.check.failed", **check) == [0]
