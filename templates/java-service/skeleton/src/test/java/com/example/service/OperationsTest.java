package com.example.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

@ServiceTest
@ExtendWith(OutputCaptureExtension.class)
class OperationsTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final Pattern counted =
      Pattern.compile("http_server_request_duration_seconds_count\\{(.*)} (\\S+)");

  @Autowired private RestTestClient client;

  @Autowired private ApplicationContext context;

  @Test
  void isReadyUnlessItDrains() {
    client
        .get()
        .uri("/ready")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .json("{\"status\": \"ready\"}");
    AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
    client
        .get()
        .uri("/ready")
        .exchange()
        .expectStatus()
        .isEqualTo(503)
        .expectBody()
        .json("{\"status\": \"draining\"}");
    AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
    client.get().uri("/health").exchange().expectBody().json("{\"status\": \"ok\"}");
  }

  @Test
  void measuresRequestsByRouteMethodAndStatus() {
    var before = counts();
    client
        .post()
        .uri("/v1/entries")
        .contentType(MediaType.APPLICATION_JSON)
        .body("{\"key\": \"first\", \"text\": \"text\"}")
        .exchange();
    for (var path :
        new String[] {"/v1/entries/first", "/v1/entries/absent", "/wp.php", "/health"}) {
      client.get().uri(path).exchange();
    }
    var after = counts();
    before.forEach((labels, count) -> after.merge(labels, -count, Double::sum));
    after.values().removeIf(count -> count == 0);
    assertThat(after)
        .isEqualTo(
            Map.of(
                "POST /v1/entries 201", 1.0,
                "GET /v1/entries/{key} 200", 1.0,
                "GET /v1/entries/{key} 404", 1.0,
                "GET NOT_FOUND 404", 1.0));
    assertThat(metrics()).doesNotContain("wp.php");
  }

  @ParameterizedTest
  @ValueSource(strings = {"process_cpu_seconds_total", "process_resident_memory_bytes"})
  void measuresTheProcess(String name) {
    assertThat(metrics()).containsPattern("(?m)^%s [\\d.E+]+$".formatted(name));
  }

  @Test
  void servesItsDocument() {
    client
        .get()
        .uri("/openapi.yaml")
        .exchange()
        .expectBody(String.class)
        .value(document -> assertThat(document).startsWith("openapi: 3.1"));
  }

  @Test
  void takesOverTheIdsOfTheCaller(CapturedOutput output) {
    correlate("call-7", "00-%s-b7ad6b7169203331-01".formatted(TRACE));
    assertThat(Logs.of(output))
        .filteredOn(line -> line.path("request_id").asString().equals("call-7"))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line.path("trace_id").asString()).isEqualTo(TRACE));
    assertThat(output.getOut()).doesNotContain("cursor");
  }

  @Test
  void makesIdsWhereTheCallerSentNoneThatAreValid() {
    var first = correlate("two words\"", "00-%s-b7ad6b7169203331-01".formatted("0".repeat(32)));
    var second = correlate("", "");
    assertThat(first).matches("[\\da-f-]{36}").isNotEqualTo(second);
  }

  /** The id that the answer carries. */
  private String correlate(String requestId, String traceParent) {
    return client
        .get()
        .uri("/v1/entries?cursor=secret")
        .header("x-request-id", requestId)
        .header("traceparent", traceParent)
        .exchange()
        .returnResult(String.class)
        .getResponseHeaders()
        .getFirst("x-request-id");
  }

  private Map<String, Double> counts() {
    return metrics()
        .lines()
        .map(counted::matcher)
        .filter(line -> line.matches())
        .collect(
            Collectors.toMap(
                line ->
                    "%s %s %s"
                        .formatted(
                            label(line.group(1), "http_request_method"),
                            label(line.group(1), "http_route"),
                            label(line.group(1), "http_response_status_code")),
                line -> Double.valueOf(line.group(2)),
                Double::sum));
  }

  private static String label(String labels, String name) {
    var label = Pattern.compile("%s=\"([^\"]*)\"".formatted(name)).matcher(labels);
    return label.find() ? label.group(1) : "";
  }

  private String metrics() {
    var text = client.get().uri("/metrics").exchange().expectBody(String.class).returnResult();
    assertThat(text.getResponseBody()).isNotNull();
    return text.getResponseBody();
  }
}
