import { createBackend } from '@backstage/backend-defaults';
import { portalFeatures } from './features';
import { requireSafeSettings } from './guard/requireSafeSettings';
import { stopOnSignals } from './health/stopOnSignals';

async function start(): Promise<void> {
  await requireSafeSettings(process.env);
  const backend = createBackend();
  for (const feature of portalFeatures()) {
    backend.add(feature);
  }
  const started = backend.start();
  stopOnSignals(backend);
  await started;
}

// Upstream keeps a process alive whose start failed. One that ends is noticed and started again.
start().catch(error => {
  process.stderr.write(`The portal could not start: ${error.message}\n`);
  process.exit(1);
});
