package com.example.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** The packaged service in a process of its own, on a free port. */
final class ServiceProcess implements AutoCloseable {
  private static final Duration patience = Duration.ofSeconds(60);
  private static final Pattern port = Pattern.compile("started on port (\\d+)");

  private final Process process;
  private final Thread reader;
  private final Queue<JsonNode> lines = new ConcurrentLinkedQueue<>();

  ServiceProcess(Map<String, String> environment) throws IOException {
    var builder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-jar",
                "target/service.jar")
            .redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "APP_ENV", "test",
                "HOST", "127.0.0.1",
                "PORT", "0",
                "AUTH_MODE", "disabled",
                "SHUTDOWN_DELAY_MS", "0"));
    builder.environment().putAll(environment);
    process = builder.start();
    reader = new Thread(this::read);
    reader.start();
  }

  /** Waits until it is ready. */
  String url() {
    logged("ready");
    var line = logged("Tomcat started");
    var found = port.matcher(line.path("msg").asString());
    if (!found.find()) {
      throw new AssertionError("There is no port in " + line);
    }
    return "http://127.0.0.1:" + found.group(1);
  }

  /** Waits for a line that begins so. */
  JsonNode logged(String message) {
    return Awaitility.await()
        .atMost(patience)
        .until(
            () ->
                lines.stream()
                    .filter(line -> line.path("msg").asString().startsWith(message))
                    .findFirst(),
            found -> found.isPresent())
        .orElseThrow();
  }

  Queue<JsonNode> lines() {
    return lines;
  }

  /** Asks it to end. The handle leaves the output open, which the process itself would close. */
  void stop() {
    process.toHandle().destroy();
  }

  /** Waits for its end, and until all it said is read. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("It did not end: " + lines);
    }
    reader.join();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
  }

  private void read() {
    try (var output = process.inputReader()) {
      output.lines().map(Logs::parse).forEach(lines::add);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
