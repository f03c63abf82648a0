import assert from 'node:assert/strict';
import { freePort } from '../ports.ts';
import { FlagsFile } from './flagsFile.ts';
import type { Language } from './languages.ts';
import { Materializing } from './materializing.ts';
import { RunningService } from './runningService.ts';
import type { Repository } from './step.ts';

/** The night after a day: what its schedule would do is asked, and not done. */
const night = Date.UTC(2026, 2, 5, 2) / 1000;

const question = `mutation ($night: Float!) {
  scheduleDryRun(
    selectorData: {
      repositoryLocationName: "service"
      repositoryName: "__repository__"
      scheduleName: "every_night"
    }
    timestamp: $night
  ) {
    __typename
    ... on DryRunInstigationTick {
      evaluationResult {
        skipReason
        runRequests { runKey }
      }
    }
  }
}`;

type Evaluation = {
  skipReason: string | null;
  runRequests: { runKey: string }[] | null;
};

/** What the schedule answers to Dagster's own pages, once they know it. */
async function evaluate(port: string): Promise<Evaluation | undefined> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: question, variables: { night } }),
  });
  const { data } = await response.json();
  return data?.scheduleDryRun?.evaluationResult ?? undefined;
}

async function checkTurned(port: string, flags: FlagsFile): Promise<void> {
  for (const variant of ['on', 'off', 'on'] as const) {
    await flags.turn(variant);
    const told = await evaluate(port);
    const begins = variant === 'on' ? 1 : 0;
    assert.equal(told?.runRequests?.length ?? 0, begins, JSON.stringify(told));
    if (!begins) assert.match(told?.skipReason ?? '', /flag .+ is off/);
  }
}

/**
 * Turns the flags of a pipeline off and on again while it runs: no night begins
 * a run meanwhile, Dagster says why, and nothing starts anew.
 */
export async function checkNights(
  repository: Repository,
  language: Language,
): Promise<void> {
  const work = await Materializing.start(repository);
  const flags = await FlagsFile.of(repository);
  await flags.turn('on');
  const service = new RunningService(repository, language, await freePort(), {
    ...work.settings,
    FLAGS_FILE: flags.path,
  });
  const { WEBSERVER_PORT: port = '' } = work.settings;
  try {
    await service.whileRunning(async () => {
      await service.isReady();
      await service.untilAnswers(`http://127.0.0.1:${port}/server_info`);
      await service.until('its pages know the schedule', async () =>
        Boolean(await evaluate(port)),
      );
      await checkTurned(port, flags);
    });
  } finally {
    await work.stop();
  }
}
