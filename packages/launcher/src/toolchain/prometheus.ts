import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { bringDebianPackage } from './debianPackage.ts';

/** The server that keeps metrics, and the checker of its rules. */
export type Prometheus = { prometheus: string; promtool: string };

const isThere = (program: string) =>
  spawnSync(program, ['--version']).status === 0;

const within = (bin: string): Prometheus => ({
  prometheus: path.join(bin, 'prometheus'),
  promtool: path.join(bin, 'promtool'),
});

/**
 * Finds Prometheus, or takes its programs out of Debian's package.
 *
 * @throws LaunchFailure that says how to get it
 */
export async function bringPrometheus(): Promise<Prometheus> {
  if (isThere('promtool') && isThere('prometheus')) return within('');
  return within(
    await bringDebianPackage({
      name: 'prometheus',
      folder: 'prometheus',
      remedy: 'Install Prometheus.',
    }),
  );
}

/**
 * Finds Prometheus' exporter that looks at a site from outside, or takes it
 * out of Debian's package.
 *
 * @returns the program
 * @throws LaunchFailure that says how to get it
 */
export async function bringBlackboxExporter(): Promise<string> {
  if (isThere('blackbox_exporter')) return 'blackbox_exporter';
  return path.join(
    await bringDebianPackage({
      name: 'prometheus-blackbox-exporter',
      folder: 'blackbox-exporter',
      remedy: 'Install blackbox_exporter, of Prometheus.',
    }),
    'prometheus-blackbox-exporter',
  );
}
