import { setTimeout as delay } from 'node:timers/promises';
import { LaunchFailure } from '../../failure.ts';
import { requireOk, type OnProgress } from '../door.ts';
import type { Bill } from './bills.ts';

/** Where bills go, and what lets them in. */
export type BillDoor = {
  /** The portal's address. */
  url: string;
  /** Opens the import. */
  token: string;
  /** Ends it half-way; the next time begins anew, and what is there changes nothing. */
  signal?: AbortSignal;
};

type Import = { id: string; state: string; error: string | null };

/** Long enough for a busy machine; a file takes less than a second. */
const longestMs = 120_000;

async function hand(door: BillDoor, bill: Bill): Promise<Import> {
  const query = new URLSearchParams({
    source: bill.provider,
    filename: bill.filename,
  });
  const response = await requireOk(
    await fetch(`${door.url}/api/costs/imports?${query}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${door.token}`,
        'content-type': 'application/octet-stream',
      },
      body: await bill.content(),
      signal: door.signal,
    }),
    `The bill ${bill.filename}`,
  );
  return (await response.json()) as Import;
}

/** Waits until the portal has read a file. */
async function untilRead(door: BillDoor, handed: Import): Promise<Import> {
  const deadline = Date.now() + longestMs;
  let last = handed;
  while (!['done', 'unchanged', 'failed'].includes(last.state)) {
    if (Date.now() > deadline) {
      throw new LaunchFailure(
        `The portal has not read a bill after ${longestMs / 1000} seconds`,
        'Read .waymark/logs/portal.log for the reason; the next npm start goes on with it.',
      );
    }
    await delay(100, undefined, { signal: door.signal });
    const response = await requireOk(
      await fetch(`${door.url}/api/costs/imports/${handed.id}`, {
        headers: { authorization: `Bearer ${door.token}` },
        signal: door.signal,
      }),
      'The question whether a bill is read',
    );
    last = (await response.json()) as Import;
  }
  return last;
}

/**
 * Hands bills to the portal as files, as a provider's export does. Handed in
 * again, the same files change nothing.
 *
 * @throws LaunchFailure when the portal refuses one
 */
export async function deliverBills(options: {
  door: BillDoor;
  bills: Iterable<Bill>;
  /** How many there are. */
  count: number;
  onProgress: OnProgress;
}): Promise<{ files: number; rows: number }> {
  const { door, bills, count, onProgress } = options;
  const handed: { bill: Bill; given: Import }[] = [];
  // The portal reads one while the next is written.
  for (const bill of bills) {
    handed.push({ bill, given: await hand(door, bill) });
    onProgress((handed.length / count) * 0.5);
  }
  let rows = 0;
  for (const [index, { bill, given }] of handed.entries()) {
    const { state, error } = await untilRead(door, given);
    if (state === 'failed') {
      throw new LaunchFailure(
        `The portal refused the bill ${bill.filename}: ${error}`,
        'This is a defect of the demo; the imports page of the portal shows the report.',
      );
    }
    rows += bill.rows;
    onProgress(0.5 + ((index + 1) / handed.length) * 0.5);
  }
  return { files: handed.length, rows };
}
