package com.example.service.config;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Reads the settings before anything is made of them; named in META-INF/spring.factories. */
public class SettingsInitializer
    implements ApplicationContextInitializer<GenericApplicationContext> {
  @Override
  public void initialize(GenericApplicationContext context) {
    var environment = context.getEnvironment();
    var settings = Settings.read(environment::getProperty);
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("settings", settings.asProperties()));
    context.registerBean(Settings.class, () -> settings);

    var logging = LoggingSystem.get(getClass().getClassLoader());
    var level = settings.logLevel();
    logging.setLogLevel("com.example.service", level);
    // What the framework says while debugging would hide what the service says.
    logging.setLogLevel(
        LoggingSystem.ROOT_LOGGER_NAME, level == LogLevel.DEBUG ? LogLevel.INFO : level);
  }
}
