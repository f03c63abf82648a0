import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildApp } from './app.js';
import { ConfigError, readConfig, type Config } from './config.js';
import { followFlags } from './flags.js';
import { Lifecycle, stopOnSignals } from './lifecycle.js';
import { createLogger } from './logger.js';
import { startTelemetry } from './telemetry.js';

function readConfigOrExit(): Config {
  const defaults = fileURLToPath(
    new URL('../.env.development', import.meta.url),
  );
  if ((process.env['NODE_ENV'] ?? 'development') === 'development') {
    if (existsSync(defaults)) {
      // Variables that are already set win.
      process.loadEnvFile(defaults);
    }
  }
  try {
    return readConfig(process.env);
  } catch (err) {
    if (err instanceof ConfigError) {
      createLogger('info').fatal({ problems: err.problems }, err.message);
      process.exit(1);
    }
    throw err;
  }
}

const config = readConfigOrExit();
const logger = createLogger(config.logLevel);
process.on('uncaughtException', err => {
  logger.fatal({ err }, 'uncaught exception');
  process.exit(1);
});

const telemetry = startTelemetry(config.otlpEndpoint);
if (config.flagsFile) {
  await followFlags(config.flagsFile, logger);
}
const lifecycle = new Lifecycle();
const app = await buildApp({
  config,
  logger,
  lifecycle,
  metrics: telemetry.metrics,
});
stopOnSignals({
  app,
  lifecycle,
  logger,
  ...config.shutdown,
  flush: () => telemetry.shutdown(),
});
if (config.auth.mode === 'disabled') {
  logger.warn('authentication is disabled');
}
// Listen first, so that readiness can be asked while the service starts.
await app.listen({ host: config.host, port: config.port });
lifecycle.markReady();
logger.info({ addresses: app.addresses() }, 'ready');
