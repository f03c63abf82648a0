package com.example.service.config;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;

/** Logs one line in place of a stack trace; named in META-INF/spring.factories. */
public class InvalidSettingsReporter implements SpringBootExceptionReporter {
  private static final Logger log = LoggerFactory.getLogger(InvalidSettingsReporter.class);

  @Override
  public boolean reportException(Throwable failure) {
    if (failure instanceof InvalidSettingsException invalid) {
      log.atError().addKeyValue("problems", invalid.problems()).log("the configuration is wrong");
      return true;
    }
    return false;
  }
}
