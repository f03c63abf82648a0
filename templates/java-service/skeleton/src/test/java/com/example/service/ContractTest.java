package com.example.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The service keeps to openapi.yaml. */
@ServiceTest
class ContractTest {
  private static final JsonNode document = read();
  private static final JsonSchemaFactory schemas =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  @Autowired private RestTestClient client;

  @Autowired private RequestMappingHandlerMapping mappings;

  @BeforeEach
  void twoEntries() {
    for (var key : Set.of("one", "two")) {
      send("POST", "/v1/entries", MediaType.APPLICATION_JSON_VALUE, entry(key, "text"));
    }
    send("DELETE", "/v1/entries/new", null, null);
  }

  @Test
  void operationsAndRoutesAreTheSame() {
    var written = new TreeSet<String>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .propertyNames()
                    .forEach(
                        method -> {
                          if (!method.equals("parameters")) {
                            written.add(method.toUpperCase() + " " + path.getKey());
                          }
                        }));
    var served = new TreeSet<String>();
    mappings
        .getHandlerMethods()
        .keySet()
        .forEach(
            mapping ->
                mapping.getPatternValues().stream()
                    .filter(path -> path.startsWith("/v"))
                    .forEach(
                        path ->
                            mapping
                                .getMethodsCondition()
                                .getMethods()
                                .forEach(method -> served.add(method + " " + path))));
    assertThat(served).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /v1/entries,       200, ?limit=1, , ",
    "GET,    /v1/entries,       400, ?limit=0, , ",
    "POST,   /v1/entries,       201, , application/json, new",
    "POST,   /v1/entries,       400, , application/json, Not A Key",
    "POST,   /v1/entries,       409, , application/json, one",
    "POST,   /v1/entries,       413, , application/json, large",
    "POST,   /v1/entries,       415, , text/csv, new",
    "GET,    /v1/entries/{key}, 200, one, , ",
    "GET,    /v1/entries/{key}, 400, NOT, , ",
    "GET,    /v1/entries/{key}, 404, absent, , ",
    "DELETE, /v1/entries/{key}, 204, one, , ",
    "DELETE, /v1/entries/{key}, 404, absent, , ",
  })
  void answersAsTheDocumentSays(
      String method, String path, int status, String with, String type, String key) {
    var uri =
        path.contains("{key}") ? path.replace("{key}", with) : path + (with == null ? "" : with);
    var body = key == null ? null : entry(key, key.equals("large") ? "x".repeat(70_000) : "text");
    var answer = send(method, uri, type, body).returnResult(String.class);
    var text = answer.getResponseBody();
    assertThat(answer.getStatus().value()).as(text).isEqualTo(status);

    var described =
        resolve(
            document
                .path("paths")
                .path(path)
                .path(method.toLowerCase())
                .path("responses")
                .path(String.valueOf(status)));
    if (!described.has("content")) {
      assertThat(text).isNullOrEmpty();
      return;
    }
    var media = answer.getResponseHeaders().getContentType();
    assertThat(media).isNotNull();
    var schema =
        (ObjectNode)
            described
                .path("content")
                .path(media.getType() + "/" + media.getSubtype())
                .path("schema")
                .deepCopy();
    schema.set("components", document.path("components"));
    var errors =
        schemas
            .getSchema(schema.toString())
            .validate(
                text,
                InputFormat.JSON,
                context -> context.getExecutionConfig().setFormatAssertionsEnabled(true));
    assertThat(errors).isEmpty();
  }

  private RestTestClient.ResponseSpec send(String method, String uri, String type, String body) {
    var request = client.method(HttpMethod.valueOf(method)).uri(uri);
    return body == null
        ? request.exchange()
        : request.contentType(MediaType.parseMediaType(type)).body(body).exchange();
  }

  private static String entry(String key, String text) {
    return "{\"key\": \"%s\", \"text\": \"%s\"}".formatted(key, text);
  }

  private static JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
  }

  private static JsonNode read() {
    try (var stream = new ClassPathResource("openapi.yaml").getInputStream()) {
      return new JsonMapper().valueToTree(new Yaml().load(stream));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
