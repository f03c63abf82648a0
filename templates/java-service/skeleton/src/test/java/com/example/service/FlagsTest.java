package com.example.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.service.config.Settings;
import com.example.service.flags.Flag;
import com.example.service.flags.Flags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

@ExtendWith(OutputCaptureExtension.class)
class FlagsTest {
  private static final String OFF = "\"defaultVariant\": \"off\"";
  private static final Duration patience = Duration.ofSeconds(60);

  @TempDir private Path folder;

  /** `EntriesTest` creates entries while nobody says otherwise. */
  @Nested
  @ServiceTest
  class WhenEntriesAreTurnedOff {
    @TempDir private static Path folder;

    @Autowired private RestTestClient client;

    @DynamicPropertySource
    static void flags(DynamicPropertyRegistry registry) {
      registry.add("FLAGS_FILE", () -> write(folder.resolve("flags.json"), OFF).toString());
    }

    @Test
    void createsNoneAndAnswersAllElse() {
      client
          .post()
          .uri("/v1/entries")
          .contentType(MediaType.APPLICATION_JSON)
          .body("{\"key\": \"one\", \"text\": \"text\"}")
          .exchange()
          .expectStatus()
          .isEqualTo(503)
          .expectHeader()
          .valueEquals("retry-after", "60")
          .expectHeader()
          .contentType(MediaType.APPLICATION_PROBLEM_JSON);
      client.get().uri("/v1/entries").exchange().expectStatus().isOk();
    }
  }

  @Test
  void aFlagCanBeAnotherForSomeCallers() {
    var file =
        write(
            folder.resolve("flags.json"),
            """
            "defaultVariant": "on",
            "targeting": { "if": [{ "==": [{ "var": "targetingKey" }, "batch"] }, "off"] }
            """);
    try (var flags = following(file)) {
      assertThat(flags.isOn(Flag.ACCEPT_ENTRIES, "batch")).isFalse();
      assertThat(flags.isOn(Flag.ACCEPT_ENTRIES, "somebody")).isTrue();
    }
  }

  @Test
  void aFlagThatTheFileDoesNotNameHasItsDefault() throws IOException {
    try (var flags = following(Files.writeString(folder.resolve("none.json"), "{\"flags\": {}}"))) {
      assertThat(flags.isOn(Flag.ACCEPT_ENTRIES, "somebody")).isTrue();
    }
  }

  @Test
  void aFlagThatIsTurnedLaterIsHeeded() throws IOException {
    var file = write(folder.resolve("flags.json"), "\"defaultVariant\": \"on\"");
    try (var flags = following(file)) {
      replace(write(folder.resolve("next.json"), OFF), file);
      await().atMost(patience).until(() -> !flags.isOn(Flag.ACCEPT_ENTRIES, "somebody"));
    }
  }

  @Test
  void aFileThatIsBrokenLeavesWhatItSaid(CapturedOutput output) throws IOException {
    var file = write(folder.resolve("flags.json"), OFF);
    try (var flags = following(file)) {
      replace(Files.writeString(folder.resolve("next.json"), "{"), file);
      await().atMost(patience).until(() -> output.getOut().contains("Invalid flag sync payload"));
      assertThat(flags.isOn(Flag.ACCEPT_ENTRIES, "somebody")).isFalse();
    }
  }

  @Test
  void aFileThatIsLostLeavesWhatItSaid(CapturedOutput output) throws IOException {
    var file = write(folder.resolve("flags.json"), OFF);
    try (var flags = following(file)) {
      Files.delete(file);
      await().atMost(patience).until(() -> output.getOut().contains("Error from file connector"));
      assertThat(flags.isOn(Flag.ACCEPT_ENTRIES, "somebody")).isFalse();
    }
  }

  @Test
  void aFileThatIsBrokenAtTheStartIsTakenOverWhenItIsMended() throws IOException {
    var file = Files.writeString(folder.resolve("flags.json"), "{");
    try (var flags = following(file)) {
      assertThat(flags.isOn(Flag.ACCEPT_ENTRIES, "somebody")).isTrue();
      replace(write(folder.resolve("next.json"), OFF), file);
      await().atMost(patience).until(() -> !flags.isOn(Flag.ACCEPT_ENTRIES, "somebody"));
    }
  }

  private static Flags following(Path file) {
    var environment =
        Map.of("APP_ENV", "test", "AUTH_MODE", "disabled", "FLAGS_FILE", file.toString());
    return new Flags(Settings.read(environment::get));
  }

  private static Path write(Path file, String rules) {
    try {
      return Files.writeString(
          file,
          """
          {
            "flags": {
              "accept-entries": {
                "state": "ENABLED",
                "variants": { "on": true, "off": false },
                %s
              }
            }
          }
          """
              .formatted(rules));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** In one piece, and at another time than before, however fast the test is. */
  private static void replace(Path next, Path file) throws IOException {
    var later = Files.getLastModifiedTime(file).toInstant().plusSeconds(1);
    Files.setLastModifiedTime(next, FileTime.from(later));
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
