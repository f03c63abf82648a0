import { portalUrl } from '../portal/environment.ts';
import { loadSecrets } from '../secrets.ts';
import { deliverStory } from './deliveries.ts';
import type { OnProgress } from './door.ts';
import { setDemoGoals } from './goals.ts';
import { recall, remember } from './memory.ts';
import { demoStory } from './story.ts';

/** Under which name it is remembered that the deliveries are loaded. */
export const deliveriesLoad = 'deliveries';

/** Loads the demo's year of deliveries, and then the goals of its teams, into the running portal. */
export async function loadDeliveries(
  onProgress: OnProgress,
  signal?: AbortSignal,
): Promise<{ lines: number; webhooks: number }> {
  const memory = (await recall(deliveriesLoad)) ?? {
    until: Date.now(),
    loaded: false,
  };
  await remember(deliveriesLoad, memory);
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
  await remember(deliveriesLoad, { ...memory, loaded: true });
  return told;
}
