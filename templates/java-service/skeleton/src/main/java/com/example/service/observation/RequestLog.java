package com.example.service.observation;

import com.example.service.logging.RequestId;
import com.example.service.operations.Operations;
import com.example.service.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/** Writes one line for each request, inside of its span and outside of all that may refuse it. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class RequestLog extends OncePerRequestFilter {
  private static final Logger log = LoggerFactory.getLogger(RequestLog.class);

  private final Problems problems;

  RequestLog(Problems problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException {
    var id = RequestId.of(request);
    response.setHeader(RequestId.HEADER, id);
    try (var ignored = MDC.putCloseable("request_id", id)) {
      var began = System.nanoTime();
      answer(request, response, chain);
      if (!Operations.includes(request)) {
        record(request, response, System.nanoTime() - began);
      }
    }
  }

  private void answer(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException {
    try {
      chain.doFilter(request, response);
    } catch (Exception failure) {
      log.error("request failed", failure);
      if (!response.isCommitted()) {
        problems.write(request, response, HttpStatus.INTERNAL_SERVER_ERROR, null);
      }
    }
  }

  private void record(HttpServletRequest request, HttpServletResponse response, long nanos) {
    log.atInfo()
        .addKeyValue("method", request.getMethod())
        // The query may hold what no log should.
        .addKeyValue("path", request.getRequestURI())
        .addKeyValue("route", request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
        .addKeyValue("status", response.getStatus())
        .addKeyValue("duration_ms", TimeUnit.NANOSECONDS.toMicros(nanos) / 1000.0)
        .log("request completed");
  }
}
