import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '..',
);

/** Everything a benchmark makes; apart from the data of the portal a person tries. */
export const folder = path.join(root, '.waymark', 'benchmarks');

const firstPort = Number(process.env.WAYMARK_PORT || 7180);

/** Ports of the portals; the local identity issuer takes the one after Waymark's. */
export const ports = { waymark: firstPort, vanilla: firstPort + 2 };

// The launcher reads these once, when it is first imported: so this file comes before it.
process.env.WAYMARK_PORT = String(ports.waymark);
process.env.WAYMARK_HOME = path.join(folder, 'waymark');
