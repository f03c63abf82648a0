import { execFile } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { paths } from '../../packages/launcher/src/paths.ts';
import { portalUrl } from '../../packages/launcher/src/portal/environment.ts';

const execute = promisify(execFile);

/** Waits until the catalog shows what was made, for at most five minutes. */
export async function catalogShows(name: string, token: string): Promise<void> {
  const url = `${portalUrl}/api/catalog/entities/by-name/component/default/${name}`;
  const signal = AbortSignal.timeout(300_000);
  const headers = { authorization: `Bearer ${token}` };
  while (!(await fetch(url, { headers, signal })).ok) {
    await delay(50, undefined, { signal });
  }
}

/** Clones the repository of what was made into a folder. */
export async function clone(name: string, folder: string): Promise<void> {
  await execute(
    'git',
    ['clone', '-q', path.join(paths.repositories, `${name}.git`), folder],
    {
      // The repository belongs to whoever the portal runs as.
      env: {
        ...process.env,
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'safe.directory',
        GIT_CONFIG_VALUE_0: '*',
      },
    },
  );
}
