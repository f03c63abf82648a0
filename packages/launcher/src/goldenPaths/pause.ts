import assert from 'node:assert/strict';
import { freePort } from '../ports.ts';
import { FlagsFile } from './flagsFile.ts';
import type { Language } from './languages.ts';
import { get, RunningService } from './runningService.ts';
import type { Repository } from './step.ts';
import { outcomesOf, Stream } from './stream.ts';

async function untilPaused(
  service: RunningService,
  partitions: number,
): Promise<void> {
  await service.until(
    'a partition waits',
    () =>
      service.logs().filter(({ msg }) => msg === 'partition paused').length >=
      partitions,
  );
}

/** While all is turned off nothing is tried, and nobody takes it for ill. */
async function checkWaiting(
  stream: Stream,
  service: RunningService,
): Promise<void> {
  await service.isReady();
  // One after the other, on the same partition.
  await stream.send({ id: 'broken', key: 'waits', raw: 'no event' });
  await stream.send({ id: 'waiting', key: 'waits' });
  await untilPaused(service, 1);
  await get(`${service.url}/health`, 200);
  await get(`${service.url}/ready`, 200);
  await service.until('what waits is measured', async () => {
    const metrics = await get(`${service.url}/metrics`, 200);
    return [
      /^kafka_consumer_group_paused\{.*\} [1-9]/m,
      /^kafka_consumer_group_lag\{.*destination_name="notes".*\} [1-9]/m,
    ].every(measured => measured.test(metrics));
  });
  for (const id of ['broken', 'waiting']) {
    assert.deepEqual(outcomesOf(service, id), [], id);
  }
}

async function checkPausing(
  repository: Repository,
  language: Language,
  stream: Stream,
): Promise<void> {
  const flags = await FlagsFile.of(repository);
  const start = async () =>
    new RunningService(repository, language, await freePort(), {
      ...stream.settings,
      FLAGS_FILE: flags.path,
    });
  await flags.turn('off');
  const service = await start();
  await service.whileRunning(async () => {
    await checkWaiting(stream, service);
    await flags.turn('on');
    await stream.settles(service, 'broken', 'dead');
    await stream.settles(service, 'waiting', 'done');

    await flags.turn('off');
    await service.until(
      'it has heard that all is turned off again',
      () =>
        service.logs().filter(({ msg }) => msg === 'flags read').length === 3,
    );
    await stream.send({ id: 'handed over', key: 'waits later' });
    await untilPaused(service, 2);
  });
  assert.deepEqual(outcomesOf(service, 'handed over'), []);

  await flags.turn('on');
  const successor = await start();
  try {
    await stream.settles(successor, 'handed over', 'done');
  } finally {
    await successor.stop();
  }
}

/**
 * Turns all events off and on while a consumer runs: they wait where they are,
 * none is tried, given up or lost, and whoever looks after it is not misled.
 *
 * @param jars - the class path of Kafka
 */
export async function checkPause(
  repository: Repository,
  language: Language,
  jars: string,
): Promise<void> {
  const stream = await Stream.start(repository, jars);
  try {
    await checkPausing(repository, language, stream);
  } finally {
    await stream.stop();
  }
}
