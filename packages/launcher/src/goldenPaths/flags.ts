import assert from 'node:assert/strict';
import { freePort } from '../ports.ts';
import { FlagsFile } from './flagsFile.ts';
import type { Language } from './languages.ts';
import { development, RunningService } from './runningService.ts';
import type { Repository } from './step.ts';
import { send } from './workload.ts';

/**
 * Turns every flag of a repository off and on again while its service runs: what
 * was turned off has to be refused, all else goes on, and nothing starts anew.
 */
export async function checkFlags(
  repository: Repository,
  language: Language,
): Promise<void> {
  const { template } = repository;
  const flags = await FlagsFile.of(repository);
  await flags.turn('on');
  const service = new RunningService(repository, language, await freePort(), {
    ...development,
    FLAGS_FILE: flags.path,
    // It is asked until it has heard of the flag.
    RATE_LIMIT_MAX: '100000',
  });
  const [guarded] = template.requests;
  const others = template.requests.find(({ body }) => body === undefined);
  await service.whileRunning(async () => {
    await service.isReady();
    assert.equal((await send(service, guarded)).status, guarded.status);
    await flags.turn('off');
    await service.until(
      'a flag that was turned off is heeded',
      async () => (await send(service, guarded)).status === 503,
    );
    const refused = await send(service, guarded);
    assert.ok(refused.headers.get('retry-after'), 'when to come again');
    if (others) {
      const answered = await send(service, others);
      assert.equal(answered.status, others.status, others.path);
    }
    await flags.turn('on');
    await service.until(
      'a flag that was turned on is heeded',
      async () => (await send(service, guarded)).status !== 503,
    );
  });
  // Libraries that ask for flags write lines of their own: in JSON as all others.
  service.logs();
}
