package com.example.service.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * What the environment says.
 *
 * @param trustProxy proxies whose X-Forwarded-For is believed
 * @param auth empty where authentication is disabled
 * @param flagsFile says which flags are on; without it their defaults hold
 * @param sendsMetrics whether a collector was named
 */
public record Settings(
    String host,
    int port,
    LogLevel logLevel,
    int bodyLimitBytes,
    int rateLimitMax,
    Duration rateLimitWindow,
    List<IpAddressMatcher> trustProxy,
    Duration shutdownDelay,
    Duration shutdownTimeout,
    Optional<Auth> auth,
    Optional<Path> flagsFile,
    boolean sendsMetrics) {

  /** Whose tokens are valid. */
  public record Auth(String issuer, String audience, URI jwksUrl) {}

  /**
   * Reads the whole environment.
   *
   * @throws InvalidSettingsException with every problem found
   */
  public static Settings read(Function<String, @Nullable String> environment) {
    var reader = new SettingsReader(environment);
    var production =
        reader.oneOf("APP_ENV", "production", "development", "test").equals("production");
    var disabled = reader.oneOf("AUTH_MODE", "jwt", "disabled").equals("disabled");
    if (disabled && production) {
      reader.refuse("AUTH_MODE", "must not be disabled in production");
    }
    var settings =
        new Settings(
            reader.text("HOST", "0.0.0.0"),
            reader.integer("PORT", 8080, 0, 65_535),
            LogLevel.valueOf(
                reader.oneOf("LOG_LEVEL", "info", "debug", "warn", "error").toUpperCase()),
            reader.integer("BODY_LIMIT_BYTES", 65_536, 1, 10_485_760),
            reader.integer("RATE_LIMIT_MAX", 300, 1, 1_000_000),
            Duration.ofSeconds(reader.integer("RATE_LIMIT_WINDOW_SECONDS", 60, 1, 3600)),
            reader.networks("TRUST_PROXY"),
            Duration.ofMillis(reader.integer("SHUTDOWN_DELAY_MS", 5000, 0, 60_000)),
            Duration.ofMillis(reader.integer("SHUTDOWN_TIMEOUT_MS", 20_000, 1, 300_000)),
            disabled ? Optional.empty() : Optional.of(readAuth(reader)),
            reader.file("FLAGS_FILE"),
            reader.url("OTEL_EXPORTER_OTLP_ENDPOINT").isPresent()
                || reader.url("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT").isPresent());
    reader.failOnProblems();
    return settings;
  }

  private static Auth readAuth(SettingsReader reader) {
    return new Auth(
        reader.required("AUTH_ISSUER", reader.text("AUTH_ISSUER"), ""),
        reader.required("AUTH_AUDIENCE", reader.text("AUTH_AUDIENCE"), ""),
        reader.required("AUTH_JWKS_URL", reader.url("AUTH_JWKS_URL"), URI.create("")));
  }

  /** The same, as the framework wants to hear it. */
  Map<String, Object> asProperties() {
    return Map.of(
        "server.address", host,
        "server.port", port,
        "spring.lifecycle.timeout-per-shutdown-phase", shutdownTimeout,
        "management.otlp.metrics.export.enabled", sendsMetrics);
  }
}
