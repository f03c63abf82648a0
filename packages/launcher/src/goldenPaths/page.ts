import { AxeBuilder } from '@axe-core/playwright';
import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser } from 'playwright-core';
import { Site } from './site.ts';
import type { Repository } from './step.ts';

const patienceMs = 30_000;

const looks = [
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 1440 },
  { colorScheme: 'light', width: 320 },
  { colorScheme: 'dark', width: 320 },
] as const;

/** Opens the page as one visitor would, and looks at it with every rule of axe. */
async function look(
  browser: Browser,
  url: string,
  { colorScheme, width }: (typeof looks)[number],
): Promise<void> {
  const context = await browser.newContext({
    colorScheme,
    viewport: { width, height: 900 },
  });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', message => {
    if (message.type() !== 'log') complaints.push(message.text());
  });
  page.on('pageerror', error => complaints.push(error.message));
  await page.goto(url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(
    violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
    [],
    `axe, ${colorScheme}, ${width} pixels`,
  );
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth > window.innerWidth,
  );
  assert.ok(!wide, `it is not wider than ${width} pixels`);
  // Vitals are final once somebody did something, and sent when the page is left.
  await page.getByRole('heading', { level: 1 }).click();
  await page.goto('about:blank');
  assert.deepEqual(complaints, [], 'nothing in the console');
  await context.close();
}

/** What a website of a golden path promises in a browser, with its headers and the settings of an environment. */
export async function checkPage(
  repository: Repository,
  program: string,
): Promise<void> {
  const site = await Site.start(repository.folder);
  await fs.writeFile(
    path.join(repository.folder, 'dist/settings.json'),
    JSON.stringify({ environment: 'test', reportsUrl: '/reports' }),
  );
  const browser = await chromium.launch({
    executablePath: program,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    for (const one of looks) await look(browser, site.url, one);
    const deadline = Date.now() + patienceMs;
    const reported = () => site.reports.some(text => text.includes('"LCP"'));
    while (!reported() && Date.now() < deadline) await sleep(20);
    assert.ok(reported(), `web vitals were sent: ${site.reports.join('\n')}`);
    for (const text of site.reports) {
      const { service, environment } = JSON.parse(text);
      assert.deepEqual(
        { service, environment },
        { service: repository.answers.name, environment: 'test' },
      );
    }
  } finally {
    await browser.close();
    await site.stop();
  }
}
