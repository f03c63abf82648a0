package com.example.service.operations;

import com.example.service.config.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Serves on for a while after readiness went off, so that balancers get time to notice. */
@Component
class Draining implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Draining.class);

  private final Settings settings;
  private volatile boolean running;

  Draining(Settings settings) {
    this.settings = settings;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    log.info("draining");
    try {
      Thread.sleep(settings.shutdownDelay().toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** The highest stops first, before the server refuses what is new. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
