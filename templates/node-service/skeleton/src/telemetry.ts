import { metrics as globalMetrics } from '@opentelemetry/api';
import { FastifyOtelInstrumentation } from '@fastify/otel';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { NodeSDK, resources } from '@opentelemetry/sdk-node';
import {
  BatchSpanProcessor,
  NoopSpanProcessor,
} from '@opentelemetry/sdk-trace';
import { createMetrics, type Metrics } from './metrics.js';
import { isOperational } from './plugins/operations.js';
import { service } from './service.js';

export interface Telemetry {
  metrics: Metrics;
  shutdown(): Promise<void>;
}

/**
 * Starts traces and metrics. Must run before the application is built.
 *
 * Both instrumentations listen on diagnostics channels, so they need no module
 * loader and no order of imports. Without an OTLP endpoint nothing leaves the
 * process, but spans exist all the same: log lines carry their trace ids and
 * outgoing requests pass the trace on.
 */
export function startTelemetry(otlpEndpoint: string | undefined): Telemetry {
  const prometheus = new PrometheusExporter({ preventServerStart: true });
  const sdk = new NodeSDK({
    resource: resources.resourceFromAttributes({
      'service.name': service.name,
      'service.version': service.version,
    }),
    // Not the process detector: command line and user are nobody's business.
    resourceDetectors: [
      resources.envDetector,
      resources.serviceInstanceIdDetector,
    ],
    // The exporters read OTEL_EXPORTER_OTLP_ENDPOINT, _HEADERS and the rest
    // of the standard variables themselves.
    spanProcessors: otlpEndpoint
      ? [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })]
      : [new NoopSpanProcessor()],
    metricReaders: otlpEndpoint
      ? [
          prometheus,
          new PeriodicExportingMetricReader({
            exporter: new OTLPMetricExporter(),
          }),
        ]
      : [prometheus],
    logRecordProcessors: [],
    instrumentations: [
      new FastifyOtelInstrumentation({
        registerOnInitialization: true,
        instrumentHooks: false,
        instrumentHandler: false,
        ignorePaths: ({ url }) => isOperational(url),
        requestHook: (span, request) => {
          const route = request.routeOptions.url;
          span.updateName(
            route ? `${request.method} ${route}` : request.method,
          );
        },
      }),
      new UndiciInstrumentation(),
    ],
  });
  sdk.start();
  return {
    metrics: createMetrics(globalMetrics.getMeter(service.name), prometheus),
    shutdown: () => sdk.shutdown(),
  };
}
