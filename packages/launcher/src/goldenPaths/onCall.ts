import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { monitoring, rulesOf } from './monitoring.ts';
import { runIn, type Repository } from './step.ts';

const execute = promisify(execFile);

type Labels = Record<string, string>;

type Rules = { groups: { rules: { labels?: Labels }[] }[] };

type RuleTests = {
  tests: {
    alert_rule_test?: {
      alertname: string;
      exp_alerts: { exp_labels: Labels }[];
    }[];
  }[];
};

/** The alerts of a repository as they reach Alertmanager: as its tests expect them, and of every severity there is. */
async function alertsOf(repository: Repository): Promise<Labels[]> {
  const alerts: Labels[] = [];
  const severities = new Set<string>();
  for (const file of await rulesOf(repository)) {
    const read = async (name: string) =>
      parse(await fs.readFile(path.join(monitoring(repository), name), 'utf8'));
    const { groups }: Rules = await read(file);
    for (const { labels } of groups.flatMap(({ rules }) => rules)) {
      if (labels?.severity) severities.add(labels.severity);
    }
    const { tests }: RuleTests = await read(file.replace(/yaml$/, 'test.yaml'));
    for (const test of tests.flatMap(one => one.alert_rule_test ?? [])) {
      for (const { exp_labels: labels } of test.exp_alerts) {
        alerts.push({ alertname: test.alertname, ...labels });
      }
    }
  }
  const [first] = alerts;
  return [
    ...alerts,
    ...[...severities].map(severity => ({ ...first, severity })),
  ];
}

/** The receivers that Alertmanager would tell of an alert. */
async function receiversOf(
  program: string,
  config: string,
  alert: Labels,
): Promise<string> {
  const { stdout } = await execute(program, [
    ...['config', 'routes', 'test', `--config.file=${config}`],
    ...Object.entries(alert).map(([label, value]) => `${label}=${value}`),
  ]);
  return stdout.trim();
}

/** Alerts reach the team that was answered, pages whoever is on call, and those of others neither. */
export async function checkRouting(
  repository: Repository,
  program: string,
): Promise<void> {
  const config = path.join(monitoring(repository), 'routing.yaml');
  await runIn(repository, 'on-call', program, ['check-config', config]);
  const team = repository.answers.owner.replace(/^.*[:/]/, '');
  const alerts = await alertsOf(repository);
  assert.ok(alerts.some(({ severity }) => severity === 'page'));
  for (const alert of alerts) {
    assert.equal(
      await receiversOf(program, config, alert),
      alert.severity === 'page' ? `${team}-on-call` : team,
      JSON.stringify(alert),
    );
  }
  assert.equal(
    await receiversOf(program, config, { ...alerts[0], service: 'another' }),
    'unclaimed',
  );
}
