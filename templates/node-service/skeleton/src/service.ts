import { readFileSync } from 'node:fs';
import { z } from 'zod';

const manifest: unknown = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);

/** Name and version, as logs, traces and metrics carry them. */
export const service = z
  .object({ name: z.string(), version: z.string() })
  .parse(manifest);
