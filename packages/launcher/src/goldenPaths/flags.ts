import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { paths } from '../paths.ts';
import { freePort } from '../ports.ts';
import type { Language } from './languages.ts';
import { development, RunningService } from './runningService.ts';
import type { Repository } from './step.ts';
import { send } from './workload.ts';

type Definitions = { flags: Record<string, { defaultVariant: string }> };

/** What production says of flags, which is what the pods are given. */
export const flagsOfProduction = [
  ...['deploy', 'kubernetes', 'overlays', 'production', 'flags.json'],
];

/**
 * Turns every flag of a repository off and on again while its service runs: what
 * was turned off has to be refused, all else goes on, and nothing starts anew.
 */
export async function checkFlags(
  repository: Repository,
  language: Language,
): Promise<void> {
  const { folder, name, template } = repository;
  const definitions: Definitions = JSON.parse(
    await fs.readFile(path.join(folder, ...flagsOfProduction), 'utf8'),
  );
  const file = path.join(paths.home, 'templates', `${name}-flags.json`);
  const turn = async (variant: string) => {
    for (const flag of Object.values(definitions.flags)) {
      flag.defaultVariant = variant;
    }
    // In one piece, as Kubernetes does it.
    await fs.writeFile(`${file}.next`, JSON.stringify(definitions));
    await fs.rename(`${file}.next`, file);
  };
  await turn('on');
  const service = new RunningService(repository, language, await freePort(), {
    ...development,
    FLAGS_FILE: file,
    // It is asked until it has heard of the flag.
    RATE_LIMIT_MAX: '100000',
  });
  const [guarded] = template.requests;
  const others = template.requests.find(({ body }) => body === undefined);
  try {
    await service.isReady();
    assert.equal((await send(service, guarded)).status, guarded.status);
    await turn('off');
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
    await turn('on');
    await service.until(
      'a flag that was turned on is heeded',
      async () => (await send(service, guarded)).status !== 503,
    );
  } finally {
    assert.equal(await service.stop(), 0, 'its exit code on SIGTERM');
  }
  // Libraries that ask for flags write lines of their own: in JSON as all others.
  service.logs();
}
