import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { freePort } from '../ports.ts';
import { monitoring, readDashboards, rulesOf } from './monitoring.ts';
import { RunningProgram } from './runningProgram.ts';
import type { Repository } from './step.ts';

type Rules = { groups: { rules: { health: string }[] }[] };

/** An alert as Prometheus tells it: `pending` until it has held for as long as its rule says. */
export type Alert = {
  state: 'pending' | 'firing';
  labels: Record<string, string>;
};

const configIn = (folder: string) => path.join(folder, 'prometheus.yaml');

/** A real Prometheus with the rules of a repository, which asks every second. */
export class RunningPrometheus extends RunningProgram {
  readonly #url: string;
  readonly #repository: Repository;

  private constructor(
    program: string,
    folder: string,
    repository: Repository,
    address: string,
  ) {
    super(
      'Prometheus',
      program,
      [
        `--config.file=${configIn(folder)}`,
        `--storage.tsdb.path=${path.join(folder, 'prometheus')}`,
        `--web.listen-address=${address}`,
      ],
      { cwd: folder },
    );
    this.#url = `http://${address}`;
    this.#repository = repository;
  }

  /**
   * @param folder - where it keeps what it is told and what it saw
   * @param jobs - what it asks, as its configuration says that
   */
  static async start(
    program: string,
    folder: string,
    repository: Repository,
    jobs: object[],
  ): Promise<RunningPrometheus> {
    const rules = await rulesOf(repository);
    await fs.writeFile(
      configIn(folder),
      stringify({
        global: { scrape_interval: '1s', evaluation_interval: '1s' },
        rule_files: rules.map(name => path.join(monitoring(repository), name)),
        scrape_configs: jobs,
      }),
    );
    const prometheus = new RunningPrometheus(
      program,
      folder,
      repository,
      `127.0.0.1:${await freePort()}`,
    );
    await prometheus.untilAnswers(`${prometheus.#url}/-/ready`);
    return prometheus;
  }

  async #read<T>(route: string): Promise<T> {
    const response = await fetch(`${this.#url}/api/v1/${route}`);
    const answer = await response.json();
    assert.equal(answer.status, 'success', `${route}: ${answer.error}`);
    return answer.data;
  }

  /** How many series a query answers with. */
  async seriesOf(query: string): Promise<number> {
    const { result } = await this.#read<{ result: unknown[] }>(
      `query?${new URLSearchParams({ query })}`,
    );
    return result.length;
  }

  /** The alerts of one name that are pending or firing. */
  async alertsOf(name: string): Promise<Alert[]> {
    const { alerts } = await this.#read<{ alerts: Alert[] }>('alerts');
    return alerts.filter(({ labels }) => labels.alertname === name);
  }

  /**
   * Waits until each query of the dashboards has an answer, with what Grafana
   * would put in.
   *
   * @param again - what is done before each time that it is asked
   */
  async untilQueriesAnswer(again = async () => {}): Promise<void> {
    const dashboards = await readDashboards(this.#repository);
    const queries = dashboards.flatMap(({ panels }) =>
      panels.flatMap(({ targets }) =>
        targets.map(({ expr }) => expr.replaceAll('$__rate_interval', '1m')),
      ),
    );
    for (const query of queries) {
      await this.until(`an answer to ${query}`, async () => {
        await again();
        return (await this.seriesOf(query)) > 0;
      });
    }
  }

  /** Waits until no rule is left that could not be evaluated, or was not yet. */
  async untilRulesAreEvaluated(): Promise<void> {
    await this.until('each rule is evaluated', async () => {
      const { groups } = await this.#read<Rules>('rules');
      const rules = groups.flatMap(group => group.rules);
      assert.ok(rules.length > 0, 'there are rules');
      return rules.every(({ health }) => health === 'ok');
    });
  }
}
