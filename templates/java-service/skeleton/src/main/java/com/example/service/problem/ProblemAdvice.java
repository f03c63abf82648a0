package com.example.service.problem;

import com.example.service.api.ProblemErrorsInner;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Gives the errors of controllers, and the framework's own, one form. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
  private static final String doesNotFit = "The request does not fit the API document";

  private final Problems problems;

  ProblemAdvice(Problems problems) {
    this.problems = problems;
  }

  /** What went wrong inside is for the logs, not for the caller. */
  @ExceptionHandler
  ResponseEntity<Object> failed(Exception failure, HttpServletRequest request) {
    log.error("request failed", failure);
    ServerHttpObservationFilter.findObservationContext(request)
        .ifPresent(context -> context.setError(failure));
    var status = HttpStatus.INTERNAL_SERVER_ERROR;
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problems.make(request, status, null));
  }

  /** Everything that the framework refuses ends here. */
  @Override
  protected ResponseEntity<Object> handleExceptionInternal(
      Exception refusal,
      @Nullable Object ignored,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest webRequest) {
    var request = ((ServletWebRequest) webRequest).getRequest();
    if (refusal instanceof NoHandlerFoundException
        || refusal instanceof HttpRequestMethodNotSupportedException) {
      var detail =
          "There is nothing at %s %s".formatted(request.getMethod(), request.getRequestURI());
      return answer(request, headers, HttpStatus.NOT_FOUND, detail, List.of());
    }
    var errors = errorsOf(refusal);
    return answer(
        request, headers, status, errors.isEmpty() ? detailOf(refusal) : doesNotFit, errors);
  }

  private ResponseEntity<Object> answer(
      HttpServletRequest request,
      HttpHeaders headers,
      HttpStatusCode status,
      String detail,
      List<ProblemErrorsInner> errors) {
    return ResponseEntity.status(status)
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problems.make(request, status, detail, errors));
  }

  private static String detailOf(Exception refusal) {
    var detail = refusal instanceof ErrorResponse response ? response.getBody().getDetail() : null;
    return detail == null ? doesNotFit : detail;
  }

  private static List<ProblemErrorsInner> errorsOf(Exception refusal) {
    if (refusal instanceof MethodArgumentNotValidException invalid) {
      return invalid.getFieldErrors().stream()
          .map(
              field ->
                  error("body/" + field.getField().replace('.', '/'), field.getDefaultMessage()))
          .toList();
    }
    if (refusal instanceof HandlerMethodValidationException invalid) {
      return invalid.getParameterValidationResults().stream()
          .flatMap(
              result ->
                  result.getResolvableErrors().stream()
                      .map(
                          wrong ->
                              error(
                                  String.valueOf(result.getMethodParameter().getParameterName()),
                                  wrong.getDefaultMessage())))
          .toList();
    }
    if (refusal instanceof HttpMessageNotReadableException unreadable
        && unreadable.getCause() instanceof JacksonException wrong) {
      var pointer =
          Stream.concat(
                  Stream.of("body"),
                  wrong.getPath().stream()
                      .map(
                          step ->
                              step.getPropertyName() == null
                                  ? String.valueOf(step.getIndex())
                                  : step.getPropertyName()))
              .reduce((path, step) -> path + "/" + step)
              .orElseThrow();
      // The text of the exception names classes, which are none of the caller's business.
      return List.of(error(pointer, "is not what the API document describes"));
    }
    return List.of();
  }

  private static ProblemErrorsInner error(String pointer, @Nullable String detail) {
    return new ProblemErrorsInner(pointer, detail == null ? "is not valid" : detail);
  }
}
