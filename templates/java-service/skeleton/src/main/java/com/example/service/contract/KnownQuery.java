package com.example.service.contract;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses parameters that the document does not name: most often they are misspelt. */
class KnownQuery implements HandlerInterceptor {
  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method) {
      var known = namesOf(method);
      request.getParameterMap().keySet().stream()
          .filter(name -> !known.contains(name))
          .findFirst()
          .ifPresent(
              unknown -> {
                throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST,
                    "The API document has no parameter \"%s\" here".formatted(unknown));
              });
    }
    return true;
  }

  private static Set<String> namesOf(HandlerMethod method) {
    return Arrays.stream(method.getMethodParameters())
        .map(parameter -> parameter.getParameterAnnotation(RequestParam.class))
        .filter(annotation -> annotation != null)
        .map(RequestParam::value)
        .collect(Collectors.toUnmodifiableSet());
  }
}
