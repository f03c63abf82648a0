package com.example.service.flags;

/**
 * Every flag, with what holds while nobody says otherwise. A kill switch is on by default: a lost
 * file must not turn anything off.
 */
public enum Flag {
  /** Whether entries may be created. Off, callers get 503 and come back later. */
  ACCEPT_ENTRIES("accept-entries", true);

  private final String key;
  private final boolean byDefault;

  Flag(String key, boolean byDefault) {
    this.key = key;
    this.byDefault = byDefault;
  }

  /** What files call it. */
  public String key() {
    return key;
  }

  boolean byDefault() {
    return byDefault;
  }
}
