package com.example.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.example.service.config.InvalidSettingsException;
import com.example.service.config.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final Map<String, String> tokens =
      Map.of(
          "AUTH_ISSUER", "https://issuer.example",
          "AUTH_AUDIENCE", "service",
          "AUTH_JWKS_URL", "https://issuer.example/keys");

  @Test
  void hasDefaultsForAllButAuthentication() {
    var settings = read(Map.of("PORT", ""));
    assertThat(settings.port()).isEqualTo(8080);
    assertThat(settings.shutdownDelay()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.auth()).get().extracting(Settings.Auth::audience).isEqualTo("service");
    assertThat(settings.sendsMetrics()).isFalse();
  }

  @Test
  void readsNetworks() {
    var networks = read(Map.of("TRUST_PROXY", "10.0.0.0/8, 192.0.2.1")).trustProxy();
    assertThat(networks).hasSize(2);
    assertThat(networks.get(0).matches("10.1.2.3")).isTrue();
    assertThat(networks.get(1).matches("192.0.2.2")).isFalse();
  }

  @Test
  void reportsEveryProblemAtOnce() {
    var problems =
        problemsOf(
            Map.of(
                "PORT", "http",
                "LOG_LEVEL", "loud",
                "TRUST_PROXY", "300.0.0.1/8",
                "SHUTDOWN_DELAY_MS", "-1",
                "AUTH_JWKS_URL", "keys",
                "FLAGS_FILE", "gone"));
    assertThat(problems)
        .extracting(problem -> problem.split(":")[0])
        .containsExactlyInAnyOrder(
            "PORT",
            "LOG_LEVEL",
            "TRUST_PROXY",
            "SHUTDOWN_DELAY_MS",
            "AUTH_JWKS_URL",
            "AUTH_ISSUER",
            "AUTH_AUDIENCE",
            "FLAGS_FILE");
    assertThat(problems).contains("FLAGS_FILE: must name a file that is there");
  }

  @Test
  void refusesToRunWithoutAuthenticationInProduction() {
    assertThat(problemsOf(Map.of("AUTH_MODE", "disabled")))
        .containsExactly("AUTH_MODE: must not be disabled in production");
  }

  private static Settings read(Map<String, String> more) {
    var environment = new HashMap<>(tokens);
    environment.putAll(more);
    return Settings.read(environment::get);
  }

  private static List<String> problemsOf(Map<String, String> environment) {
    return catchThrowableOfType(
            InvalidSettingsException.class, () -> Settings.read(environment::get))
        .problems();
  }
}
