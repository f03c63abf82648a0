import fs from 'node:fs/promises';
import { openAsBlob } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { figureTable, measurePanel, type Figure } from '../panels.ts';
import type { KeptPortal } from '../portals/KeptPortal.ts';
import { scan, writeBill, type Size } from './bill.ts';
import { entityPanels, explorerPanels, overviewPanels } from './pages.ts';

/** What DuckDB may use, in the portal and beside it. */
export const limits = { memoryMb: 1024, threads: 2 };

/** How long each step took, in seconds, and the most memory that the backend had. */
type Taken = {
  rows: number;
  bytes: number;
  scan: number;
  sent: number;
  read: number;
  counted: number;
  peakMb: number;
};

type Import = { id: string; state: string; error: string | null };

/** Has the kernel count the most memory of a process anew. */
const forgetPeak = (pid: number) =>
  fs.writeFile(`/proc/${pid}/clear_refs`, '5');

async function peakMb(pid: number): Promise<number> {
  const status = await fs.readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

async function fill(portal: KeptPortal, size: Size): Promise<Taken> {
  const file = await writeBill(size);
  const scanned = await scan(file, limits);
  if (scanned.rows !== size.rows) {
    throw new Error(`The file has ${scanned.rows} rows`);
  }
  await forgetPeak(portal.pid);
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const response = await portal.fetch(
    '/api/costs/imports?source=measured&filename=bill.csv.gz',
    {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: await openAsBlob(file),
    },
  );
  let one = (await response.json()) as Import;
  const sent = seconds();
  let read = sent;
  while (!['done', 'failed'].includes(one.state)) {
    await delay(100);
    one = await portal.get<Import>(`/api/costs/imports/${one.id}`);
    if (one.state === 'reading') read = seconds();
  }
  const counted = seconds();
  if (one.state === 'failed') throw new Error(`It was refused: ${one.error}`);
  await portal.markFilled();
  return {
    rows: size.rows,
    bytes: (await fs.stat(file)).size,
    scan: scanned.seconds,
    sent,
    read: read - sent,
    counted,
    peakMb: await peakMb(portal.pid),
  };
}

function importTable(taken: Taken): string {
  const { rows, bytes, scan: bare, sent, read, counted, peakMb: peak } = taken;
  const row = (what: string, seconds: number) =>
    `| ${what} | ${seconds.toFixed(1)} s | ${(seconds / bare).toFixed(2)}× |`;
  return [
    `| Import of ${rows} rows, ${Math.round(
      bytes / 1e6,
    )} MB in gzip | Time | ÷ bare scan |`,
    '| --- | --- | --- |',
    row('Bare scan of the file by DuckDB', bare),
    row('Until it is sent', sent),
    row('Until it is checked and summed up', sent + read),
    row('Until it counts, allocated', counted),
    '',
    `The backend had ${Math.round(
      peak,
    )} MB of resident memory at most, with everything that a portal does.`,
  ].join('\n');
}

/** What is stored of the bill. */
async function storedText(portal: KeptPortal): Promise<string> {
  const client = await portal.tablesOf('costs');
  try {
    await client.query('vacuum analyze');
    const { rows } = await client.query(
      `select (select count(*) from charges)::int as charges,
        (select count(*) from items)::int as items,
        (select count(*) from spend)::int as spend,
        (select sum(pg_total_relation_size(c.oid)) / 1e6 from pg_class c
          where c.relnamespace = 'costs'::regnamespace and c.relkind = 'r')::int as mb`,
    );
    const [{ charges, items, spend, mb }] = rows;
    return `Stored are ${charges} charges of ${items} items by day, and ${spend} sums of them that pages read: ${mb} MB in PostgreSQL.`;
  } finally {
    await client.end();
  }
}

/** Imports a bill where that is still to be done, and asks for the pages. */
export async function measureBill(
  portal: KeptPortal,
  size: Size,
  options: { times: number; limitMs: number },
): Promise<string> {
  const filled = await portal.isFilled();
  await portal.start({ empty: !filled });
  const taken = filled ? undefined : await fill(portal, size);
  const stored = await storedText(portal);
  const figures: Figure[] = [];
  for (const panel of [
    ...overviewPanels,
    ...explorerPanels,
    ...entityPanels(size),
  ]) {
    figures.push(await measurePanel(portal, panel, options));
  }
  return [
    ...(taken ? [importTable(taken)] : []),
    stored,
    figureTable(figures),
  ].join('\n\n');
}
