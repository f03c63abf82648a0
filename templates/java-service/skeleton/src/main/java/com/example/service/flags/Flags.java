package com.example.service.flags;

import com.example.service.config.Settings;
import dev.openfeature.contrib.providers.flagd.Config;
import dev.openfeature.contrib.providers.flagd.FlagdOptions;
import dev.openfeature.contrib.providers.flagd.FlagdProvider;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.exceptions.OpenFeatureError;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Asks OpenFeature whether a flag is on. */
@Component
public final class Flags implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Flags.class);

  /** One for each context, since tests run several of them in one process. */
  private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();

  private final Client client = api.getClient();

  public Flags(Settings settings) {
    settings.flagsFile().ifPresent(this::follow);
  }

  /** Whether a flag is on for a caller. Its default, when it cannot be told. */
  public boolean isOn(Flag flag, String caller) {
    return client.getBooleanValue(flag.key(), flag.byDefault(), new ImmutableContext(caller));
  }

  /** Follows nothing any more. */
  @Override
  public void close() {
    api.shutdown();
  }

  /** Follows a file in the format of flagd from now on, whatever it says later. */
  private void follow(Path file) {
    var options =
        FlagdOptions.builder()
            .resolverType(Config.Resolver.FILE)
            .offlineFlagSourcePath(file.toString())
            .offlinePollIntervalMs(1000)
            // Twice as long may the first reading take, on a processor that does other things.
            .deadline(2500)
            .build();
    try {
      api.setProviderAndWait(new FlagdProvider(options));
    } catch (OpenFeatureError unreadable) {
      // It goes on looking, and takes the file over as soon as it can be read.
      log.error("the flags cannot be read, so their defaults hold", unreadable);
    }
  }
}
