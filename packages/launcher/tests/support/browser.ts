import { AxeBuilder } from '@axe-core/playwright';
import { after } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import { portalUrl } from '../../src/portal/environment.ts';

/** Chromium in a container, without anything that calls home. */
const options = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Why a browser test is skipped, or false when there is a browser. */
export const noBrowser = process.env.WAYMARK_BROWSER
  ? (false as const)
  : 'no Chromium was found, and none could be installed';

/**
 * One browser for a file of tests: it starts when the first window is asked for
 * and is closed, with every window, after the last test.
 *
 * @returns opens a window of its own; nothing is shared with another
 */
export function windows(): (look?: { width?: number }) => Promise<Page> {
  let starting: Promise<Browser> | undefined;
  after(async () => (await starting)?.close());
  return async ({ width = 1440 } = {}) => {
    starting ??= chromium.launch({
      executablePath: process.env.WAYMARK_BROWSER,
      args: options,
    });
    const browser = await starting;
    const context = await browser.newContext({
      baseURL: portalUrl,
      colorScheme: 'light',
      viewport: { width, height: 900 },
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(60_000);
    return context.newPage();
  };
}

/** Signs in through the pages a person sees. */
export async function signInAs(
  page: Page,
  person: string,
  displayName: string,
): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Continue with Larkspur' }).click();
  await page.getByRole('button', { name: displayName }).click();
  await page
    .getByRole('heading', { level: 1, name: displayName.split(' ')[0] })
    .waitFor();
  if (!page.url().startsWith(portalUrl)) {
    throw new Error(`${person} was not led back to the portal: ${page.url()}`);
  }
}

/**
 * What a chosen option said to a screen reader stays for seven seconds as an
 * image that is named by its field (the live announcer of react-aria), also
 * when the page with the field is gone. It is heard once, when it is put there,
 * and afterwards it is no part of any page.
 */
async function untilSaid(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll('[data-live-announcer] [role=img]')].every(
      said =>
        said
          .getAttribute('aria-labelledby')
          ?.split(' ')
          .every(id => document.getElementById(id)),
    ),
  );
}

/**
 * Waits until nothing on the page is busy, as what is faint while a new answer
 * is on its way, and nothing moves that has an end; a skeleton has none.
 */
async function untilStill(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      !document.querySelector('[aria-busy="true"]') &&
      document
        .getAnimations()
        .every(
          ({ effect, playState }) =>
            playState !== 'running' ||
            !Number.isFinite(effect?.getComputedTiming().endTime),
        ),
  );
}

/**
 * What axe finds on the page as it stands, every rule on but the optional AAA
 * contrast. It looks once, when the page is at rest: a colour on its way to
 * another is neither.
 */
export async function violationsOn(page: Page): Promise<string[]> {
  await untilSaid(page);
  await untilStill(page);
  const { violations } = await new AxeBuilder({ page })
    .options({
      rules: { 'color-contrast': { enabled: true } },
      resultTypes: ['violations'],
    })
    // In one go and in this page; what else it can do is for frames of strangers.
    .setLegacyMode()
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(node => `${id}: ${node.target.join(' ')}`),
  );
}
