// Package telemetry sends traces and metrics, and shows metrics to Prometheus.
package telemetry

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetrichttp"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	exporter "go.opentelemetry.io/otel/exporters/prometheus"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"
)

// Telemetry is what was started.
type Telemetry struct {
	// Metrics answers in Prometheus' text format.
	Metrics http.Handler
	stop    []func(context.Context) error
}

// Start sets up traces and metrics. Without an OTLP endpoint nothing leaves the
// process, but spans exist all the same, so that log lines carry trace ids. The
// exporters read the other OTEL_ variables themselves.
func Start(ctx context.Context, service, version string, send bool) (*Telemetry, error) {
	about, err := resource.New(ctx,
		resource.WithFromEnv(),
		resource.WithTelemetrySDK(),
		resource.WithAttributes(
			attribute.String("service.name", service),
			attribute.String("service.version", version),
		),
	)
	if err != nil {
		return nil, fmt.Errorf("describing the service: %w", err)
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	scraped, err := exporter.New(exporter.WithRegisterer(registry), exporter.WithoutScopeInfo())
	if err != nil {
		return nil, fmt.Errorf("showing metrics to Prometheus: %w", err)
	}
	metrics := []metric.Option{metric.WithResource(about), metric.WithReader(scraped)}
	traces := []trace.TracerProviderOption{trace.WithResource(about)}
	if send {
		spans, err := otlptracehttp.New(ctx)
		if err != nil {
			return nil, fmt.Errorf("sending traces: %w", err)
		}
		measurements, err := otlpmetrichttp.New(ctx)
		if err != nil {
			return nil, fmt.Errorf("sending metrics: %w", err)
		}
		traces = append(traces, trace.WithBatcher(spans))
		metrics = append(metrics, metric.WithReader(metric.NewPeriodicReader(measurements)))
	}
	meters := metric.NewMeterProvider(metrics...)
	tracers := trace.NewTracerProvider(traces...)
	otel.SetMeterProvider(meters)
	otel.SetTracerProvider(tracers)
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(
		propagation.TraceContext{}, propagation.Baggage{},
	))
	return &Telemetry{
		Metrics: promhttp.HandlerFor(registry, promhttp.HandlerOpts{}),
		stop:    []func(context.Context) error{tracers.Shutdown, meters.Shutdown},
	}, nil
}

// Stop sends what is left.
func (t *Telemetry) Stop(ctx context.Context) error {
	var problems []error
	for _, stop := range t.stop {
		problems = append(problems, stop(ctx))
	}
	return errors.Join(problems...)
}
