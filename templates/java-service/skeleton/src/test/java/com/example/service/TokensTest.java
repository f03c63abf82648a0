package com.example.service;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

@ServiceTest
@TestPropertySource(
    properties = {"AUTH_MODE=jwt", "AUTH_ISSUER=" + TokensTest.ISSUER, "AUTH_AUDIENCE=service"})
class TokensTest {
  static final String ISSUER = "https://issuer.example";

  private static final ECKey trusted = newKey();
  private static final ECKey stranger = newKey();
  private static final HttpServer issuer = startIssuer();

  @Autowired private RestTestClient client;

  @DynamicPropertySource
  static void keysOfTheIssuer(DynamicPropertyRegistry registry) {
    registry.add(
        "AUTH_JWKS_URL", () -> "http://127.0.0.1:%d/".formatted(issuer.getAddress().getPort()));
  }

  @AfterAll
  static void stopIssuer() {
    issuer.stop(0);
  }

  @Test
  void letsAValidTokenInAndKnowsWhoseItIs() {
    client
        .post()
        .uri("/v1/entries")
        .contentType(MediaType.APPLICATION_JSON)
        .body("{\"key\": \"mine\", \"text\": \"text\"}")
        .header("authorization", "Bearer " + token(trusted, claims -> claims))
        .exchange()
        .expectStatus()
        .isCreated()
        .expectBody()
        .jsonPath("$.createdBy")
        .isEqualTo("user-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic dXNlcjpwYXNz"})
  void asksForAToken(String authorization) {
    ask(authorization)
        .expectStatus()
        .isUnauthorized()
        .expectHeader()
        .valueEquals("www-authenticate", "Bearer");
  }

  static Stream<String> badTokens() {
    return Stream.of(
        token(trusted, claims -> claims.issuer("https://other.example")),
        token(trusted, claims -> claims.audience("other")),
        token(trusted, claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(60)))),
        token(trusted, claims -> claims.expirationTime(null)),
        token(trusted, claims -> claims.subject(null)),
        token(trusted, claims -> claims.subject("")),
        token(stranger, claims -> claims),
        new PlainJWT(new JWTClaimsSet.Builder().subject("user-1").build()).serialize(),
        "nonsense");
  }

  @ParameterizedTest
  @MethodSource("badTokens")
  void refusesATokenThatIsNotForThisService(String bad) {
    ask("Bearer " + bad)
        .expectStatus()
        .isUnauthorized()
        .expectHeader()
        .valueEquals("www-authenticate", "Bearer error=\"invalid_token\"")
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/metrics", "/openapi.yaml"})
  void needsNoTokenForProbesAndMetrics(String path) {
    client.get().uri(path).exchange().expectStatus().isOk();
  }

  /** Nobody listens on this port. */
  @Nested
  class WhenTheIssuerIsAway {
    @Autowired private RestTestClient client;

    @DynamicPropertySource
    static void nobody(DynamicPropertyRegistry registry) {
      registry.add("AUTH_JWKS_URL", () -> "http://127.0.0.1:1/");
    }

    @Test
    void doesNotBlameTheCaller() {
      client
          .get()
          .uri("/v1/entries")
          .header("authorization", "Bearer " + token(trusted, claims -> claims))
          .exchange()
          .expectStatus()
          .isEqualTo(503)
          .expectHeader()
          .valueEquals("retry-after", "5");
    }
  }

  private RestTestClient.ResponseSpec ask(String authorization) {
    return client.get().uri("/v1/entries").header("authorization", authorization).exchange();
  }

  private static String token(ECKey key, UnaryOperator<JWTClaimsSet.Builder> change) {
    var claims =
        new JWTClaimsSet.Builder()
            .subject("user-1")
            .issuer(ISSUER)
            .audience("service")
            .expirationTime(Date.from(Instant.now().plusSeconds(60)));
    var token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("key-1").build(),
            change.apply(claims).build());
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
    return token.serialize();
  }

  private static ECKey newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID("key-1").generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static HttpServer startIssuer() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var keys = new JWKSet(trusted.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
      server.createContext(
          "/",
          exchange -> {
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
