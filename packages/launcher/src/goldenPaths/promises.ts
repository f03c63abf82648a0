import assert from 'node:assert/strict';
import { freePort } from '../ports.ts';
import type { Language } from './languages.ts';
import { RunningService } from './runningService.ts';
import type { Repository } from './step.ts';

/** How long a service may take to find out that it must not run. */
const patienceMs = 30_000;

/** Every metric that the dashboard takes for the process is exposed. */
export function checkProcessMetrics(
  metrics: string,
  repository: Repository,
): void {
  const names = Object.values(repository.template.constants.metrics ?? {});
  for (const name of names) {
    assert.match(metrics, new RegExp(`^${name}(\\{.*\\})? [\\d.e+-]+$`, 'im'));
  }
}

/** In production a service that was told nothing must refuse to run, and say why. */
export async function checkRefusal(
  repository: Repository,
  language: Language,
  required: string[],
): Promise<void> {
  const service = new RunningService(repository, language, await freePort(), {
    APP_ENV: 'production',
    NODE_ENV: 'production',
  });
  const timer = setTimeout(() => service.stop(), patienceMs);
  assert.equal(await service.ended, 1, 'its exit code without settings');
  clearTimeout(timer);
  const problems = service.logs().flatMap(line => line.problems ?? []);
  for (const name of required) {
    assert.ok(
      problems.some(problem => String(problem).startsWith(`${name}: `)),
      `${name} is among the problems`,
    );
  }
}
