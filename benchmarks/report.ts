import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Result, Row } from './results.ts';
import { root } from './settings.ts';
import { median } from './statistics.ts';

const digits = { s: 2, ms: 1, MB: 0, kB: 0 };

function show(samples: number[], unit: Row['unit']): string {
  if (!samples.length) return 'not measured';
  const text = (value: number) => value.toFixed(digits[unit]);
  const middle = `${text(median(samples))} ${unit}`;
  return samples.length === 1
    ? middle
    : `${middle} (${text(Math.min(...samples))}–${text(Math.max(...samples))})`;
}

function ratio({ waymark, vanilla }: Row): string {
  if (!waymark.length || !vanilla.length) return '–';
  return `${(median(waymark) / median(vanilla)).toFixed(2)}×`;
}

function table(rows: Row[]): string {
  const lines = rows.map(row =>
    [
      row.name,
      show(row.waymark, row.unit),
      show(row.vanilla, row.unit),
      ratio(row),
      `${row.waymark.length} and ${row.vanilla.length}`,
    ].join(' | '),
  );
  return [
    '| What | Waymark | Vanilla | Waymark ÷ vanilla | Samples |',
    '| --- | --- | --- | --- | --- |',
    ...lines.map(line => `| ${line} |`),
  ].join('\n');
}

const beforeAndAfter = ([before, after]: [number, number]) =>
  `${before.toFixed(1)} before, ${after.toFixed(1)} after`;

/** When it was measured, with what, and how busy and fast the machine was. */
function measuredText(result: Result): string {
  const { part, command, when, load, yardstick } = result;
  const at = when.slice(0, 16).replace('T', ' ');
  const run = command ?? `benchmarks/run.ts ${part}`;
  const speed = yardstick
    ? `; yardstick ${beforeAndAfter(yardstick)}, in ms`
    : '';
  return `Measured ${at} UTC with \`node --experimental-strip-types ${run}\`; load average ${beforeAndAfter(
    load,
  )}${speed}.`;
}

function section(result: Result): string {
  const { title, method } = result;
  return [
    `## ${title}`,
    'rows' in result ? table(result.rows) : result.table,
    method,
    measuredText(result),
  ].join('\n\n');
}

function machine(): string {
  const memory = Math.round(os.totalmem() / 2 ** 30);
  const processor = os.cpus()[0]?.model.trim() ?? 'unknown processor';
  return `${
    os.cpus().length
  } × ${processor}, ${memory} GB of memory, ${os.type()} ${os.release()}, Node ${
    process.versions.node
  }, embedded PostgreSQL 18`;
}

/** What tells which part a section is of: the command that measured it. */
function commandIn(text: string): string | undefined {
  return /`node --experimental-strip-types ([^`]+)`/.exec(text)?.[1];
}

/** The sections of an earlier report by the commands that measured them. */
async function earlier(file: string): Promise<Map<string, string>> {
  const text = await fs.readFile(file, 'utf8').catch(() => '');
  const [, ...sections] = text.split(/^(?=## )/m);
  return new Map(
    sections.flatMap(one => {
      const command = commandIn(one);
      return command ? [[command, one.trim()] as const] : [];
    }),
  );
}

/**
 * Writes results.md from what was measured, with the machine's description.
 * Sections of parts that were measured elsewhere stay as they are.
 */
export async function writeReport(results: Result[]): Promise<string> {
  const file = path.join(root, 'benchmarks', 'results.md');
  const sections = await earlier(file);
  for (const result of results) {
    const text = section(result);
    sections.set(commandIn(text) ?? result.part, text);
  }
  const text = [
    '# Waymark beside a vanilla Backstage 1.55 app',
    'Written by `benchmarks/run.ts`; what it means is in [README.md](README.md). Medians, with the least and the greatest in parentheses; smaller is better everywhere.',
    `Machine of the last part: ${machine()}. The portals take turns, so that a noisy neighbour meets both; with a load average above the number of processors, trust the ratios more than the figures. The yardstick is work that is always the same, 100,000 records through JSON and back: divide figures of different days by it before you compare them.`,
    ...sections.values(),
  ].join('\n\n');
  await fs.writeFile(file, `${text}\n`);
  execFileSync(process.execPath, [
    path.join(root, 'node_modules', 'prettier', 'bin-prettier.js'),
    '--write',
    file,
  ]);
  return file;
}
