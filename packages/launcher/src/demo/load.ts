import fs from 'node:fs/promises';
import path from 'node:path';
import { paths } from '../paths.ts';
import { portalUrl } from '../portal/environment.ts';
import { loadSecrets } from '../secrets.ts';
import { deliverStory, type OnProgress } from './deliveries.ts';
import { setDemoGoals } from './goals.ts';
import { demoStory } from './story.ts';

/** What is remembered of the load: with the data, so that it goes when the data goes. */
type Memory = {
  /** The end of the story: one that was interrupted is told again, not another. */
  until: number;
  loaded: boolean;
};

const memoryFile = () => path.join(paths.data, 'demo-deliveries.json');

async function recall(): Promise<Memory | undefined> {
  try {
    return JSON.parse(await fs.readFile(memoryFile(), 'utf8'));
  } catch {
    // Never loaded, or cut short by a kill before anything was.
    return undefined;
  }
}

async function remember(memory: Memory): Promise<void> {
  const partial = `${memoryFile()}.partial`;
  await fs.writeFile(partial, JSON.stringify(memory));
  await fs.rename(partial, memoryFile());
}

/** Whether this start is to load the demo's deliveries: once, and never into a server of somebody's own. */
export async function lacksDeliveries(
  env: NodeJS.ProcessEnv = process.env,
): Promise<boolean> {
  return !env.POSTGRES_HOST && !(await recall())?.loaded;
}

/** Loads the demo's year of deliveries, and then the goals of its teams, into the running portal. */
export async function loadDeliveries(
  onProgress: OnProgress,
  signal?: AbortSignal,
): Promise<{ lines: number; webhooks: number }> {
  const memory = (await recall()) ?? { until: Date.now(), loaded: false };
  await remember(memory);
  const { deliveryToken, githubWebhookSecret, pagerdutyWebhookSecret } =
    await loadSecrets();
  const told = await deliverStory({
    door: {
      url: portalUrl,
      token: deliveryToken,
      signal,
      secrets: {
        github: githubWebhookSecret,
        pagerduty: pagerdutyWebhookSecret,
      },
    },
    facts: await demoStory(memory.until),
    until: memory.until,
    onProgress,
  });
  await setDemoGoals({ url: portalUrl, signal });
  await remember({ ...memory, loaded: true });
  return told;
}
