import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { freePort } from '../ports.ts';
import { Collector } from './collector.ts';
import type { Language } from './languages.ts';
import { checkProcessMetrics, checkRefusal } from './promises.ts';
import {
  development,
  get,
  requestId,
  RunningService,
  traceId,
} from './runningService.ts';
import { runIn, type Repository } from './step.ts';
import type { Workload } from './workload.ts';

const day = '2026-03-04';

/** Folders of its own for a pipeline, a delivered file, and a receiver of lineage. */
export class Materializing implements Workload {
  readonly metric = 'pipeline.run.duration';
  readonly settings: NodeJS.ProcessEnv;
  readonly #repository: Repository;
  readonly #lineage: Collector;

  private constructor(
    repository: Repository,
    lineage: Collector,
    settings: NodeJS.ProcessEnv,
  ) {
    this.#repository = repository;
    this.#lineage = lineage;
    this.settings = settings;
  }

  static async start(repository: Repository): Promise<Materializing> {
    const folder = `${repository.folder}-data`;
    await fs.rm(folder, { recursive: true, force: true });
    const orders = path.join(folder, 'source', 'orders');
    await fs.mkdir(orders, { recursive: true });
    await fs.writeFile(
      path.join(orders, `${day}.csv`),
      `order_id,country,amount,ordered_at\n1,DE,10.00,${day} 08:00:00\n`,
    );
    const lineage = await Collector.start();
    return new Materializing(repository, lineage, {
      ...development,
      SOURCE: path.join(folder, 'source'),
      LAKE: path.join(folder, 'lake'),
      DAGSTER_HOME: path.join(folder, 'dagster'),
      CODE_PORT: String(await freePort()),
      WEBSERVER_PORT: String(await freePort()),
      OPENLINEAGE_URL: lineage.url,
    });
  }

  /** What the receiver of lineage was told: the job's name and the state. */
  told(): string[] {
    return this.#lineage.received.map(({ path: to, body }) => {
      assert.equal(to, '/api/v1/lineage');
      const { job, eventType } = JSON.parse(body.toString());
      return `${job.name} ${eventType}`;
    });
  }

  /** Asks the running pipeline for a day, as its schedule would. */
  async use(service: RunningService): Promise<void> {
    const { DAGSTER_HOME = '' } = this.settings;
    const tags = {
      'dagster/partition': day,
      request_id: requestId,
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    };
    await runIn(
      this.#repository,
      'launch',
      path.join('.venv', 'bin', 'dagster'),
      [
        ...['job', 'launch', '--job', 'daily', '--tags', JSON.stringify(tags)],
        ...['--workspace', path.join(DAGSTER_HOME, 'workspace.yaml')],
      ],
      { ...this.settings, PYTHONPATH: 'src' },
    );
    await service.until('its run is told of', () =>
      this.told().includes('daily COMPLETE'),
    );
  }

  /** What is measured is read from what Dagster remembers: there is nothing to repeat. */
  async again(): Promise<void> {}

  stop(): Promise<void> {
    return this.#lineage.stop();
  }
}

/** What a pipeline of a golden path promises while it runs. */
export async function checkPipeline(
  repository: Repository,
  language: Language,
): Promise<void> {
  const work = await Materializing.start(repository);
  const service = new RunningService(
    repository,
    language,
    await freePort(),
    work.settings,
  );
  try {
    await service.whileRunning(async () => {
      await service.isReady();
      await work.use(service);
      const metrics = await get(`${service.url}/metrics`, 200);
      checkProcessMetrics(metrics, repository);
      for (const sample of [
        /^pipeline_runs_total\{.*outcome="success".*\} 1(\.0)?$/m,
        /^pipeline_runs_total\{.*outcome="failure".*\} 0(\.0)?$/m,
        /^pipeline_asset_check_failed\{.*check="order_ids_are_unique".*\} 0(\.0)?$/m,
        /^pipeline_asset_data_time_seconds\{.*asset="daily_revenue".*\} \d/m,
      ]) {
        assert.match(metrics, sample);
      }
    });
  } finally {
    await work.stop();
  }
  assert.ok(work.told().includes('daily.daily_revenue COMPLETE'));
  const line = service.logs().find(one => one.request_id === requestId);
  assert.equal(line?.trace_id, traceId, 'the trace of a run in its log');
  await checkRefusal(repository, language, ['DATABASE_URL']);
}
