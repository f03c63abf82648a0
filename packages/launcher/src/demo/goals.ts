import { LaunchFailure } from '../failure.ts';
import { signIn } from '../identity/signIn.ts';
import { dateOf, day } from './calendar.ts';

const hours = 3600;

/** What a team of the demo organisation wants, and who decided it. */
type DemoGoal = {
  lead: string;
  group: string;
  metric: string;
  percentile?: 'p50' | 'p75' | 'p90';
  target: number;
  /** Days from today. */
  start: number;
  due?: number;
};

/** The tutorial tells of these in words. */
const goals: DemoGoal[] = [
  // What the improving team set out for, and did.
  {
    lead: 'elena',
    group: 'checkout',
    metric: 'changeLeadTime',
    target: 24 * hours,
    start: -240,
    due: 30,
  },
  {
    lead: 'elena',
    group: 'checkout',
    metric: 'changeFailRate',
    target: 0.05,
    start: -240,
    due: 30,
  },
  // Careful people want to be so for the slow ones too.
  {
    lead: 'jonas',
    group: 'ledger',
    metric: 'changeLeadTime',
    percentile: 'p90',
    target: 96 * hours,
    start: -90,
    due: 60,
  },
  {
    lead: 'jonas',
    group: 'ledger',
    metric: 'deploymentFrequency',
    target: 2,
    start: -90,
  },
  // The struggling team moves away from what it wants.
  {
    lead: 'grace',
    group: 'fulfilment',
    metric: 'changeFailRate',
    target: 0.15,
    start: -120,
    due: 21,
  },
  {
    lead: 'hannah',
    group: 'storefront',
    metric: 'failedDeploymentRecoveryTime',
    target: 0.5 * hours,
    start: -60,
    due: 90,
  },
  // Set from above, for all teams together.
  {
    lead: 'priya',
    group: 'payments-group',
    metric: 'changeFailRate',
    target: 0.05,
    start: -180,
    due: 45,
  },
];

/**
 * Has the leads of the demo organisation set their goals, each signed in as
 * themselves. A goal that is set already is left as it is.
 *
 * @throws LaunchFailure when the portal refuses one
 */
export async function setDemoGoals(options: {
  url: string;
  signal?: AbortSignal;
}): Promise<void> {
  const { url, signal } = options;
  const now = Date.now();
  const tokens = new Map<string, string>();
  for (const { lead, group, start, due, ...goal } of goals) {
    const token = tokens.get(lead) ?? (await signIn(url, lead));
    tokens.set(lead, token);
    const response = await fetch(`${url}/api/dora/goals`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        ...goal,
        entityRef: `group:default/${group}`,
        start: dateOf(now + start * day),
        ...(due === undefined ? {} : { due: dateOf(now + due * day) }),
      }),
      signal,
    });
    const text = await response.text();
    if (!response.ok && response.status !== 409) {
      throw new LaunchFailure(
        `A demo goal of ${group} was answered ${response.status}: ${text.slice(
          0,
          300,
        )}`,
        'Read .waymark/logs/portal.log for the reason; the next npm start goes on with it.',
      );
    }
  }
}
