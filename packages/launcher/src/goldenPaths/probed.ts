import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { freePort } from '../ports.ts';
import { makeCertificate } from './certificate.ts';
import { probeFiles, probeJobsOf } from './probes.ts';
import { RunningProgram } from './runningProgram.ts';
import { RunningPrometheus } from './runningPrometheus.ts';
import { Site } from './site.ts';
import type { Repository } from './step.ts';

/** Longer than the rule wants a website to be down before it wakes somebody. */
const untilDownMs = 180_000;

/** The jobs of a repository as they are, but for where the website and the exporter are, and how often they ask. */
async function jobsOf(
  repository: Repository,
  site: string,
  exporter: string,
): Promise<object[]> {
  const jobs = await probeJobsOf(repository);
  return jobs.map(job => ({
    ...job,
    scrape_interval: '2s',
    scrape_timeout: '2s',
    static_configs: job.static_configs.map(({ targets, labels }) => ({
      targets: targets.map(target =>
        new URL(new URL(target).pathname, site).toString(),
      ),
      labels,
    })),
    relabel_configs: job.relabel_configs.map(rule =>
      rule.target_label === '__address__'
        ? { ...rule, replacement: exporter }
        : rule,
    ),
  }));
}

/** Waits until an alert is told, and how many addresses it is told of. */
async function untilTold(
  prometheus: RunningPrometheus,
  name: string,
  state: 'pending' | 'firing',
  addresses: number,
  forMs?: number,
): Promise<void> {
  await prometheus.until(
    `${name} is ${state}`,
    async () => {
      const alerts = await prometheus.alertsOf(name);
      return (
        alerts.length === addresses &&
        alerts.every(alert => alert.state === state)
      );
    },
    forMs,
  );
}

/** Puts the settings of an environment beside the page, as its deployment does. */
const publishSettings = ({ folder }: Repository, environment: string) =>
  fs.copyFile(
    path.join(folder, 'deploy', 'settings', `${environment}.json`),
    path.join(folder, 'dist', 'settings.json'),
  );

/**
 * Serves a website that was built beside a real blackbox exporter and a real
 * Prometheus, with the modules, the jobs and the rules of its repository:
 * every query of its dashboard has an answer, every rule can be evaluated, and
 * whoever is on call is woken when it is down, and not when nobody looks.
 */
export async function checkProbed(
  repository: Repository,
  programs: { blackboxExporter: string; prometheus: string },
): Promise<void> {
  const folder = `${repository.folder}-probed`;
  await fs.rm(folder, { recursive: true, force: true });
  await fs.mkdir(folder, { recursive: true });
  const certificate = await makeCertificate(folder);
  const site = await Site.start(repository.folder, certificate);
  await publishSettings(repository, 'production');
  const address = `127.0.0.1:${await freePort()}`;
  const exporter = new RunningProgram(
    'The blackbox exporter',
    programs.blackboxExporter,
    [
      `--config.file=${probeFiles(repository).modules}`,
      `--web.listen-address=${address}`,
    ],
    // Whom programs in Go trust, in place of the authorities of the machine.
    { cwd: folder, env: { SSL_CERT_FILE: certificate.file } },
  );
  try {
    await exporter.untilAnswers(`http://${address}/-/healthy`);
    const jobs = await jobsOf(repository, site.url, address);
    const prometheus = await RunningPrometheus.start(
      programs.prometheus,
      folder,
      repository,
      jobs,
    );
    try {
      await prometheus.until(
        'the page and its settings are there',
        async () => (await prometheus.seriesOf('probe_success == 1')) === 2,
      );
      await prometheus.untilQueriesAnswer();
      await prometheus.untilRulesAreEvaluated();
      assert.deepEqual(await prometheus.alertsOf('Down'), []);
      assert.deepEqual(await prometheus.alertsOf('Unwatched'), []);

      await publishSettings(repository, 'staging');
      await untilTold(prometheus, 'Down', 'pending', 1);
      await publishSettings(repository, 'production');
      await untilTold(prometheus, 'Down', 'pending', 0);

      await site.stop();
      await untilTold(prometheus, 'Down', 'pending', 2);
      await untilTold(prometheus, 'Down', 'firing', 2, untilDownMs);

      await exporter.stop();
      await untilTold(prometheus, 'Unwatched', 'pending', 1);
      await untilTold(prometheus, 'Down', 'pending', 0);
    } finally {
      await prometheus.stop();
    }
  } finally {
    await exporter.stop();
    await site.stop();
  }
}
