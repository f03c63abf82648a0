import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { monitoring } from './monitoring.ts';
import { runIn, type Repository } from './step.ts';

/** One of the jobs by which Prometheus has an exporter look at a website from outside. */
export type ProbeJob = {
  job_name: string;
  static_configs: { targets: string[]; labels: { __param_module: string } }[];
  relabel_configs: { target_label: string; replacement?: string }[];
};

/** The files of a repository by which a website is looked at from outside. */
export const probeFiles = (repository: Repository) => ({
  scrape: path.join(monitoring(repository), 'scrape.yaml'),
  modules: path.join(monitoring(repository), 'blackbox.yaml'),
});

/** The jobs for Prometheus that a repository brings. */
export async function probeJobsOf(repository: Repository): Promise<ProbeJob[]> {
  const { scrape_configs: jobs } = parse(
    await fs.readFile(probeFiles(repository).scrape, 'utf8'),
  );
  return jobs;
}

/** Prometheus takes the jobs and the exporter its modules; each target has a module that is there, and its job the name that rules ask for. */
export async function checkProbes(
  repository: Repository,
  programs: { promtool: string; blackboxExporter: string },
): Promise<void> {
  const { scrape, modules } = probeFiles(repository);
  await runIn(repository, 'probes', programs.promtool, [
    ...['check', 'config', scrape],
  ]);
  await runIn(repository, 'probes', programs.blackboxExporter, [
    ...['--config.check', `--config.file=${modules}`],
  ]);
  const known = Object.keys(parse(await fs.readFile(modules, 'utf8')).modules);
  for (const job of await probeJobsOf(repository)) {
    assert.equal(job.job_name, repository.answers.name);
    for (const { targets, labels } of job.static_configs) {
      assert.ok(known.includes(labels.__param_module), labels.__param_module);
      for (const target of targets) {
        assert.equal(new URL(target).protocol, 'https:');
      }
    }
  }
}
