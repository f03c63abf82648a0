import fs from 'node:fs/promises';
import path from 'node:path';
import { say } from '../console/progress.ts';
import { paths } from '../paths.ts';
import { becomeOnlyLauncher } from '../processes/registry.ts';
import { EmbeddedPostgres } from '../postgres/server.ts';

async function stopDatabase(): Promise<void> {
  await new EmbeddedPostgres({ password: '' }).stop();
}

async function remove(...folders: string[]): Promise<void> {
  for (const folder of folders) {
    // A process that ends may still put a file into what is being removed.
    await fs.rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * `npm run reset`: back to a first start. With `--data` only what the portal
 * stored goes, and what was brought and built stays.
 */
export async function reset(args: string[]): Promise<void> {
  await becomeOnlyLauncher();
  // Without dependencies there is no server program, and so no server of ours that could run.
  await stopDatabase().catch(() => undefined);
  if (args.includes('--data')) {
    await remove(paths.data, paths.cache, paths.run);
    say(
      '  The data is gone: database, repositories, keys. What was installed and built stays.',
    );
    return;
  }
  await remove(
    paths.home,
    path.join(paths.root, 'node_modules'),
    path.join(paths.root, 'packages', 'app', 'dist'),
    path.join(paths.root, 'dist-types'),
  );
  say(
    '  Everything that was brought, built or stored is gone. npm start begins anew.',
  );
}
