package com.example.service.observation;

import com.example.service.operations.Operations;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.OpenTelemetryServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** What is measured, and under which names. */
@Configuration(proxyBeanMethods = false)
class ObservationConfiguration {
  /** Alerts and dashboards ask for the names of OpenTelemetry's semantic conventions. */
  @Bean
  OpenTelemetryServerRequestObservationConvention namesOfOpenTelemetry() {
    return new OpenTelemetryServerRequestObservationConvention();
  }

  /** Probes are not users: counting them would hide errors behind quick successes. */
  @Bean
  ObservationPredicate withoutOperations() {
    return (name, context) ->
        !(context instanceof ServerRequestObservationContext request)
            || !Operations.includes(request.getCarrier());
  }

  /** Processor and memory of the process, under the names that all exporters of Prometheus use. */
  @Bean
  SmartInitializingSingleton processMetrics(PrometheusMeterRegistry registry) {
    return () -> ProcessMetrics.builder().register(registry.getPrometheusRegistry());
  }
}
