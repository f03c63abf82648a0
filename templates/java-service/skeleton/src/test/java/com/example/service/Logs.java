package com.example.service;

import java.util.List;
import org.springframework.boot.test.system.CapturedOutput;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was logged, read as whoever collects it reads it. */
final class Logs {
  private static final JsonMapper json = new JsonMapper();

  private Logs() {}

  static List<JsonNode> of(CapturedOutput output) {
    return output.getOut().lines().filter(line -> line.startsWith("{")).map(Logs::parse).toList();
  }

  static JsonNode parse(String line) {
    return json.readTree(line);
  }
}
