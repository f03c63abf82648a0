import assert from 'node:assert/strict';
import path from 'node:path';
import { promisify } from 'node:util';
import { execFile } from 'node:child_process';
import { freePort } from '../ports.ts';
import { Collector } from './collector.ts';
import type { Language } from './languages.ts';
import { checkProcessMetrics, checkRefusal } from './promises.ts';
import { get, requestId, RunningService, traceId } from './runningService.ts';
import { runIn, type Repository } from './step.ts';
import { outcomesOf, Stream } from './stream.ts';

const execute = promisify(execFile);

/** Each thing that can happen to an event, and what is to become of it. */
async function checkEvents(
  stream: Stream,
  service: RunningService,
): Promise<void> {
  await stream.use(service);
  await stream.send({ id: 'traced', key: 'traced' });
  await stream.settles(service, 'traced', 'done', 'duplicate');

  await stream.send({ id: 'early', key: 'out of order', revision: 2 });
  await stream.send({ id: 'first', key: 'out of order' });
  await stream.settles(service, 'first', 'done');
  await service.until(
    'an early event is done at last',
    () => outcomesOf(service, 'early').at(-1) === 'done',
  );
  assert.equal(outcomesOf(service, 'early')[0], 'retried');

  await stream.send({ id: 'gap', key: 'gap', revision: 2 });
  await stream.settles(service, 'gap', 'retried', 'retried', 'dead');
  await stream.send({ id: 'broken', raw: 'no event' });
  await stream.settles(service, 'broken', 'dead');
}

/** Dead letters can be read by any tool, and say why they are there. */
async function checkDeadLetters(stream: Stream): Promise<void> {
  const letters = await stream.broker.read(stream.deadLetters, 2);
  for (const [id, why] of [
    ['gap', 'error:revision 2 came before revision 1'],
    ['broken', 'error:the event does not say its schema'],
  ]) {
    const letter = letters.find(one => one.includes(`ce_id:${id}`));
    assert.ok(letter?.includes(why), `${id} says ${why}: ${letters}`);
  }
}

/** Another chance: what is missing comes, and dead letters are tried again. */
async function checkRedrive(
  repository: Repository,
  stream: Stream,
  service: RunningService,
): Promise<void> {
  await stream.send({ id: 'missing', key: 'gap' });
  await stream.settles(service, 'missing', 'done');
  await execute(path.join(repository.folder, 'bin/service'), ['redrive'], {
    env: { PATH: process.env.PATH, ...stream.settings },
  });
  await service.until(
    'a dead letter is done at last',
    () => outcomesOf(service, 'gap').at(-1) === 'done',
  );
}

/** What is kept is what events said, each once. */
async function checkResults(stream: Stream): Promise<void> {
  assert.deepEqual(
    await stream.query('select key, revision from notes order by key'),
    [
      { key: 'gap', revision: '2' },
      { key: 'out of order', revision: '2' },
      { key: 'traced', revision: '1' },
    ],
  );
  assert.deepEqual(
    await stream.query('select count(*) as events from processed_events'),
    [{ events: '5' }],
  );
}

async function checkMetrics(
  repository: Repository,
  service: RunningService,
): Promise<void> {
  await service.until('the lag is measured', async () =>
    (
      await get(`${service.url}/metrics`, 200)
    ).includes('kafka_consumer_group_lag{'),
  );
  const metrics = await get(`${service.url}/metrics`, 200);
  checkProcessMetrics(metrics, repository);
  for (const outcome of ['done', 'duplicate', 'retried', 'dead']) {
    assert.match(
      metrics,
      new RegExp(
        `^messaging_process_duration_seconds_count\\{.*outcome="${outcome}".*\\} \\d`,
        'm',
      ),
    );
  }
  assert.match(
    metrics,
    /^messaging_event_age_seconds_bucket\{.*le="60".*\} \d/m,
  );
}

/** What was settled is committed when it ends: a successor begins behind it. */
async function checkSuccessor(
  stream: Stream,
  start: () => Promise<RunningService>,
): Promise<void> {
  const successor = await start();
  try {
    await successor.isReady();
    await stream.send({ id: 'after', key: 'after' });
    await stream.settles(successor, 'after', 'done');
    const settled = successor
      .logs()
      .filter(line => line.msg === 'event settled')
      .map(line => line.event_id);
    assert.deepEqual(settled, ['after']);
  } finally {
    await successor.stop();
  }
}

async function checkConsuming(
  repository: Repository,
  language: Language,
  stream: Stream,
): Promise<void> {
  const collector = await Collector.start();
  const start = async () =>
    new RunningService(repository, language, await freePort(), {
      ...stream.settings,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_COMPRESSION: 'none',
    });
  try {
    const service = await start();
    await service.whileRunning(async () => {
      await service.isReady();
      await get(`${service.url}/health`, 200);
      await checkEvents(stream, service);
      await checkDeadLetters(stream);
      await checkRedrive(repository, stream, service);
      await checkResults(stream);
      await checkMetrics(repository, service);
    });
    const line = service
      .logs()
      .find(one => one.request_id === requestId && one.outcome === 'done');
    assert.equal(line?.trace_id, traceId, 'the trace of an event in its log');
    await checkSuccessor(stream, start);
  } finally {
    await collector.stop();
  }
  const sent = (to: string) =>
    Buffer.concat(
      collector.received.filter(one => one.path === to).map(one => one.body),
    );
  assert.ok(
    sent('/v1/traces').includes(Buffer.from(traceId, 'hex')),
    'its spans reach a collector',
  );
  assert.ok(
    sent('/v1/metrics').includes(stream.metric),
    'its metrics reach a collector',
  );
}

/**
 * What a consumer of a golden path promises while it runs, beside a real Kafka
 * and a real PostgreSQL.
 *
 * @param jars - the class path of Kafka
 */
export async function checkConsumer(
  repository: Repository,
  language: Language,
  jars: string,
): Promise<void> {
  const stream = await Stream.start(repository, jars);
  try {
    await checkConsuming(repository, language, stream);
    await runIn(
      repository,
      'store',
      'go',
      ['test', '-count=1', './internal/store'],
      { TEST_DATABASE_URL: stream.databaseUrl },
    );
  } finally {
    await stream.stop();
  }
  await checkRefusal(repository, language, [
    'KAFKA_BROKERS',
    'SCHEMA_REGISTRY_URL',
    'DATABASE_URL',
  ]);
}
