import { setTimeout as delay } from 'node:timers/promises';
import { instantOf, type Fact } from './facts.ts';
import { day } from './calendar.ts';
import { LaunchFailure } from '../failure.ts';
import { requireOk, type OnProgress } from './door.ts';
import { lineOf } from './lines.ts';
import { webhooksOf, type SigningSecrets, type Webhook } from './webhooks.ts';

/** The last days come as they happen: by webhook. */
const webhookDays = 3;
const linesAtOnce = 500;
/** Deliveries on their way at one time. */
const lanes = 8;

/** Where deliveries go, and what lets them in. */
export type FrontDoor = {
  /** The portal's address. */
  url: string;
  /** Opens the import. */
  token: string;
  secrets: SigningSecrets;
  /** Ends the delivery half-way; the next one takes up the same story. */
  signal?: AbortSignal;
};

type Report = {
  unmatched: number;
  rejected: number;
  errors: { message: string }[];
};

async function postLines(
  door: FrontDoor,
  body: ReadableStream<Uint8Array>,
): Promise<Report> {
  // Node needs to be told that the answer comes after the last line; the types do not know of it.
  const request: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    headers: {
      authorization: `Bearer ${door.token}`,
      'content-type': 'application/x-ndjson',
    },
    body,
    duplex: 'half',
    signal: door.signal,
  };
  const response = await requireOk(
    await fetch(`${door.url}/api/dora/import`, request),
    'The import of the demo deliveries',
  );
  const report = (await response.json()) as Report;
  if (report.rejected > 0) {
    throw new LaunchFailure(
      `${report.rejected} demo deliveries were refused: ${report.errors[0]?.message}`,
      'This is a fault of the demo itself; the portal works without them.',
    );
  }
  return report;
}

/**
 * On a first start the catalog is still being read. A line of each service
 * finds out when all are known, so that nothing has to wait for its component.
 */
async function untilServicesAreKnown(
  door: FrontDoor,
  facts: Fact[],
): Promise<void> {
  const firsts = new Map<string, Fact>();
  for (const fact of facts) {
    if (!firsts.has(fact.service.name)) firsts.set(fact.service.name, fact);
  }
  const lines = [...firsts.values()].map(lineOf).join('\n');
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const { unmatched } = await postLines(door, new Blob([lines]).stream());
    if (unmatched === 0) return;
    await delay(1000, undefined, { signal: door.signal });
  }
}

async function importLines(
  door: FrontDoor,
  facts: Fact[],
  onProgress: OnProgress,
): Promise<void> {
  const encoder = new TextEncoder();
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    // Asked for as the portal reads: what was sent is what it has taken.
    pull(controller) {
      const lines = facts.slice(sent, sent + linesAtOnce).map(lineOf);
      sent += lines.length;
      if (lines.length === 0) {
        controller.close();
        return;
      }
      controller.enqueue(encoder.encode(`${lines.join('\n')}\n`));
      onProgress(sent / facts.length);
    },
  });
  await postLines(door, body);
}

async function sendWebhooks(
  door: FrontDoor,
  webhooks: Webhook[],
  onProgress: OnProgress,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < webhooks.length) {
      const webhook = webhooks[next];
      next += 1;
      const response = await requireOk(
        await fetch(`${door.url}/api/dora/webhooks/${webhook.source}`, {
          method: 'POST',
          headers: webhook.headers,
          body: webhook.body,
          signal: door.signal,
        }),
        `A delivery of ${webhook.source}`,
      );
      await response.body?.cancel();
      onProgress(next / webhooks.length);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function untilCounted(door: FrontDoor): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline) {
    const response = await requireOk(
      await fetch(`${door.url}/api/dora/status`, {
        headers: { authorization: `Bearer ${door.token}` },
        signal: door.signal,
      }),
      'The question whether the numbers are up to date',
    );
    const { upToDate } = (await response.json()) as { upToDate: boolean };
    if (upToDate) return;
    await delay(500, undefined, { signal: door.signal });
  }
}

/**
 * Hands a story to the portal as the delivery systems of an organisation
 * would: the past as an import, the last days as signed webhooks. Handed in
 * again, the same story changes nothing.
 *
 * @param until - the end of the story, in milliseconds
 * @throws LaunchFailure when the portal refuses some of it
 */
export async function deliverStory(options: {
  door: FrontDoor;
  facts: Fact[];
  until: number;
  onProgress: OnProgress;
}): Promise<{ lines: number; webhooks: number }> {
  const { door, facts, until, onProgress } = options;
  const since = until - webhookDays * day;
  const past = facts.filter(fact => instantOf(fact) < since);
  const webhooks = webhooksOf(
    facts.filter(fact => instantOf(fact) >= since),
    door.secrets,
  );
  await untilServicesAreKnown(door, past);
  await importLines(door, past, share => onProgress(share * 0.6));
  await sendWebhooks(door, webhooks, share => onProgress(0.6 + share * 0.2));
  await untilCounted(door);
  onProgress(1);
  return { lines: past.length, webhooks: webhooks.length };
}
