package com.example.service.problem;

import com.example.service.api.Problem;
import com.example.service.api.ProblemErrorsInner;
import com.example.service.logging.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Makes the bodies of errors, and writes them where no controller does. */
@Component
public class Problems {
  private static final String TYPE = "about:blank";

  private final JsonMapper json;

  Problems(JsonMapper json) {
    this.json = json;
  }

  /**
   * Makes a body.
   *
   * @param detail for the caller: what went wrong inside belongs into the logs
   */
  Problem make(HttpServletRequest request, HttpStatusCode status, @Nullable String detail) {
    return make(request, status, detail, List.of());
  }

  Problem make(
      HttpServletRequest request,
      HttpStatusCode status,
      @Nullable String detail,
      List<ProblemErrorsInner> errors) {
    var known = HttpStatus.resolve(status.value());
    var problem =
        new Problem(
            TYPE,
            known == null ? "Error" : known.getReasonPhrase(),
            status.value(),
            RequestId.of(request));
    problem.setDetail(detail);
    problem.setErrors(errors.isEmpty() ? null : errors);
    return problem;
  }

  /** Answers from a filter. */
  public void write(
      HttpServletRequest request,
      HttpServletResponse response,
      HttpStatus status,
      @Nullable String detail)
      throws IOException {
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    json.writeValue(response.getOutputStream(), make(request, status, detail));
  }
}
