import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Histogram, Meter } from '@opentelemetry/api';
import {
  PrometheusSerializer,
  type PrometheusExporter,
} from '@opentelemetry/exporter-prometheus';
import type { MetricData } from '@opentelemetry/sdk-metrics';

export interface Metrics {
  /** `http.server.request.duration` of the semantic conventions. */
  requestDuration: Histogram;
  /** Everything measured, in Prometheus' text format. */
  render(): Promise<string>;
}

// The boundaries that the semantic conventions advise.
const DURATION_BUCKETS = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
];

export function createMetrics(
  meter: Meter,
  exporter: PrometheusExporter,
): Metrics {
  observeProcess(meter);
  const serializer = new PrometheusSerializer(
    '',
    false,
    undefined,
    false,
    true,
  );
  return {
    requestDuration: meter.createHistogram('http.server.request.duration', {
      description: 'Duration of HTTP server requests.',
      unit: 's',
      advice: { explicitBucketBoundaries: DURATION_BUCKETS },
    }),
    async render() {
      const { resourceMetrics } = await exporter.collect();
      return serializer.serialize({
        ...resourceMetrics,
        scopeMetrics: resourceMetrics.scopeMetrics.map(scope => ({
          ...scope,
          metrics: scope.metrics.map(withUnitInName),
        })),
      });
    },
  };
}

// Prometheus wants the unit at the end of the name, and every dashboard over
// the semantic conventions expects it there; the serializer leaves it out.
const UNIT_SUFFIXES: Record<string, string> = { s: '.seconds', By: '.bytes' };

function withUnitInName<Metric extends MetricData>(metric: Metric): Metric {
  const { name, unit } = metric.descriptor;
  return {
    ...metric,
    descriptor: {
      ...metric.descriptor,
      name: name + (UNIT_SUFFIXES[unit] ?? ''),
      unit: '',
    },
  };
}

/** Saturation: what this process uses of the processor, memory and event loop
 * it has. */
function observeProcess(meter: Meter): void {
  meter
    .createObservableCounter('process.cpu.time', {
      description: 'Processor time used.',
      unit: 's',
    })
    .addCallback(result => {
      const { user, system } = process.cpuUsage();
      result.observe(user / 1e6, { 'cpu.mode': 'user' });
      result.observe(system / 1e6, { 'cpu.mode': 'system' });
    });
  meter
    .createObservableUpDownCounter('process.memory.usage', {
      description: 'Resident memory.',
      unit: 'By',
    })
    .addCallback(result => {
      result.observe(process.memoryUsage.rss());
    });
  meter
    .createObservableUpDownCounter('v8js.memory.heap.used', {
      description: 'Heap memory in use.',
      unit: 'By',
    })
    .addCallback(result => {
      result.observe(process.memoryUsage().heapUsed);
    });
  meter
    .createObservableGauge('process.uptime', {
      description: 'Time since the process started.',
      unit: 's',
    })
    .addCallback(result => {
      result.observe(process.uptime());
    });

  let before = performance.eventLoopUtilization();
  meter
    .createObservableGauge('nodejs.eventloop.utilization', {
      description: 'Share of time in which the event loop was not idle.',
    })
    .addCallback(result => {
      const now = performance.eventLoopUtilization();
      result.observe(performance.eventLoopUtilization(now, before).utilization);
      before = now;
    });

  const delay = monitorEventLoopDelay();
  delay.enable();
  meter
    .createObservableGauge('nodejs.eventloop.delay.p99', {
      description: 'Event loop delay, 99th percentile since last collected.',
      unit: 's',
    })
    .addCallback(result => {
      if (delay.count > 0) {
        result.observe(delay.percentile(99) / 1e9);
      }
      delay.reset();
    });
}
