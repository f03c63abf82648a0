import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { folder, root } from '../settings.ts';

/** A module of the costs backend as the portal loads it: compiled by the portal's own loader. */
export function loadModule<T>(file: string): T {
  process.env.WAYMARK_CACHE = path.join(folder, 'cache');
  mkdirSync(process.env.WAYMARK_CACHE, { recursive: true });
  const require = createRequire(import.meta.url);
  require('../../packages/launcher/src/portal/loadTypeScript.cjs');
  return require(path.join(root, 'plugins/costs-backend/src', file)) as T;
}
