package com.example.service.config;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/** Reads variables, and remembers what is wrong with them: one start shows every problem. */
final class SettingsReader {
  private final Function<String, @Nullable String> environment;
  private final List<String> problems = new ArrayList<>();

  SettingsReader(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  /** An empty variable is how many tools write an absent one. */
  Optional<String> text(String name) {
    return Optional.ofNullable(environment.apply(name)).filter(value -> !value.isEmpty());
  }

  String text(String name, String otherwise) {
    return text(name).orElse(otherwise);
  }

  /** The first of the choices is the default. */
  String oneOf(String name, String... choices) {
    var value = text(name, choices[0]);
    if (Arrays.asList(choices).contains(value)) {
      return value;
    }
    refuse(name, "must be one of " + String.join(", ", choices));
    return choices[0];
  }

  int integer(String name, int otherwise, int min, int max) {
    var given = text(name);
    if (given.isEmpty()) {
      return otherwise;
    }
    try {
      var value = Integer.parseInt(given.get());
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // Said below, as for a number that is out of range.
    }
    refuse(name, "must be a whole number from %d to %d".formatted(min, max));
    return otherwise;
  }

  Optional<URI> url(String name) {
    var given = text(name);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    try {
      var url = URI.create(given.get());
      if (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
          && url.getHost() != null) {
        return Optional.of(url);
      }
    } catch (IllegalArgumentException notAUrl) {
      // Said below, as for a URL of another kind.
    }
    refuse(name, "must be an address that begins with http:// or https://");
    return Optional.of(URI.create(""));
  }

  Optional<Path> file(String name) {
    var file = text(name).map(Path::of);
    if (file.isPresent() && !Files.isRegularFile(file.get())) {
      refuse(name, "must name a file that is there");
    }
    return file;
  }

  List<IpAddressMatcher> networks(String name) {
    try {
      return Arrays.stream(text(name, "").split(","))
          .map(String::strip)
          .filter(network -> !network.isEmpty())
          .map(IpAddressMatcher::new)
          .toList();
    } catch (IllegalArgumentException notANetwork) {
      refuse(name, "must be addresses or ranges, such as 10.0.0.0/8, separated by commas");
      return List.of();
    }
  }

  <T> T required(String name, Optional<T> value, T otherwise) {
    if (value.isEmpty()) {
      refuse(name, "is required unless AUTH_MODE is disabled");
    }
    return value.orElse(otherwise);
  }

  void refuse(String name, String why) {
    problems.add(name + ": " + why);
  }

  void failOnProblems() {
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
  }
}
