package com.example.service.logging;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.logging.structured.JsonWriterStructuredLogFormatter;
import org.springframework.core.env.Environment;

/** One JSON object a line, which carries the ids of its request; named in application.yaml. */
public class JsonLines extends JsonWriterStructuredLogFormatter<ILoggingEvent> {
  private static final Map<String, String> renamed =
      Map.of("traceId", "trace_id", "spanId", "span_id");

  public JsonLines(Environment environment, ThrowableProxyConverter throwables) {
    super(members -> describe(environment, throwables, members), null);
  }

  private static void describe(
      Environment environment, ThrowableProxyConverter throwables, Members<ILoggingEvent> members) {
    members.add("time", ILoggingEvent::getInstant);
    members
        .add("level", ILoggingEvent::getLevel)
        .as(level -> level.toString().toLowerCase(Locale.ROOT));
    members.add("service", environment.getProperty("spring.application.name"));
    members.add("version", environment.getProperty("spring.application.version"));
    members.add("logger", ILoggingEvent::getLoggerName);
    members.add("msg", ILoggingEvent::getFormattedMessage);
    members.add().usingPairs((event, pairs) -> valuesOf(event).forEach(pairs));
    members
        .add("error", event -> event)
        .whenNotNull(ILoggingEvent::getThrowableProxy)
        .as(throwables::convert);
  }

  private static Map<String, Object> valuesOf(ILoggingEvent event) {
    var values = new LinkedHashMap<String, Object>();
    event
        .getMDCPropertyMap()
        .forEach(
            (name, value) -> {
              if (!value.isEmpty()) {
                values.put(renamed.getOrDefault(name, name), value);
              }
            });
    if (event.getKeyValuePairs() != null) {
      event.getKeyValuePairs().forEach(pair -> values.put(pair.key, pair.value));
    }
    return values;
  }
}
