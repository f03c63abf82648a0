package com.example.service.operations;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** What is asked for by machines that look after the service. */
public final class Operations {
  private static final Set<String> paths = Set.of("/health", "/ready", "/metrics", "/openapi.yaml");

  private Operations() {}

  /** Whether a request needs no token, and is neither counted nor limited. */
  public static boolean includes(HttpServletRequest request) {
    return paths.contains(request.getRequestURI());
  }
}
