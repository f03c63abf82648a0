import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { violationsOn } from './browser.ts';

/** The address of a page, and what waits for what stands on it once it has what it shows. */
export type PageToSee = readonly [
  path: string,
  sign: (page: Page) => Promise<unknown>,
];

/** Waits for text to be there. */
export const saying = (text: string | RegExp) => (page: Page) =>
  page.getByText(text).first().waitFor();

/** Waits for a table of that name. */
export const table = (name: string) => (page: Page) =>
  page.getByRole('table', { name }).waitFor();

/** Puts the page into the other colours, as the system of a person would, and waits until it wears them. */
async function wear(page: Page, scheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme });
  await page.waitForFunction(
    worn =>
      document.body.dataset.themeMode === worn &&
      // A colour on its way to another is neither of them. What turns for ever is no such thing.
      document
        .getAnimations()
        .every(
          ({ playState, effect }) =>
            playState !== 'running' ||
            effect?.getTiming().iterations === Infinity,
        ),
    scheme,
  );
}

/** How wide the page becomes on a phone; then it is as it was. */
async function narrowWidth(page: Page): Promise<number> {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 900 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  if (size) await page.setViewportSize(size);
  return width;
}

/**
 * Looks at the page as it stands, in light, in the dark and on a phone. Axe
 * must find nothing in it but what is `allowed`, and no more than the screen
 * may be filled.
 */
export async function isForEveryone(
  page: Page,
  allowed: string[] = [],
): Promise<void> {
  for (const scheme of ['dark', 'light'] as const) {
    await wear(page, scheme);
    assert.deepEqual(await violationsOn(page), allowed, scheme);
  }
  const width = await narrowWidth(page);
  assert.ok(width <= 390, `the page is ${width} pixels wide on a phone`);
}

/** A test for each page: it is opened once and is for everyone. */
export async function areForEveryone(
  t: TestContext,
  page: Page,
  pages: readonly PageToSee[],
  allowed: Record<string, string[]> = {},
): Promise<void> {
  for (const [path, sign] of pages) {
    await t.test(path, async () => {
      await page.goto(path);
      await sign(page);
      await page.waitForLoadState('networkidle');
      await isForEveryone(page, allowed[path]);
    });
  }
}
