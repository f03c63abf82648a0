"""Traces and metrics, which leave by OTLP, and metrics as Prometheus text as well."""

from dataclasses import dataclass

from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.exporter.prometheus import PrometheusMetricReader
from opentelemetry.metrics import Meter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import MetricReader, PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Tracer
from prometheus_client import REGISTRY, generate_latest


@dataclass(frozen=True)
class Telemetry:
    """What was started."""

    tracer: Tracer
    meter: Meter
    _tracers: TracerProvider
    _meters: MeterProvider

    def render(self) -> bytes:
        """Everything measured, in Prometheus' text format."""
        return generate_latest(REGISTRY)

    def shutdown(self) -> None:
        """Sends what is left."""
        self._tracers.shutdown()
        self._meters.shutdown(timeout_millis=3000)


def start_telemetry(service: str, version: str, *, send: bool) -> Telemetry:
    """Starts traces and metrics.

    Without an OTLP endpoint nothing leaves the process, but spans exist all the
    same, so that log lines carry trace ids. The exporters read the other OTEL_
    variables themselves.
    """
    resource = Resource.create({"service.name": service, "service.version": version})
    tracers = TracerProvider(resource=resource, shutdown_on_exit=False)
    readers: list[MetricReader] = [PrometheusMetricReader()]
    if send:
        tracers.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        readers.append(PeriodicExportingMetricReader(OTLPMetricExporter()))
    meters = MeterProvider(metric_readers=readers, resource=resource, shutdown_on_exit=False)
    return Telemetry(
        tracer=tracers.get_tracer(service),
        meter=meters.get_meter(service),
        _tracers=tracers,
        _meters=meters,
    )
