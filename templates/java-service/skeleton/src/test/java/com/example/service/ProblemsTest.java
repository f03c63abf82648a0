package com.example.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import com.example.service.entries.EntryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.servlet.client.RestTestClient;

@ServiceTest
@ExtendWith(OutputCaptureExtension.class)
class ProblemsTest {
  @Autowired private RestTestClient client;

  @MockitoBean private EntryStore store;

  @Test
  void saysWhichPartOfARequestWasWrong() {
    client
        .post()
        .uri("/v1/entries")
        .header("x-request-id", "request-1")
        .contentType(MediaType.APPLICATION_JSON)
        .body("{\"key\": \"a\", \"text\": \"\"}")
        .exchange()
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectBody()
        .json(
            """
            {
              "type": "about:blank",
              "title": "Bad Request",
              "status": 400,
              "detail": "The request does not fit the API document",
              "requestId": "request-1",
              "errors": [{ "pointer": "body/text", "detail": "size must be between 1 and 500" }]
            }
            """,
            JsonCompareMode.STRICT);
  }

  @ParameterizedTest
  @CsvSource({"GET, /nowhere", "PUT, /v1/entries"})
  void answers404WhereNothingIs(String method, String path) {
    client
        .method(HttpMethod.valueOf(method))
        .uri(path + "?token=secret")
        .exchange()
        .expectStatus()
        .isNotFound()
        .expectBody()
        .jsonPath("$.detail")
        .isEqualTo("There is nothing at %s %s".formatted(method, path));
  }

  @Test
  void keepsWhatFailedInsideInTheLogs(CapturedOutput output) {
    when(store.get(any()))
        .thenThrow(new IllegalStateException("connect to db.internal with password hunter2"));
    client
        .get()
        .uri("/v1/entries/one")
        .header("x-request-id", "request-2")
        .exchange()
        .expectStatus()
        .is5xxServerError()
        .expectBody()
        .json(
            """
            {
              "type": "about:blank",
              "title": "Internal Server Error",
              "status": 500,
              "requestId": "request-2"
            }
            """,
            JsonCompareMode.STRICT);
    assertThat(Logs.of(output))
        .anySatisfy(
            line -> {
              assertThat(line.path("msg").asString()).isEqualTo("request failed");
              assertThat(line.path("request_id").asString()).isEqualTo("request-2");
              assertThat(line.path("error").asString()).contains("db.internal");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/v1/entries", "/nowhere"})
  void sendsSecurityHeadersWithEveryAnswer(String path) {
    client
        .get()
        .uri(path)
        .exchange()
        .expectHeader()
        .valueEquals("x-content-type-options", "nosniff")
        .expectHeader()
        .valueEquals("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
  }
}
