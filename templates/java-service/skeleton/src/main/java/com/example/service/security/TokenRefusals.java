package com.example.service.security;

import com.example.service.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/** Tells callers why they do not pass. */
class TokenRefusals implements AuthenticationEntryPoint {
  private static final Logger log = LoggerFactory.getLogger(TokenRefusals.class);

  private final Problems problems;

  TokenRefusals(Problems problems) {
    this.problems = problems;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
      throws IOException {
    if (refusal instanceof AuthenticationServiceException) {
      // Not the caller's fault.
      log.error("the keys of the issuer cannot be read", refusal);
      response.setHeader(HttpHeaders.RETRY_AFTER, "5");
      problems.write(
          request,
          response,
          HttpStatus.SERVICE_UNAVAILABLE,
          "Tokens cannot be verified at the moment");
      return;
    }
    var invalid = refusal instanceof OAuth2AuthenticationException;
    if (invalid) {
      log.atInfo().addKeyValue("reason", refusal.getMessage()).log("token refused");
    }
    response.setHeader(
        HttpHeaders.WWW_AUTHENTICATE, invalid ? "Bearer error=\"invalid_token\"" : "Bearer");
    problems.write(
        request,
        response,
        HttpStatus.UNAUTHORIZED,
        invalid ? "The bearer token is not valid" : "A bearer token is required");
  }
}
