package com.example.service.logging;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id of a request, under which logs and errors speak of it. */
public final class RequestId {
  public static final String HEADER = "x-request-id";

  private static final Pattern valid = Pattern.compile("[\\w.:-]{1,128}");
  private static final String attribute = RequestId.class.getName();

  private RequestId() {}

  /** The caller's own id when it is one, or else a new one. */
  public static String of(HttpServletRequest request) {
    if (request.getAttribute(attribute) instanceof String known) {
      return known;
    }
    var given = request.getHeader(HEADER);
    var id = given != null && valid.matcher(given).matches() ? given : UUID.randomUUID().toString();
    request.setAttribute(attribute, id);
    return id;
  }
}
