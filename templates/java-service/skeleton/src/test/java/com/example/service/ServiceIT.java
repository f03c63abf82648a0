package com.example.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** What only a process can show: its end, its exit code, and what it sends. */
class ServiceIT {
  @Test
  void drainsReadinessOffRunningRequestsFinishExit0() throws Exception {
    try (var service = new ServiceProcess(Map.of("SHUTDOWN_DELAY_MS", "2000"))) {
      var url = service.url();
      var body = "{\"key\": \"slow\", \"text\": \"finished\"}";
      try (var slow = new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort())) {
        send(
            slow,
            """
            POST /v1/entries HTTP/1.1\r
            host: here\r
            content-type: application/json\r
            content-length: %d\r
            \r
            %s"""
                .formatted(body.length(), body.substring(0, 5)));
        service.stop();
        service.logged("draining");
        assertThat(statusOf(url + "/ready")).isEqualTo(503);
        send(slow, body.substring(5));
        var answer = new String(slow.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        assertThat(answer).isEqualTo("HTTP/1.1 201");
      }
      assertThat(service.exitCode()).isZero();
    }
  }

  @Test
  void sendsTracesAndMetrics() throws Exception {
    var received = new ConcurrentHashMap<String, String>();
    var collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          var body = exchange.getRequestBody().readAllBytes();
          received.merge(
              exchange.getRequestURI().getPath(),
              new String(body, StandardCharsets.ISO_8859_1),
              String::concat);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    var endpoint = "http://127.0.0.1:" + collector.getAddress().getPort();
    try (var service =
        new ServiceProcess(
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                endpoint,
                "OTEL_EXPORTER_OTLP_COMPRESSION",
                "none"))) {
      assertThat(statusOf(service.url() + "/v1/entries")).isEqualTo(200);
      service.stop();
      assertThat(service.exitCode()).isZero();
    } finally {
      collector.stop(0);
    }
    assertThat(received.get("/v1/traces")).contains("GET /v1/entries");
    assertThat(received.get("/v1/metrics")).contains("http.server.request.duration");
  }

  @Test
  void aWrongConfigurationEndsTheProcess() throws Exception {
    try (var service = new ServiceProcess(Map.of("PORT", "http", "RATE_LIMIT_MAX", "0"))) {
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.lines()).hasSize(1);
      assertThat(service.lines().peek().path("problems").toString())
          .contains("PORT: ", "RATE_LIMIT_MAX: ");
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static int statusOf(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
        .statusCode();
  }
}
