package com.example.service;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

@ServiceTest
@TestPropertySource(
    properties = {"RATE_LIMIT_MAX=2", "TRUST_PROXY=127.0.0.0/8,::1", "BODY_LIMIT_BYTES=100"})
class LimitsTest {
  @Autowired private RestTestClient client;

  @Test
  void limitsHowManyRequestsOneAddressMakes() {
    ask("198.51.100.7").expectStatus().isOk();
    ask("198.51.100.7").expectHeader().valueEquals("ratelimit-remaining", "0");
    ask("198.51.100.7")
        .expectStatus()
        .isEqualTo(429)
        .expectHeader()
        .exists("retry-after")
        .expectHeader()
        .exists("content-security-policy")
        .expectBody()
        .jsonPath("$.title")
        .isEqualTo("Too Many Requests");
    // Only what the proxy says is believed, not what a caller made up before it.
    ask("203.0.113.1, 198.51.100.7").expectStatus().isEqualTo(429);
    ask("198.51.100.8").expectStatus().isOk();
    client.get().uri("/health").exchange().expectStatus().isOk();
  }

  @Test
  void refusesABodyThatIsTooLarge() {
    client
        .post()
        .uri("/v1/entries")
        .header("x-forwarded-for", "198.51.100.9")
        .contentType(MediaType.APPLICATION_JSON)
        .body("{\"text\": \"%s\"}".formatted("x".repeat(100)))
        .exchange()
        .expectStatus()
        .isEqualTo(413)
        .expectBody()
        .jsonPath("$.status")
        .isEqualTo(413);
  }

  private RestTestClient.ResponseSpec ask(String forwarded) {
    return client.get().uri("/v1/entries").header("x-forwarded-for", forwarded).exchange();
  }
}
