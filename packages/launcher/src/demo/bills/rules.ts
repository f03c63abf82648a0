import { setTimeout as delay } from 'node:timers/promises';
import { LaunchFailure } from '../../failure.ts';
import { dateOf } from '../calendar.ts';
import { requireOk } from '../door.ts';
import type { BillDoor } from './deliver.ts';
import { monthsUntil } from './months.ts';

type Reallocation = { id: string; state: string };
type Rule = { id: string } & Record<string, unknown>;

/** What the demo organisation agreed on, before and after the rules that hold anyway. */
const first: Rule[] = [
  {
    id: 'resource-tag',
    title: 'The tag resource names a resource',
    by: 'name',
    value: 'Tags/resource',
    kind: 'resource',
  },
];
const last: Rule[] = [
  {
    id: 'network',
    title: 'The network is everybody’s',
    where: 'ServiceName=Amazon Virtual Private Cloud',
    by: 'share',
    split: 'use',
  },
  {
    id: 'support',
    title: 'Support is everybody’s',
    where: 'ServiceName=AWS Support (Business)',
    by: 'share',
    split: 'use',
  },
  {
    id: 'savings-plan',
    title: 'The savings plan is of those who run on AWS',
    where: 'ServiceName=Savings Plans for AWS Compute usage',
    by: 'share',
    split: 'use',
  },
];

/** Puts the rules of the demo organisation in force, where they are not. */
export async function setBillRules(
  door: BillDoor,
  until: number,
): Promise<void> {
  const headers = {
    authorization: `Bearer ${door.token}`,
    'content-type': 'application/json',
  };
  const { url, signal } = door;
  const current = await requireOk(
    await fetch(`${url}/api/costs/rules`, { headers, signal }),
    'The question for the rules of allocation',
  );
  const { id, rules } = (await current.json()) as {
    id: string | null;
    rules: Rule[];
  };
  // Somebody's own rules are left as they are.
  if (id !== null) return;
  const months = monthsUntil(until);
  const answer = await requireOk(
    await fetch(`${url}/api/costs/rules`, {
      method: 'PUT',
      headers,
      body: JSON.stringify({
        rules: [...first, ...rules, ...last],
        from: dateOf(months[0].start),
        to: dateOf(months[months.length - 1].end),
        basedOn: id,
      }),
      signal,
    }),
    'The rules of allocation',
  );
  const { id: change, ...begun } = (await answer.json()) as Reallocation;
  let { state } = begun;
  while (state !== 'done') {
    if (state === 'failed') {
      throw new LaunchFailure(
        'The portal could not put the rules of allocation in force',
        'Read .waymark/logs/portal.log for the reason; the next npm start tries again.',
      );
    }
    await delay(100, undefined, { signal });
    const asked = await requireOk(
      await fetch(`${url}/api/costs/reallocations/${change}`, {
        headers,
        signal,
      }),
      'The question whether the rules of allocation are in force',
    );
    ({ state } = (await asked.json()) as Reallocation);
  }
}
