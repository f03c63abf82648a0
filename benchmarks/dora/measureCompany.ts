import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { folder } from '../settings.ts';
import { setGoals } from './goals.ts';
import { historyOf, type Size } from './history.ts';
import { figureTable, measurePanel, type Figure } from '../panels.ts';
import { componentPanels, organisationPanels } from './pages.ts';
import type { DoraPortal } from './portal.ts';

/** How long an import of everything took, in seconds. */
type Import = { lines: number; acknowledged: number; computed: number };

/** Writes a history into a file: while it is sent, making it up would take the processor from the portal. */
async function writeHistory(size: Size): Promise<string> {
  const name = path.join(folder, `dora-${size.name}.ndjson`);
  const file = await fs.open(name, 'w');
  try {
    for (const text of historyOf(size)) await file.write(text);
  } finally {
    await file.close();
  }
  return name;
}

/** Sends the history of the company through the import, as one request. */
async function fill(portal: DoraPortal): Promise<Import> {
  const name = await writeHistory(portal.size);
  const bytes = createReadStream(name, { highWaterMark: 256 * 1024 });
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const response = await portal.fetch('/api/dora/import', {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: Readable.toWeb(bytes) as ReadableStream as RequestInit['body'],
    duplex: 'half',
  });
  const report = (await response.json()) as {
    lines: number;
    accepted: number;
    unmatched: number;
  };
  const acknowledged = seconds();
  await fs.rm(name);
  const { deployments, changes, incidents } = portal.size;
  const wanted = deployments + changes + incidents;
  if (report.accepted !== wanted || report.unmatched > 0) {
    throw new Error(
      `Of ${wanted} lines ${report.accepted} were accepted, ${report.unmatched} of them for nobody`,
    );
  }
  await portal.untilUpToDate();
  await portal.markFilled();
  return { lines: report.lines, acknowledged, computed: seconds() };
}

/** Starts the portal with the company in it. @returns how its import went, where it was not there yet */
export async function startFilled(
  portal: DoraPortal,
): Promise<Import | undefined> {
  const filled = await portal.isFilled();
  await portal.start({ empty: !filled });
  return filled ? undefined : fill(portal);
}

function importTable({ lines, acknowledged, computed }: Import): string {
  const row = (what: string, seconds: number) =>
    `| ${what} | ${seconds.toFixed(1)} s | ${Math.round(lines / seconds)} |`;
  return [
    `| Import of ${lines} lines | Time | Lines a second |`,
    '| --- | --- | --- |',
    row('Until all are acknowledged', acknowledged),
    row('Until all numbers are computed', computed),
  ].join('\n');
}

/** Imports a company where that is still to be done, and asks for its pages. */
export async function measureCompany(
  portal: DoraPortal,
  options: { organisationMs: number; componentMs: number; times: number },
): Promise<string> {
  const { organisationMs, componentMs, times } = options;
  const imported = await startFilled(portal);
  await setGoals(portal);
  const figures: Figure[] = [];
  for (const panel of organisationPanels) {
    figures.push(
      await measurePanel(portal, panel, { times, limitMs: organisationMs }),
    );
  }
  for (const panel of componentPanels(portal)) {
    figures.push(
      await measurePanel(portal, panel, { times, limitMs: componentMs }),
    );
  }
  return [
    ...(imported ? [importTable(imported)] : []),
    figureTable(figures),
  ].join('\n\n');
}
