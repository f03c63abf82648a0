import { spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { paths } from '../paths.ts';
import { runLogged } from './run.ts';

const folder = path.join(paths.toolchain, 'prometheus');
const brought = path.join(folder, 'usr', 'bin', 'promtool');

/**
 * Finds the checker of Prometheus rules, or takes it out of Debian's package
 * without installing that: nothing but this one program is wanted.
 *
 * @returns the program
 * @throws LaunchFailure that says how to get it
 */
export async function bringPromtool(): Promise<string> {
  if (spawnSync('promtool', ['--version']).status === 0) return 'promtool';
  if (await fs.stat(brought).catch(() => undefined)) return brought;

  const remedy = 'Install Prometheus, whose promtool is wanted.';
  const download = `${folder}.download`;
  await fs.rm(download, { recursive: true, force: true });
  await fs.mkdir(download, { recursive: true });
  // Lists of packages that are old or not there name files that are gone.
  await runLogged('prometheus-lists', 'apt-get', ['update'], {
    remedy,
  }).catch(() => undefined);
  await runLogged(
    'prometheus-download',
    'apt-get',
    ['download', 'prometheus'],
    { cwd: download, remedy },
  );
  const [archive] = await fs.readdir(download);
  await runLogged(
    'prometheus-extract',
    'dpkg-deb',
    ['--extract', path.join(download, archive), folder],
    { remedy },
  );
  await fs.rm(download, { recursive: true });
  return brought;
}
