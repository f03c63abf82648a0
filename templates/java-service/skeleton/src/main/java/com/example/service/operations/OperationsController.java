package com.example.service.operations;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers machines that look after the service, not its users. */
@RestController
class OperationsController {
  private final ApplicationAvailability availability;
  private final PrometheusMeterRegistry metrics;
  private final Resource document = new ClassPathResource("openapi.yaml");

  OperationsController(ApplicationAvailability availability, PrometheusMeterRegistry metrics) {
    this.availability = availability;
    this.metrics = metrics;
  }

  @GetMapping("/health")
  Map<String, String> health() {
    return Map.of("status", "ok");
  }

  @GetMapping("/ready")
  ResponseEntity<Map<String, String>> ready() {
    var change = availability.getLastChangeEvent(ReadinessState.class);
    if (change == null) {
      return unavailable("starting");
    }
    return change.getState() == ReadinessState.ACCEPTING_TRAFFIC
        ? ResponseEntity.ok(Map.of("status", "ready"))
        : unavailable("draining");
  }

  @GetMapping(path = "/metrics", produces = "text/plain;version=0.0.4;charset=utf-8")
  String metrics() {
    return metrics.scrape();
  }

  @GetMapping(path = "/openapi.yaml", produces = "application/yaml;charset=utf-8")
  Resource document() {
    return document;
  }

  private static ResponseEntity<Map<String, String>> unavailable(String status) {
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body(Map.of("status", status));
  }
}
