package com.example.service;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts and stops the process. */
@SpringBootApplication
public class ServiceApplication {
  private static final Logger log = LoggerFactory.getLogger(ServiceApplication.class);

  public static void main(String[] args) {
    var application = new SpringApplication(ServiceApplication.class);
    application.setRegisterShutdownHook(false);
    var context = application.run(args);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(context), "shutdown"));
    log.info("ready");
  }

  private static void stop(ConfigurableApplicationContext context) {
    context.close();
    log.info("stopped");
    // Without it, the JVM would report 143 for a graceful end, as if it had been killed.
    Runtime.getRuntime().halt(0);
  }
}
