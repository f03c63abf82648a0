import { createBackend } from '@backstage/backend-defaults';
import { portalFeatures } from './features';
import { stopOnSignals } from './health/stopOnSignals';

const backend = createBackend();
for (const feature of portalFeatures()) {
  backend.add(feature);
}
// Upstream keeps a process alive whose start failed. One that ends is noticed and started again.
backend.start().catch(error => {
  process.stderr.write(`The portal could not start: ${error.message}\n`);
  process.exit(1);
});
stopOnSignals(backend);
