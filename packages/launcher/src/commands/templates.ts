import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { say } from '../console/progress.ts';
import { LaunchFailure } from '../failure.ts';
import {
  checkMigration,
  checkTemplate,
  stepNames,
  type Report,
} from '../goldenPaths/check.ts';
import { reportPage, writeReport } from '../goldenPaths/report.ts';
import { readMigrations, readTemplates } from '../goldenPaths/template.ts';
import { paths } from '../paths.ts';

function machine(): string {
  const memory = Math.round(os.totalmem() / 2 ** 30);
  return `${os.cpus().length} cores and ${memory} GB of memory`;
}

/**
 * `npm run templates:test`: renders, builds, starts and looks at every golden
 * path, or at the one of the given name. What it saw of each is written into
 * the documentation. Of a template that changes what is there, it looks at the
 * template.
 */
export async function templates([wanted]: string[]): Promise<void> {
  const reports: Report[] = [];
  for (const template of await readTemplates(wanted)) {
    reports.push(await checkTemplate(template, true));
  }
  if (reports.length) {
    const page = path.join(paths.root, reportPage);
    const before = wanted ? await fs.readFile(page, 'utf8') : '';
    await fs.writeFile(
      page,
      writeReport(reports, stepNames, machine(), before),
    );
    say(`\nWritten to ${reportPage}.`);
  }
  // They make nothing, so the page, which is about what was made, has no place for them.
  for (const template of await readMigrations(wanted)) {
    reports.push(await checkMigration(template, true));
  }
  const failed = reports.flatMap(({ template, results }) =>
    results
      .filter(({ ended }) => ended === 'failed')
      .map(({ step }) => `${template.name}: ${step}`),
  );
  if (failed.length) {
    throw new LaunchFailure(
      `Failed: ${failed.join(', ')}.`,
      `The reasons stand above; what was rendered is in ${path.relative(
        paths.root,
        path.join(paths.home, 'templates'),
      )}.`,
    );
  }
}
