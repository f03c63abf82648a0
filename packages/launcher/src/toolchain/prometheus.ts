import { spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { paths } from '../paths.ts';
import { runLogged } from './run.ts';

const folder = path.join(paths.toolchain, 'prometheus');
const brought = path.join(folder, 'usr', 'bin');

/** The server that keeps metrics, and the checker of its rules. */
export type Prometheus = { prometheus: string; promtool: string };

const isThere = (program: string) =>
  spawnSync(program, ['--version']).status === 0;

const within = (bin: string): Prometheus => ({
  prometheus: path.join(bin, 'prometheus'),
  promtool: path.join(bin, 'promtool'),
});

/**
 * Finds Prometheus, or takes its programs out of Debian's package without
 * installing that: no service is wanted.
 *
 * @throws LaunchFailure that says how to get it
 */
export async function bringPrometheus(): Promise<Prometheus> {
  if (isThere('promtool') && isThere('prometheus')) return within('');
  if (await fs.stat(brought).catch(() => undefined)) return within(brought);

  const remedy = 'Install Prometheus.';
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
  return within(brought);
}
