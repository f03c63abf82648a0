import { requireOk } from '../door.ts';
import type { BillDoor } from './deliver.ts';
import { monthsUntil } from './months.ts';

/** What the demo organisation's treasury reckons a euro as in each month of the story, in dollars. */
const dollars = [
  '1.0821',
  '1.0794',
  '1.0868',
  '1.0912',
  '1.0935',
  '1.1004',
  '1.0973',
  '1.0889',
  '1.0956',
  '1.1031',
  '1.1078',
  '1.1042',
  '1.1015',
];

/** A rate for each month, as CSV. */
export const billRates = (until: number): string =>
  [
    'from,to,day,rate,source',
    ...monthsUntil(until).map(
      ({ index, name }) =>
        `EUR,USD,${name}-01,${dollars[index]},Larkspur treasury`,
    ),
  ].join('\n');

/** Brings the exchange rates of the demo organisation, where there are none. */
export async function setBillRates(
  door: BillDoor,
  until: number,
): Promise<void> {
  const { url, token, signal } = door;
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
  };
  const address = `${url}/api/costs/exchange-rates`;
  const known = await requireOk(
    await fetch(address, { headers, signal }),
    'The question for the exchange rates',
  );
  const { total } = (await known.json()) as { total: number };
  // Somebody's own rates are left as they are.
  if (total > 0) return;
  await requireOk(
    await fetch(address, {
      method: 'POST',
      headers,
      body: JSON.stringify({ csv: billRates(until) }),
      signal,
    }),
    'The exchange rates',
  );
}
