import type { Backend } from '@backstage/backend-app-api';
import { shutdownLimitMs } from './shutdown';

const signals = ['SIGTERM', 'SIGINT'] as const;

/**
 * Stops the backend once, whatever number of signals arrives. Upstream's own
 * handler ends the process at the second signal, in the middle of its requests.
 *
 * Call it after `backend.start()`, which is when upstream installs its own.
 */
export function stopOnSignals(backend: Pick<Backend, 'stop'>): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => {
      process.stderr.write('The portal was not done in time; ends now\n');
      process.exit(0);
    }, shutdownLimitMs).unref();
    try {
      await backend.stop();
      process.exit(0);
    } catch (error) {
      process.stderr.write(`The portal did not stop in order: ${error}\n`);
      process.exit(1);
    }
  };
  for (const signal of signals) {
    process.removeAllListeners(signal);
    process.on(signal, stop);
  }
}
