package com.example.service.config;

import java.util.List;

/** Holds every problem, so that one start shows them all. */
public class InvalidSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  InvalidSettingsException(List<String> problems) {
    super("The configuration has %d problem(s)".formatted(problems.size()));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
